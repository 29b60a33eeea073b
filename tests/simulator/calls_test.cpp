// Every call of wechat-protocol.md 4: what it answers, and each fault that it can answer with.
#include "a_form.hpp"
#include "rows.hpp"

#include <boost/json/array.hpp>

#include <functional>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;

namespace {

struct Row {
    const char* name;
    std::function<void(Talking&)> check;
};

const auto play = [](const Row& row) {
    Talking one;
    row.check(one);
};

// A token is refused with it, in both families.
Row refuses_tokens(const char* name, std::int64_t errcode)
{
    return {name, [errcode](Talking& one) {
                one.account->settings.token_errcode = errcode;
                const auto classic = "grant_type=client_credential&appid=wx1&secret=secret-1";
                BOOST_TEST(one.errcode(one.ask_for_token()) == errcode);
                BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/token", classic)) == errcode);
            }};
}

const std::vector<Row> token_errors{
    {"4.1 40001 bad secret is 40125 here",
     [](Talking& one) { BOOST_TEST(one.errcode(one.ask_for_token(false, "x")) == 40125); }},
    {"4.1 40002 grant_type",
     [](Talking& one) {
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/token", "appid=wx1&secret=secret-1")) == 40002);
     }},
    {"4.1 40013 appid",
     [](Talking& one) {
         const auto query = "grant_type=client_credential&appid=wx9&secret=secret-1";
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/token", query)) == 40013);
     }},
    {"4.1 40164 IP not whitelisted, by address and by network",
     [](Talking& one) {
         const auto allowed = [&](std::vector<std::string> ips) {
             one.account->settings.allowed_ips = std::move(ips);
             return one.errcode(one.ask_for_token());
         };
         BOOST_TEST(allowed({"10.0.0.1", "10.1.0.0/16"}) == 40164);
         BOOST_TEST(allowed({"127.0.0.0/8"}) == 0);
         BOOST_TEST(allowed({"::1", "127.0.0.1"}) == 0);
         BOOST_TEST(allowed({"nonsense", "127.0.0.1/99"}) == 40164);
     }},
    refuses_tokens("4.1 40243 secret frozen", 40243),
    {"4.1 41002 missing appid",
     [](Talking& one) {
         BOOST_TEST(
             one.errcode(one.ask("GET", "/cgi-bin/token", "grant_type=client_credential&secret=x")) == 41002
         );
     }},
    {"4.1 41004 missing secret",
     [](Talking& one) {
         BOOST_TEST(
             one.errcode(one.ask("GET", "/cgi-bin/token", "grant_type=client_credential&appid=wx1")) == 41004
         );
     }},
    {"4.1 43002 POST needed",
     [](Talking& one) { BOOST_TEST(one.errcode(one.ask("GET", token_path, "")) == 43002); }},
    {"4.1 45009 2000 a day, or as many as the account has",
     [](Talking& one) {
         one.account->settings.quotas["/cgi-bin/token"] = {.per_day = 1};
         const auto query = "grant_type=client_credential&appid=wx1&secret=secret-1";
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/token", query)) == 0);
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/token", query)) == 45009);
     }},
    {"4.1 45011 a minute's",
     [](Talking& one) {
         one.account->settings.quotas[token_path] = {.per_minute = 1};
         BOOST_TEST(one.errcode(one.ask_for_token()) == 0);
         BOOST_TEST(one.errcode(one.ask_for_token()) == 45011);
         one.pass(1min);
         BOOST_TEST(one.errcode(one.ask_for_token()) == 0);
     }},
    refuses_tokens("4.1 50004 token forbidden", 50004),
    refuses_tokens("4.1 50007 account frozen", 50007),
    refuses_tokens("4.1 89501 admin confirmation of the calling IP", 89501),
    refuses_tokens("4.1 89503 wait for the admin", 89503),
    refuses_tokens("4.1 89506 refused: 24 h", 89506),
    refuses_tokens("4.1 89507 refused: 1 h", 89507),
    {"4.1 -1",
     [](Talking& one) {
         one.platform.faults.add({.path = token_path, .errcode = -1, .times = 1});
         BOOST_TEST(one.errcode(one.ask_for_token()) == -1);
         BOOST_TEST(one.errcode(one.ask_for_token()) == 0);
     }},
    {"4.1 expires_in is the remaining life, not always 7200",
     [](Talking& one) {
         one.token();
         one.pass(1000s);
         BOOST_TEST(one.ask_for_token().at("expires_in").as_int64() == 6200);
     }},
};

// The phone shows it, and one slot is used.
Row shows(const char* name, std::function<std::string(Talking&)> body, const char* kind, std::string text)
{
    return {name, [body = std::move(body), kind, text = std::move(text)](Talking& one) {
                BOOST_TEST(one.send_body(body(one)) == 0);
                BOOST_TEST(one.phone().back().kind == kind);
                BOOST_TEST(one.phone().back().text == text);
                BOOST_TEST(one.slots_left() == 4);
            }};
}

Row refuses(const char* name, std::string body, std::int64_t errcode)
{
    return {name, [body = std::move(body), errcode](Talking& one) {
                BOOST_TEST(one.send_body(body) == errcode);
                BOOST_TEST(one.phone().size() == 1U);
                BOOST_TEST(one.slots_left() == 5);
            }};
}

std::string with_id(const char* msgtype, const char* key, const std::string& id)
{
    return message(msgtype, std::string{"{\""} + key + "\":\"" + id + "\"}");
}

const std::vector<Row> msgtypes{
    shows(
        "4.2 text: content, with links",
        [](Talking&) {
            return message(
                "text",
                R"({"content":"<a href=\"http://x/?a=1&b=2\" data-miniprogram-appid=\"wx9\">go</a>\n你好"})"
            );
        },
        "text",
        "<a href=\"http://x/?a=1&b=2\" data-miniprogram-appid=\"wx9\">go</a>\n你好"
    ),
    shows(
        "4.2 image: media_id",
        [](Talking& one) { return with_id("image", "media_id", one.uploaded("image", jpeg)); },
        "image",
        ""
    ),
    shows(
        "4.2 voice: media_id",
        [](Talking& one) { return with_id("voice", "media_id", one.uploaded("voice", amr)); },
        "voice",
        ""
    ),
    shows(
        "4.2 video: media_id, thumb_media_id, title, description",
        [](Talking& one) {
            return message(
                "video",
                R"({"media_id":")" + one.uploaded("video", mp4) + R"(","thumb_media_id":")"
                    + one.uploaded("thumb", jpeg) + R"(","title":"T","description":"D"})"
            );
        },
        "video",
        "T"
    ),
    shows(
        "4.2 music: title, description, musicurl, hqmusicurl, thumb_media_id",
        [](Talking& one) {
            return message(
                "music",
                R"({"title":"T","musicurl":"u","hqmusicurl":"h","thumb_media_id":")"
                    + one.uploaded("thumb", jpeg) + R"("})"
            );
        },
        "music",
        "T"
    ),
    shows(
        "4.2 news: max 1 article",
        [](Talking&) {
            return message(
                "news",
                R"({"articles":[{"title":"T","description":"D","url":"http://x","picurl":"http://y"}]})"
            );
        },
        "news",
        "T"
    ),
    refuses(
        "4.2 news: more are 45008",
        message("news", R"({"articles":[{"title":"T","url":"u"},{"title":"T","url":"u"}]})"),
        45008
    ),
    shows(
        "4.2 mpnews: media_id",
        [](Talking& one) {
            const auto id =
                one.platform.store(*one.account, {.type = "news", .name = "T", .expires = Moment::max()});
            return with_id("mpnews", "media_id", id);
        },
        "news",
        ""
    ),
    shows(
        "4.2 mpnewsarticle: article_id",
        [](Talking&) { return with_id("mpnewsarticle", "article_id", "A1"); },
        "article",
        "A1"
    ),
    shows(
        "4.2 msgmenu: head_content, list, tail_content",
        [](Talking&) {
            return message(
                "msgmenu",
                R"({"head_content":"Well?","list":[{"id":"1","content":"Yes"}],"tail_content":"Bye"})"
            );
        },
        "menu",
        "Well?\nYes\nBye"
    ),
    refuses(
        "4.2 msgmenu: too many are 45098",
        message("msgmenu", R"({"head_content":"Well?","list":[],"tail_content":""})"),
        45098
    ),
    refuses(
        "4.2 msgmenu: too long is 45099",
        message(
            "msgmenu",
            R"({"head_content":")" + std::string(2049, 'x') + R"(","list":[{"id":"1","content":"Yes"}]})"
        ),
        45099
    ),
    shows(
        "4.2 wxcard: card_id", [](Talking&) { return with_id("wxcard", "card_id", "C1"); }, "card", "C1"
    ),
    shows(
        "4.2 miniprogrampage: title, appid, pagepath, thumb_media_id",
        [](Talking& one) {
            one.account->settings.mini_programs = {"wx9"};
            return message(
                "miniprogrampage",
                R"({"title":"T","appid":"wx9","pagepath":"p","thumb_media_id":")"
                    + one.uploaded("image", jpeg) + R"("})"
            );
        },
        "page",
        "T"
    ),
    {"4.2 miniprogrampage: appid must be linked to the account, 45064 else",
     [](Talking& one) {
         const auto body = message(
             "miniprogrampage",
             R"({"title":"T","appid":"wx8","pagepath":"p","thumb_media_id":")" + one.uploaded("image", jpeg)
                 + R"("})"
         );
         BOOST_TEST(one.send_body(body) == 45064);
         BOOST_TEST(one.slots_left() == 5);
     }},
    refuses(
        "4.2 link: mini programs only",
        message("link", R"({"title":"T","description":"D","url":"u","thumb_url":"t"})"),
        40008
    ),
    refuses(
        "4.2 text over the limit: 45002",
        message("text", R"({"content":")" + std::string(2049, 'x') + "\"}"),
        45002
    ),
    refuses("4.2 an id that is none: 40007", with_id("image", "media_id", "none"), 40007),
};

