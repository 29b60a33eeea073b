#include "a_form.hpp"

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
using boost::unit_test::label;

namespace {

std::string text_body(const std::string& more) { return R"({"touser":"o1","msgtype":"text",)" + more + "}"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(sending)

BOOST_FIXTURE_TEST_CASE(the_phone_shows_what_was_sent_in_order, Talking)
{
    send("你好 👋");

    BOOST_TEST(phone().size() == 2U);
    BOOST_TEST(phone()[0].text == "Hello");
    BOOST_TEST(phone()[1].text == "你好 👋");
    BOOST_CHECK(phone()[1].from == PhoneEntry::From::account);
}

BOOST_FIXTURE_TEST_CASE(a_text_may_have_2048_bytes, Talking, *label("S5"))
{
    BOOST_TEST(send(std::string(2048, 'x')) == 0);
    BOOST_TEST(send(std::string(2049, 'x')) == 45002);
}

BOOST_FIXTURE_TEST_CASE(a_body_that_a_client_should_not_send_is_refused, Talking)
{
    BOOST_TEST(send_body("") == 44002);
    BOOST_TEST(send_body("{") == 47001);
    BOOST_TEST(send_body("[]") == 47001);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"\u4f60"})")) == 40033);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"C:\\users"})")) == 0);
    BOOST_TEST(send_body(text_body("\"text\":{\"content\":\"\xff\"}")) == 47001);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"x"},"extra":1)")) == 47001);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"x","extra":1})")) == 47001);
    BOOST_TEST(send_body(text_body(R"("text":{"content":1})")) == 47001);
    BOOST_TEST(send_body(text_body(R"("image":{"media_id":"x"})")) == 47001);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"Text","text":{"content":"x"}})") == 40008);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"link","link":{"title":"x"}})") == 40008);
    BOOST_TEST(send_body(R"({"touser":"","msgtype":"text","text":{"content":"x"}})") == 41009);
}

BOOST_FIXTURE_TEST_CASE(the_token_is_looked_at_first_and_the_size_last, Talking)
{
    BOOST_TEST(errcode(ask("POST", send_path, "access_token=" + std::string(136, 'x'), "{")) == 40001);
    BOOST_TEST(send(std::string(3000, 'x'), "nobody") == 40003);
    pass(48h);
    BOOST_TEST(send(std::string(3000, 'x')) == 45015);
}

BOOST_FIXTURE_TEST_CASE(an_answer_is_200_with_errcode_and_rid, Talking)
{
    pass(48h);
    const auto answer = call("POST", send_path, with_token(), text_body(R"("text":{"content":"x"})"));

    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.content_type == "application/json; encoding=utf-8");
    const std::string words{object_in(answer.body).at("errmsg").as_string()};
    BOOST_TEST(words.starts_with("response out of time limit or subscription is canceled rid: "));
    BOOST_TEST(words.size() - words.find("rid: ") == 5U + 26U);
}

BOOST_FIXTURE_TEST_CASE(every_msgtype_has_its_fields, Talking)
{
    const auto image = uploaded("image", jpeg);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"image","image":{"media_id":")" + image + R"("}})") == 0);
    BOOST_TEST(phone().back().media == image);
    BOOST_TEST(phone().back().media_name == "a.jpg");
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"voice","voice":{"media_id":")" + image + R"("}})") == 40007);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"news","news":{"articles":[
        {"title":"T","description":"D","url":"http://x","picurl":"http://y"}]}})") == 0);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"news","news":{"articles":[
        {"title":"T","url":"u"},{"title":"T","url":"u"}]}})") == 45008);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"news","news":{"articles":[]}})") == 44003);
    BOOST_TEST(send_body(R"({"touser":"o1","msgtype":"msgmenu","msgmenu":{"head_content":"Well?",
        "list":[{"id":"1","content":"Yes"},{"id":"2","content":"No"}],"tail_content":"Bye"}})") == 0);
    BOOST_TEST(phone().back().text == "Well?\nYes\nNo\nBye");
    BOOST_TEST(send_body(text_body(R"("text":{"content":"x"},"customservice":{"kf_account":"ana"})")) == 61452);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"x"},"customservice":{"kf_account":"ana@bank"})")) == 0);
    BOOST_TEST(send_body(text_body(R"("text":{"content":"x"},"aimsgcontext":{"is_ai_msg":1})")) == 0);
}

BOOST_FIXTURE_TEST_CASE(only_a_verified_account_may_send, Talking)
{
    account->settings.certified = false;

    BOOST_TEST(send("x") == 48001);
}

BOOST_FIXTURE_TEST_CASE(typing_needs_a_message_of_the_last_30_seconds, Talking)
{
    BOOST_TEST(typing("Dancing") == 45072);
    BOOST_TEST(typing("Typing") == 0);
    BOOST_TEST(typing("Typing") == 45081);
    BOOST_TEST(typing("CancelTyping") == 0);
    pass(31s);
    BOOST_TEST(typing("Typing") == 45080);
    BOOST_TEST(slots_left() == 5);
}