const std::vector<Row> typing{
    {"4.3 Typing, shown up to 15 s",
     [](Talking& one) {
         BOOST_TEST(one.typing("Typing") == 0);
         one.pass(15s - 1ms);
         BOOST_TEST(one.typing("Typing") == 45081);
         one.pass(1ms);
         BOOST_TEST(one.typing("Typing") == 0);
     }},
    {"4.3 CancelTyping",
     [](Talking& one) {
         BOOST_TEST(one.typing("Typing") == 0);
         BOOST_TEST(one.typing("CancelTyping") == 0);
         BOOST_TEST(one.typing("Typing") == 0);
     }},
    {"4.3 45072 bad command", [](Talking& one) { BOOST_TEST(one.typing("typing") == 45072); }},
    {"4.3 45080 needs a user message within the last 30 s",
     [](Talking& one) {
         one.pass(30s);
         BOOST_TEST(one.typing("Typing") == 0);
         one.pass(16s);
         BOOST_TEST(one.typing("Typing") == 45080);
     }},
    {"4.3 45015 outside window",
     [](Talking& one) {
         one.pass(48h);
         BOOST_TEST(one.typing("Typing") == 45015);
     }},
    {"5.1 typing uses no slot",
     [](Talking& one) {
         BOOST_TEST(one.typing("Typing") == 0);
         BOOST_TEST(one.slots_left() == 5);
     }},
};