BOOST_FIXTURE_TEST_CASE(the_days_sends_run_out_and_can_be_cleared, Talking)
{
    account->usage[send_path] = {.day = beijing_day(platform.clock.now()), .today = 499'999};
    BOOST_TEST(send("the last one") == 0);
    BOOST_TEST(send("too many") == 45009);
    const auto quota = ask("POST", "/cgi-bin/openapi/quota/get", with_token(), R"({"cgi_path":")" + std::string{send_path} + R"("})");
    BOOST_TEST(quota.at("quota").as_object().at("remain").as_int64() == 0);

    for (int i = 0; i < 10; ++i)
        BOOST_TEST(errcode(ask("POST", "/cgi-bin/clear_quota", with_token(), R"({"appid":"wx1"})")) == 0);
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/clear_quota", with_token(), R"({"appid":"wx1"})")) == 48006);
    BOOST_TEST(send("again") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(files)

BOOST_FIXTURE_TEST_CASE(a_file_is_kept_for_three_days, Talking)
{
    const auto id = uploaded("image", jpeg);
    const auto get = [&] { return call("GET", "/cgi-bin/media/get", with_token() + "&media_id=" + id); };

    BOOST_TEST(get().body == jpeg);
    BOOST_TEST(get().content_type == "image/jpeg");
    pass(72h);
    BOOST_TEST(errcode(object_in(get().body)) == 40007);
}

BOOST_FIXTURE_TEST_CASE(a_video_is_fetched_from_elsewhere, Talking)
{
    const auto id = uploaded("video", std::string{"\0\0\0\x18", 4} + "ftypmp42");
    const auto answer = ask("GET", "/cgi-bin/media/get", with_token() + "&media_id=" + id);

    const std::string url{answer.at("video_url").as_string()};
    const std::string elsewhere = "http://127.0.0.1:9300/mmbiz/video?";
    BOOST_TEST_REQUIRE(url.starts_with(elsewhere));
    const auto fetched = [&] { return call("GET", "/mmbiz/video", url.substr(elsewhere.size())); };
    BOOST_TEST(fetched().content_type == "video/mp4");
    pass(10min);
    BOOST_TEST(fetched().status == 404U);
}

BOOST_FIXTURE_TEST_CASE(a_contacts_own_file_is_fetched_in_the_same_way, Talking)
{
    Saying saying{.file = jpeg};
    saying.content.kind = wechat::Kind::image;
    const auto push = contact_says(saying);
    const auto id = phone().back().media;

    BOOST_TEST(push.document.find("<MediaId><![CDATA[" + id + "]]></MediaId>") != std::string::npos);
    BOOST_TEST(call("GET", "/cgi-bin/media/get", with_token() + "&media_id=" + id).body == jpeg);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_does_not_fit_its_type_is_refused, Talking)
{
    const auto large = [](std::size_t bytes) { return form(jpeg + std::string(bytes, 'x')); };

    BOOST_TEST(fault_of_upload("picture", form(jpeg)) == 40004);
    BOOST_TEST(fault_of_upload("image", form("")) == 44001);
    BOOST_TEST(fault_of_upload("image", form("no picture")) == 40137);
    BOOST_TEST(fault_of_upload("voice", form(jpeg)) == 40005);
    BOOST_TEST(fault_of_upload("image", large(10 * 1024 * 1024)) == 40009);
    BOOST_TEST(fault_of_upload("thumb", large(64 * 1024)) == 40012);
}

BOOST_FIXTURE_TEST_CASE(a_form_without_the_part_media_has_no_file, Talking)
{
    BOOST_TEST(fault_of_upload("image", form(jpeg, "file")) == 41005);
    BOOST_TEST(fault_of_upload("image", form(jpeg, "media", "")) == 41005);
    BOOST_TEST(fault_of_upload("image", form(jpeg, "media", "图.jpg")) == 41005);
    BOOST_TEST(fault_of_upload("image", "--line\r\n") == 41005);
    BOOST_TEST(fault_of_upload("image", "") == 41005);
    BOOST_TEST(errcode(upload("image", form(jpeg), true)) == 41005);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(users_and_operations)

BOOST_FIXTURE_TEST_CASE(a_follower_is_known_by_scene_but_not_by_name, OneAccount)
{
    contact_follows("12");
    const auto user = ask("GET", "/cgi-bin/user/info", with_token() + "&openid=o1&lang=en");

    BOOST_TEST(user.at("subscribe").as_int64() == 1);
    BOOST_TEST(user.at("qr_scene").as_int64() == 12);
    BOOST_TEST(user.at("subscribe_scene").as_string() == "ADD_SCENE_QR_CODE");
    BOOST_TEST(!user.contains("nickname"));
    contact_unfollows();
    BOOST_TEST(ask("GET", "/cgi-bin/user/info", with_token() + "&openid=o1").size() == 2U);
    BOOST_TEST(errcode(ask("GET", "/cgi-bin/user/info", with_token() + "&openid=o2")) == 40003);
}

BOOST_FIXTURE_TEST_CASE(a_qr_code_has_the_ticket_that_its_scan_reports, OneAccount)
{
    const auto code = ask("POST", "/cgi-bin/qrcode/create", with_token(),
        R"({"expire_seconds":604800,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"desk-12"}}})");
    contact_writes("Hello");
    const auto push = contact_scans("desk-12");

    BOOST_TEST(code.at("expire_seconds").as_int64() == 604800);
    BOOST_TEST(push.document.find(std::string{code.at("ticket").as_string()}) != std::string::npos);
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/qrcode/create", with_token(), R"({"action_name":"QR"})")) == 40052);
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/qrcode/create", with_token(),
        R"({"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":0}}})")) == 40129);
}

BOOST_FIXTURE_TEST_CASE(a_request_is_found_by_its_rid, OneAccount)
{
    const std::string words{ask("POST", send_path, with_token(), "{").at("errmsg").as_string()};
    const auto rid = words.substr(words.find("rid: ") + 5);
    const auto found = ask("POST", "/cgi-bin/openapi/rid/get", with_token(), R"({"rid":")" + rid + R"("})");

    BOOST_TEST(found.at("request").as_object().at("request_body").as_string() == "{");
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/openapi/rid/get", with_token(), R"({"rid":"x"})")) == 76002);
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/openapi/rid/get", with_token(),
        R"({"rid":"00000000-00000000-00000000"})")) == 76001);
}

BOOST_FIXTURE_TEST_CASE(what_is_not_there_is_a_page_as_from_the_platform, OneAccount)
{
    const auto answer = call("POST", "/cgi-bin/custom/business/send", with_token());

    BOOST_TEST(answer.status == 404U);
    BOOST_TEST(answer.content_type == "text/html");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(faults_on_order)

BOOST_FIXTURE_TEST_CASE(an_errcode_comes_instead_of_the_effect_as_often_as_ordered, Talking)
{
    platform.faults.add({.path = send_path, .errcode = 45047, .times = 2});

    BOOST_TEST(send("one") == 45047);
    BOOST_TEST(send("two") == 45047);
    BOOST_TEST(phone().size() == 1U);
    BOOST_TEST(send("three") == 0);
    BOOST_TEST(slots_left() == 4);
}

BOOST_FIXTURE_TEST_CASE(without_times_it_lasts_until_it_is_cleared, Talking)
{
    platform.faults.add({.path = send_path, .errcode = -1});
    BOOST_TEST(send("one") == -1);
    BOOST_TEST(send("two") == -1);

    platform.faults.clear(send_path);
    BOOST_TEST(send("three") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_status_comes_as_a_gateways_page, Talking)
{
    platform.faults.add({.path = send_path, .http_status = 503, .times = 1});
    const auto answer = call("POST", send_path, with_token(), text_body(R"("text":{"content":"x"})"));

    BOOST_TEST(answer.status == 503U);
    BOOST_TEST(answer.content_type == "text/html");
    BOOST_TEST(phone().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_timeout_after_the_write_leaves_the_message_on_the_phone, Talking, *label("A7"))
{
    platform.faults.add({.path = send_path, .timeout = Fault::Timeout::after_write, .times = 1});
    const auto answer = call("POST", send_path, with_token(), text_body(R"("text":{"content":"x"})"));

    BOOST_CHECK(answer.manner == Response::Manner::none);
    BOOST_TEST(phone().back().text == "x");
    BOOST_TEST(platform.requests().back().status == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_timeout_before_leaves_nothing, Talking)
{
    platform.faults.add({.path = send_path, .timeout = Fault::Timeout::before, .times = 1});
    const auto answer = call("POST", send_path, with_token(), text_body(R"("text":{"content":"x"})"));

    BOOST_CHECK(answer.manner == Response::Manner::none);
    BOOST_TEST(phone().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(latencies_add_to_each_other_and_to_whatever_else_happens, Talking)
{
    const auto query = with_token();
    platform.faults.add({.path = "*", .latency = 20ms});
    platform.faults.add({.path = send_path, .errcode = -1, .latency = 5ms, .times = 1});
    const auto answer = call("POST", send_path, query, text_body(R"("text":{"content":"x"})"));

    BOOST_TEST(errcode(object_in(answer.body)) == -1);
    BOOST_TEST(answer.latency.count() == 25);
}

BOOST_FIXTURE_TEST_CASE(the_log_is_bounded_and_counts_on, OneAccount)
{
    for (int i = 0; i < 10'001; ++i)
        call("GET", "/nowhere", "");

    BOOST_TEST(platform.requests().size() == 10'000U);
    BOOST_TEST(platform.requests().front().number == 2U);
    BOOST_TEST(platform.requests_received() == 10'001U);
}

BOOST_AUTO_TEST_SUITE_END()