const std::vector<Row> media{
    {"4.5 upload image: media_id, created_at",
     [](Talking& one) {
         const auto answer = one.upload("image", form(jpeg));
         BOOST_TEST(answer.at("type").as_string() == "image");
         BOOST_TEST(answer.at("created_at").as_int64() == to_number(start) / 1000);
         BOOST_TEST(!answer.contains("errcode"));
     }},
    {"4.5 upload thumb: thumb_media_id",
     [](Talking& one) { BOOST_TEST(one.upload("thumb", form(jpeg)).contains("thumb_media_id")); }},
    {"4.5 image 10 MB",
     [](Talking& one) {
         const auto rest = 10 * 1024 * 1024 - jpeg.size();
         BOOST_TEST(one.fault_of_upload("image", form(jpeg + std::string(rest, 'x'))) == 0);
         BOOST_TEST(one.fault_of_upload("image", form(jpeg + std::string(rest + 1, 'x'))) == 40009);
     }},
    {"4.5 voice 2 MB: 40010",
     [](Talking& one) {
         BOOST_TEST(one.fault_of_upload("voice", form(amr + std::string(2 * 1024 * 1024, 'x'))) == 40010);
     }},
    {"4.5 voice up to 60 s: 45007",
     [](Talking& one) {
         // Frames of the lowest rate: a header and 12 bytes for 20 ms each.
         const auto recording = [](int frames) {
             std::string bytes = amr;
             for (int i = 0; i < frames; ++i)
                 bytes += std::string(13, '\0');
             return form(bytes);
         };
         BOOST_TEST(one.fault_of_upload("voice", recording(3000)) == 0);
         BOOST_TEST(one.fault_of_upload("voice", recording(3001)) == 45007);
     }},
    {"4.5 voice mp3 up to 60 s",
     [](Talking& one) {
         // MPEG-1 layer III, 32 kbit/s, 44100 Hz: 104 bytes and 26.122 ms a frame.
         const auto recording = [](int frames) {
             std::string bytes = "ID3" + std::string(7, '\0');
             for (int i = 0; i < frames; ++i)
                 bytes += "\xff\xfb\x10" + std::string(101, '\0');
             return form(bytes);
         };
         BOOST_TEST(one.fault_of_upload("voice", recording(2296)) == 0);
         BOOST_TEST(one.fault_of_upload("voice", recording(2298)) == 45007);
     }},
    {"4.5 video 10 MB mp4: 40011",
     [](Talking& one) {
         BOOST_TEST(one.fault_of_upload("video", form(mp4 + std::string(10 * 1024 * 1024, 'x'))) == 40011);
     }},
    {"4.5 thumb 64 KB jpg: 40012, 40005",
     [](Talking& one) {
         BOOST_TEST(one.fault_of_upload("thumb", form(jpeg + std::string(64 * 1024, 'x'))) == 40012);
         BOOST_TEST(one.fault_of_upload("thumb", form("GIF89a")) == 40005);
     }},
    {"4.5 40004 invalid media type",
     [](Talking& one) { BOOST_TEST(one.fault_of_upload("sound", form(amr)) == 40004); }},
    {"4.5 41005 no file part",
     [](Talking& one) { BOOST_TEST(one.fault_of_upload("image", form(jpeg, "file")) == 41005); }},
    {"4.5 44001 empty", [](Talking& one) { BOOST_TEST(one.fault_of_upload("image", form("")) == 44001); }},
    {"4.5 40137 image format",
     [](Talking& one) { BOOST_TEST(one.fault_of_upload("image", form("BM")) == 40137); }},
    {"4.5 kept 3 days",
     [](Talking& one) {
         const auto id = one.uploaded("voice", amr);
         const auto got = [&] {
             return one.call("GET", "/cgi-bin/media/get", one.with_token() + "&media_id=" + id);
         };
         one.pass(72h - 1ms);
         BOOST_TEST(got().body == amr);
         one.pass(1ms);
         BOOST_TEST(one.errcode(object_in(got().body)) == 40007);
     }},
    {"4.5 get: Content-disposition with MEDIA_ID",
     [](Talking& one) {
         const auto id = one.uploaded("image", jpeg);
         const auto got = one.call("GET", "/cgi-bin/media/get", one.with_token() + "&media_id=" + id);
         BOOST_TEST(got.content_type == "image/jpeg");
         BOOST_TEST(got.disposition == "attachment; filename=\"" + id + ".jpg\"");
     }},
    {"4.5 get: 40007 of another account",
     [](Talking& one) {
         auto other = an_account();
         other.app_id = "wx2";
         const auto id =
             one.platform.store(one.platform.put(other), {.type = "image", .expires = Moment::max()});
         const auto got = one.ask("GET", "/cgi-bin/media/get", one.with_token() + "&media_id=" + id);
         BOOST_TEST(one.errcode(got) == 40007);
     }},
    {"4.5 get/jssdk: voice/speex",
     [](Talking& one) {
         const auto get = [&](const std::string& id) {
             return one.call("GET", "/cgi-bin/media/get/jssdk", one.with_token() + "&media_id=" + id);
         };
         BOOST_TEST(get(one.uploaded("voice", amr)).content_type == "voice/speex");
         BOOST_TEST(one.errcode(object_in(get(one.uploaded("image", jpeg)).body)) == 40007);
     }},
    {"4.5 uploadimg: a url that needs no token",
     [](Talking& one) {
         const std::string url{
             one.post_form("/cgi-bin/media/uploadimg", "", form(jpeg)).at("url").as_string()};
         const auto question = url.find('?');
         BOOST_TEST(url.substr(0, question) == "http://127.0.0.1:9300/mmbiz/image");
         one.pass(24h * 365);
         BOOST_TEST(one.call("GET", "/mmbiz/image", url.substr(question + 1)).body == jpeg);
         BOOST_TEST(one.call("GET", "/mmbiz/video", url.substr(question + 1)).status == 404U);
     }},
    {"4.5 uploadimg: jpg or png up to 1 MB",
     [](Talking& one) {
         const auto fault = [&](const std::string& bytes) {
             return one.errcode(one.post_form("/cgi-bin/media/uploadimg", "", form(bytes)));
         };
         BOOST_TEST(fault("GIF89a") == 40137);
         BOOST_TEST(fault(jpeg + std::string(1024 * 1024, 'x')) == 40009);
         BOOST_TEST(fault("") == 44001);
     }},
};

std::int64_t batch(Talking& one, const std::string& list)
{
    return one.post("user/info/batchget", R"({"user_list":)" + list + "}");
}

const std::vector<Row> users{
    {"4.6 unionid only if bound to an Open Platform account",
     [](Talking& one) {
         const auto user = [&] {
             return one.ask("GET", "/cgi-bin/user/info", one.with_token() + "&openid=o1");
         };
         BOOST_TEST(!user().contains("unionid"));
         one.account->settings.open_platform = "p";
         BOOST_TEST(user().at("unionid").as_string() == "p-o1");
     }},
    {"4.6 lang=zh_CN|zh_TW|en",
     [](Talking& one) {
         const auto query = [&](const char* lang) { return one.with_token() + "&openid=o1&lang=" + lang; };
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/user/info", query("zh_TW"))) == 0);
         BOOST_TEST(one.errcode(one.ask("GET", "/cgi-bin/user/info", query("fr"))) == 40035);
     }},
    {"4.6 48001 unverified account",
     [](Talking& one) {
         one.account->settings.certified = false;
         BOOST_TEST(
             one.errcode(one.ask("GET", "/cgi-bin/user/info", one.with_token() + "&openid=o1")) == 48001
         );
     }},
    {"4.6 batchget: up to 100",
     [](Talking& one) {
         one.contact_scans("12");
         const auto answer = one.ask(
             "POST",
             "/cgi-bin/user/info/batchget",
             one.with_token(),
             R"({"user_list":[{"openid":"o1","lang":"zh_CN"},{"openid":"o1"}]})"
         );
         BOOST_TEST(answer.at("user_info_list").as_array().size() == 2U);
         BOOST_TEST(answer.at("user_info_list").as_array()[1].as_object().at("openid").as_string() == "o1");
         std::string list;
         for (int i = 0; i < 101; ++i)
             list += std::string{i == 0 ? "[" : ","} + R"({"openid":"o1"})";
         BOOST_TEST(batch(one, list + "]") == 40032);
         BOOST_TEST(batch(one, "[]") == 40032);
         BOOST_TEST(batch(one, R"([{"openid":"nobody"}])") == 40003);
         BOOST_TEST(batch(one, R"([{"openid":"o1","x":1}])") == 47001);
     }},
};

std::string code(const std::string& action, const std::string& scene, const std::string& more = "")
{
    return R"({"action_name":")" + action + R"(","action_info":{"scene":)" + scene + "}" + more + "}";
}

const std::vector<Row> codes{
    {"4.7 QR_SCENE: 32-bit non-zero",
     [](Talking& one) {
         BOOST_TEST(one.post("qrcode/create", code("QR_SCENE", R"({"scene_id":4294967295})")) == 0);
         BOOST_TEST(one.post("qrcode/create", code("QR_SCENE", R"({"scene_id":4294967296})")) == 40129);
         BOOST_TEST(one.post("qrcode/create", code("QR_SCENE", R"({"scene_id":0})")) == 40129);
         BOOST_TEST(one.post("qrcode/create", code("QR_SCENE", R"({"scene_str":"x"})")) == 40129);
     }},
    {"4.7 QR_LIMIT_SCENE: 1..100000",
     [](Talking& one) {
         BOOST_TEST(one.post("qrcode/create", code("QR_LIMIT_SCENE", R"({"scene_id":100000})")) == 0);
         BOOST_TEST(one.post("qrcode/create", code("QR_LIMIT_SCENE", R"({"scene_id":100001})")) == 40129);
     }},
    {"4.7 QR_STR_SCENE: 1-64 characters",
     [](Talking& one) {
         std::string scene;
         for (int i = 0; i < 64; ++i)
             scene += "桌";
         BOOST_TEST(
             one.post("qrcode/create", code("QR_STR_SCENE", R"({"scene_str":")" + scene + "\"}")) == 0
         );
         BOOST_TEST(
             one.post("qrcode/create", code("QR_STR_SCENE", R"({"scene_str":")" + scene + "x\"}")) == 40129
         );
         BOOST_TEST(one.post("qrcode/create", code("QR_STR_SCENE", R"({"scene_str":""})")) == 40129);
     }},
    {"4.7 QR_LIMIT_STR_SCENE: permanent, without expire_seconds",
     [](Talking& one) {
         const auto made = one.ask(
             "POST",
             "/cgi-bin/qrcode/create",
             one.with_token(),
             code("QR_LIMIT_STR_SCENE", R"({"scene_str":"desk"})")
         );
         BOOST_TEST(!made.contains("expire_seconds"));
         const auto again = one.ask(
             "POST",
             "/cgi-bin/qrcode/create",
             one.with_token(),
             code("QR_LIMIT_STR_SCENE", R"({"scene_str":"desk"})")
         );
         BOOST_TEST((made == again));
     }},
    {"4.7 expire_seconds up to 2592000; default 60 s",
     [](Talking& one) {
         const auto expires = [&](const std::string& more) {
             return one
                 .ask(
                     "POST",
                     "/cgi-bin/qrcode/create",
                     one.with_token(),
                     code("QR_SCENE", R"({"scene_id":1})", more)
                 )
                 .at("expire_seconds")
                 .as_int64();
         };
         BOOST_TEST(expires("") == 60);
         BOOST_TEST(expires(R"(,"expire_seconds":2592000)") == 2592000);
         BOOST_TEST(
             one.post("qrcode/create", code("QR_SCENE", R"({"scene_id":1})", R"(,"expire_seconds":2592001)"))
             == 40097
         );
     }},
    {"4.7 40052 bad action",
     [](Talking& one) {
         BOOST_TEST(one.post("qrcode/create", code("QR_CODE", R"({"scene_id":1})")) == 40052);
     }},
    {"4.7 40053 bad action info",
     [](Talking& one) { BOOST_TEST(one.post("qrcode/create", R"({"action_name":"QR_SCENE"})") == 40053); }},
    {"4.7 the picture: image/jpg, 404 on a bad or expired ticket",
     [](Talking& one) {
         const auto made = one.ask(
             "POST", "/cgi-bin/qrcode/create", one.with_token(), code("QR_SCENE", R"({"scene_id":1})")
         );
         std::string query = "ticket=";
         for (const char c : std::string{made.at("ticket").as_string()})
             query += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string{c};
         const auto show = [&](const std::string& asked) {
             return one.call("GET", "/cgi-bin/showqrcode", asked);
         };
         BOOST_TEST(show(query).content_type == "image/jpg");
         BOOST_TEST(mime_of(show(query).body) == "image/jpeg");
         BOOST_TEST(show("ticket=" + std::string{made.at("ticket").as_string()}).status == 404U);
         BOOST_TEST(show("ticket=x").status == 404U);
         one.pass(60s);
         BOOST_TEST(show(query).status == 404U);
     }},
};

const std::vector<Row> operations{
    {"4.8 getcallbackip and get_api_domain_ip",
     [](Talking& one) {
         for (const auto* const path : {"/cgi-bin/getcallbackip", "/cgi-bin/get_api_domain_ip"})
             BOOST_TEST(one.ask("GET", path, one.with_token()).at("ip_list").as_array().size() == 1U);
     }},
    {"4.8 callback/check: dns and ping",
     [](Talking& one) {
         one.account->settings.callback_url = "http://127.0.0.9:81/x";
         one.account->reachable = true;
         const auto checked = [&](const std::string& action) {
             return one.ask(
                 "POST",
                 "/cgi-bin/callback/check",
                 one.with_token(),
                 R"({"action":")" + action + R"(","check_operator":"DEFAULT"})"
             );
         };
         BOOST_TEST(checked("all").at("dns").as_array()[0].as_object().at("ip").as_string() == "127.0.0.9");
         BOOST_TEST(
             checked("all").at("ping").as_array()[0].as_object().at("package_loss").as_string() == "0%"
         );
         BOOST_TEST(!checked("dns").contains("ping"));
         BOOST_TEST(!checked("ping").contains("dns"));
     }},
    {"4.8 callback/check: 40201 no URL, 40202 action, 40203 operator",
     [](Talking& one) {
         const auto checked = [&](const char* body) { return one.post("callback/check", body); };
         BOOST_TEST(checked(R"({"action":"all","check_operator":"DEFAULT"})") == 40201);
         BOOST_TEST(checked(R"({"action":"smoke","check_operator":"DEFAULT"})") == 40202);
         BOOST_TEST(checked(R"({"action":"all","check_operator":"ME"})") == 40203);
     }},
    {"4.8 clear_quota in three forms: 10 resets a month, shared; 48006 when used up",
     [](Talking& one) {
         const auto by_secret = [&](const char* secret) {
             return one.errcode(one.ask(
                 "POST",
                 "/cgi-bin/clear_quota/v2",
                 "",
                 std::string{R"({"appid":"wx1","appsecret":")"} + secret + "\"}"
             ));
         };
         one.account->settings.quotas[send_path] = {.per_day = 1};
         BOOST_TEST(one.send("one") == 0);
         BOOST_TEST(one.send("two") == 45009);
         BOOST_TEST(one.post("openapi/quota/clear", R"({"cgi_path":"/cgi-bin/message/custom/send"})") == 0);
         BOOST_TEST(one.send("two") == 0);
         BOOST_TEST(by_secret("secret-1") == 0);
         BOOST_TEST(one.send("three") == 0);
         for (int i = 0; i < 8; ++i)
             BOOST_TEST(one.post("clear_quota", R"({"appid":"wx1"})") == 0);
         BOOST_TEST(one.post("clear_quota", R"({"appid":"wx1"})") == 48006);
         BOOST_TEST(by_secret("secret-1") == 48006);
         BOOST_TEST(
             one.post("openapi/quota/clear", R"({"cgi_path":"/cgi-bin/message/custom/send"})") == 48006
         );
         BOOST_TEST(by_secret("x") == 40125);
         BOOST_TEST(one.post("openapi/quota/clear", R"({"cgi_path":"/nowhere"})") == 76021);
         one.pass(24h * 31);
         BOOST_TEST(by_secret("secret-1") == 0);
     }},
    {"4.8 quota/get: daily_limit, used, remain, rate_limit",
     [](Talking& one) {
         one.account->settings.quotas[send_path] = {.per_day = 9, .per_minute = 3};
         one.send("one");
         const auto answer = one.ask(
             "POST",
             "/cgi-bin/openapi/quota/get",
             one.with_token(),
             R"({"cgi_path":"/cgi-bin/message/custom/send"})"
         );
         BOOST_TEST(
             boost::json::serialize(answer)
             == R"({"errcode":0,"errmsg":"ok","quota":{"daily_limit":9,"used":1,"remain":8},)"
                R"("rate_limit":{"call_count":3,"refresh_second":60}})"
         );
     }},
    {"4.8 rid/get: 7 days back, 76001 unknown, 76002 malformed",
     [](Talking& one) {
         const std::string words{one.ask("POST", send_path, one.with_token(), "{").at("errmsg").as_string()};
         const auto rid = words.substr(words.find("rid: ") + 5);
         const auto found = [&] { return one.post("openapi/rid/get", R"({"rid":")" + rid + "\"}"); };
         BOOST_TEST(found() == 0);
         one.pass(24h * 7);
         BOOST_TEST(found() == 76001);
         BOOST_TEST(one.post("openapi/rid/get", R"({"rid":"x"})") == 76002);
     }},
    {"4.8 shorten/gen and shorten/fetch: up to 4 KB, up to 30 days",
     [](Talking& one) {
         const auto made = one.ask(
             "POST",
             "/cgi-bin/shorten/gen",
             one.with_token(),
             R"({"long_data":"http://x/?a=b","expire_seconds":100})"
         );
         const auto fetch = R"({"short_key":")" + std::string{made.at("short_key").as_string()} + "\"}";
         one.pass(40s);
         const auto fetched = one.ask("POST", "/cgi-bin/shorten/fetch", one.with_token(), fetch);
         BOOST_TEST(fetched.at("long_data").as_string() == "http://x/?a=b");
         BOOST_TEST(fetched.at("expire_seconds").as_int64() == 60);
         one.pass(60s);
         BOOST_TEST(one.post("shorten/fetch", fetch) == 40097);
         BOOST_TEST(one.post("shorten/gen", R"({"long_data":")" + std::string(4097, 'x') + "\"}") == 40097);
         BOOST_TEST(one.post("shorten/gen", R"({"long_data":"x","expire_seconds":2592001})") == 40097);
         BOOST_TEST(one.post("shorten/gen", R"({"long_data":"x"})") == 0);
     }},
};

const std::vector<Row> conventions{
    {"4.0 rid: 8hex-8hex-8hex behind each errmsg",
     [](Talking& one) {
         const std::string words{one.ask("POST", send_path, "access_token=x").at("errmsg").as_string()};
         BOOST_TEST(words.starts_with("invalid access_token rid: "));
     }},
    {"4.0 \\uXXXX: 40033",
     [](Talking& one) { BOOST_TEST(one.send_body(message("text", R"({"content":"\u4f60"})")) == 40033); }},
    {"4.0 token: 41001 missing, 43001 GET needed",
     [](Talking& one) {
         BOOST_TEST(one.errcode(one.ask("POST", send_path, "")) == 41001);
         BOOST_TEST(one.errcode(one.ask("POST", "/cgi-bin/getcallbackip", one.with_token())) == 43001);
     }},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(calls)
const Cases all_conventions{conventions, play};
const Cases all_token_errors{token_errors, play};
const Cases all_msgtypes{msgtypes, play};
const Cases all_typing{typing, play};
const Cases all_media{media, play};
const Cases all_users{users, play};
const Cases all_codes{codes, play};
const Cases all_operations{operations, play};

BOOST_AUTO_TEST_CASE(pictures_may_be_limited_to_2_mb)
{
    Talking one{{.image_bytes = 2U * 1024U * 1024U, .clock = Clock::Kind::standing}};

    BOOST_TEST(one.fault_of_upload("image", form(jpeg + std::string(2 * 1024 * 1024, 'x'))) == 40009);
    BOOST_TEST(one.fault_of_upload("image", form(jpeg)) == 0);
}

BOOST_AUTO_TEST_CASE(permanent_codes_run_out)
{
    Talking one{{.permanent_codes = 1, .clock = Clock::Kind::standing}};
    const auto first = code("QR_LIMIT_SCENE", R"({"scene_id":1})");

    BOOST_TEST(one.post("qrcode/create", first) == 0);
    BOOST_TEST(one.post("qrcode/create", first) == 0);
    BOOST_TEST(one.post("qrcode/create", code("QR_LIMIT_SCENE", R"({"scene_id":2})")) == 45029);
    BOOST_TEST(one.post("qrcode/create", code("QR_SCENE", R"({"scene_id":2})")) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
