// Files on their way to the platform and from it (wechat-protocol.md 4.5), the faults of each step of it.
#include "codec/media_api.hpp"
#include "platform/an_account.hpp"

#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::platform;
using namespace std::string_literals;
using boost::unit_test::label;
using codec::Meaning;

namespace {

const std::string picture = "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\r\n{}"s;

Reply file(const std::string& bytes, const std::string& content_type)
{
    return scripted::http(200, bytes, "Content-Type: " + content_type + "\r\n");
}

struct AFile : AnAccount {
    using AnAccount::AnAccount;

    Uploaded upload()
    {
        Upload what{.type = "image", .name = "image.jpg", .mime = "image/jpeg", .bytes = picture};
        return finished(loop, account.upload(std::move(what), noon));
    }
    Downloaded download(const std::string& media_id = "M1")
    {
        return finished(loop, account.download(media_id, noon));
    }
};

// Answers that say nothing of whether the call was carried out.
std::vector<Reply> broken_answers()
{
    return {
        scripted::hang_up(),
        scripted::silence(),
        scripted::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"media_id\""),
        scripted::raw("no HTTP at all\r\n\r\n"),
        scripted::json(R"({"media_id":"M)"),
        scripted::json(""),
        scripted::json("<html>Please log in</html>"),
        scripted::json("{}"),
        scripted::http(500, "<html>"),
        scripted::http(503, ""),
        scripted::http(429, "{}"),
        scripted::http(404, "<html>Not here</html>"),
        scripted::errcode(-1),
    };
}

void may_come_later(const Outcome& outcome, const std::string& after)
{
    BOOST_TEST(!outcome.uncertain, after);
    BOOST_TEST((outcome.meaning == Meaning::try_later), after);
    BOOST_TEST(!outcome.words.empty(), after);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_upload)

BOOST_AUTO_TEST_CASE(brings_the_file_and_its_type_and_gives_its_id)
{
    AFile it{scripted::json(R"({"type":"image","media_id":"M1","created_at":1672500000})")};

    const auto uploaded = it.upload();

    BOOST_TEST(uploaded.outcome.good());
    BOOST_TEST(uploaded.media_id == "M1");
    const auto request = it.server.requests().at(1);
    const auto form = codec::upload_form("image.jpg", "image/jpeg", picture);
    BOOST_TEST(request.target == "/cgi-bin/media/upload?type=image&access_token=t1");
    BOOST_TEST(request.head.starts_with("POST "));
    BOOST_TEST(request.head.find("Content-Type: " + form.content_type + "\r\n") != std::string::npos);
    BOOST_TEST(
        request.head.find("Content-Length: " + std::to_string(form.body.size()) + "\r\n") != std::string::npos
    );
    BOOST_TEST(request.head.find("Transfer-Encoding") == std::string::npos);
    BOOST_TEST((request.body == form.body));
}

BOOST_AUTO_TEST_CASE(of_a_thumbnail_gives_the_id_under_either_name)
{
    AFile it{scripted::json(R"({"type":"thumb","thumb_media_id":"T1","created_at":1672500000})")};

    BOOST_TEST(it.upload().media_id == "T1");
}

BOOST_AUTO_TEST_CASE(whose_token_is_refused_is_made_once_more_unseen, *label("A4"))
{
    for (const int code : {40001, 40014, 42001}) {
        AFile it{[code](const Request& request) {
            return request.target.ends_with("t1") ? scripted::errcode(code)
                                                  : scripted::json(R"({"media_id":"M2"})");
        }};
        const auto uploaded = it.upload();

        BOOST_TEST(uploaded.outcome.good());
        BOOST_TEST(uploaded.media_id == "M2");
        BOOST_TEST(it.requests_to("/cgi-bin/media/upload") == 2U);
        BOOST_TEST((it.server.requests().back().body == it.server.requests().at(1).body));
    }
}

BOOST_AUTO_TEST_CASE(whose_fresh_token_is_refused_too_holds_the_account, *label("A4") * label("A5"))
{
    AFile it{scripted::errcode(40001)};
    const auto uploaded = it.upload();

    BOOST_TEST((uploaded.outcome.meaning == Meaning::hold_account));
    BOOST_TEST(uploaded.outcome.errcode == 40001);
    BOOST_TEST(it.requests_to("/cgi-bin/media/upload") == 2U);
}

BOOST_AUTO_TEST_CASE(that_is_not_answered_well_is_never_uncertain, *label("A5"))
{
    for (const auto& reply : broken_answers()) {
        AFile it{reply};
        const auto uploaded = it.upload();

        may_come_later(uploaded.outcome, reply.bytes);
        BOOST_TEST(uploaded.media_id.empty(), reply.bytes);
        BOOST_TEST(it.requests_to("/cgi-bin/media/upload") == 1U);
    }
}

BOOST_AUTO_TEST_CASE(that_is_refused_says_why, *label("A5") * label("A6"))
{
    const std::vector<std::pair<int, Meaning>> refusals{
        {40004, Meaning::fail_message},
        {40005, Meaning::fail_message},
        {40009, Meaning::fail_message},
        {41005, Meaning::fail_message},
        {45001, Meaning::fail_message},
        {45007, Meaning::fail_message},
        {45009, Meaning::slow_down},
        {48001, Meaning::hold_account},
        {40164, Meaning::hold_account},
    };
    for (const auto& [code, meaning] : refusals) {
        AFile it{scripted::errcode(code)};
        const auto uploaded = it.upload();
        BOOST_TEST((uploaded.outcome.meaning == meaning), code);
        BOOST_TEST(uploaded.outcome.errcode == code);
        BOOST_TEST(uploaded.outcome.words == "so it is");
        BOOST_TEST(uploaded.media_id.empty());
    }
}

// wechat-protocol.md 5.2: HTTP 413 is a fault of the message. Asked again, it would hold up all behind it for ever.
BOOST_AUTO_TEST_CASE(too_large_for_a_gateway_is_not_tried_again, *label("A6"))
{
    AFile it{scripted::http(413, "<html>Request Entity Too Large</html>")};
    const auto uploaded = it.upload();

    BOOST_TEST(!uploaded.outcome.uncertain);
    BOOST_TEST((uploaded.outcome.meaning == Meaning::fail_message));
    BOOST_TEST(uploaded.outcome.words.starts_with("HTTP 413"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_download)

BOOST_AUTO_TEST_CASE(gives_the_file_and_what_the_header_says_of_it)
{
    AFile it{file(picture, "image/jpeg")};
    const auto downloaded = it.download("M+1/=&x");

    BOOST_TEST(downloaded.outcome.good());
    BOOST_TEST((downloaded.bytes == picture));
    BOOST_TEST(downloaded.mime == "image/jpeg");
    const auto request = it.server.requests().at(1);
    BOOST_TEST(request.target == "/cgi-bin/media/get?media_id=M%2B1%2F%3D%26x&access_token=t1");
    BOOST_TEST(request.head.starts_with("GET "));
}

BOOST_AUTO_TEST_CASE(whose_token_is_refused_is_made_once_more_unseen, *label("A4"))
{
    for (const int code : {40001, 40014, 42001}) {
        AFile it{[code](const Request& request) {
            auto refusal = scripted::errcode(code);
            return request.target.ends_with("t1") ? refusal : file(picture, "image/jpeg");
        }};
        const auto downloaded = it.download();

        BOOST_TEST(downloaded.outcome.good());
        BOOST_TEST((downloaded.bytes == picture));
        BOOST_TEST(it.requests_to("/cgi-bin/media/get") == 2U);
    }
}

BOOST_AUTO_TEST_CASE(whose_fresh_token_is_refused_too_holds_the_account, *label("A4") * label("A5"))
{
    AFile it{scripted::errcode(42001)};

    BOOST_TEST((it.download().outcome.meaning == Meaning::hold_account));
    BOOST_TEST(it.requests_to("/cgi-bin/media/get") == 2U);
}

BOOST_AUTO_TEST_CASE(of_what_has_expired_says_so_although_the_answer_is_a_good_one)
{
    AFile it{scripted::http(
        200, R"({"errcode":40007,"errmsg":"invalid media_id rid: 1-2-3"})", "Content-Type: text/plain\r\n"
    )};
    const auto downloaded = it.download();

    BOOST_TEST((downloaded.outcome.meaning == Meaning::upload_again));
    BOOST_TEST(downloaded.outcome.errcode == 40007);
    BOOST_TEST(downloaded.outcome.words == "invalid media_id");
    BOOST_TEST(downloaded.outcome.rid == "1-2-3");
    BOOST_TEST(downloaded.bytes.empty());
}

BOOST_AUTO_TEST_CASE(that_is_not_answered_well_is_never_uncertain_and_no_file, *label("A5"))
{
    for (const auto& reply : broken_answers()) {
        AFile it{reply};
        const auto downloaded = it.download();

        may_come_later(downloaded.outcome, reply.bytes);
        BOOST_TEST(downloaded.bytes.empty(), reply.bytes);
        BOOST_TEST(it.requests_to("/cgi-bin/media/get") == 1U);
    }
}

BOOST_AUTO_TEST_CASE(is_led_nowhere_else)
{
    AFile it{scripted::http(302, picture, "Location: http://127.0.0.1:1/\r\n")};
    const auto downloaded = it.download();

    may_come_later(downloaded.outcome, "302");
    BOOST_TEST(downloaded.bytes.empty());
}

BOOST_AUTO_TEST_CASE(may_be_larger_than_other_answers_up_to_a_limit_of_its_own)
{
    auto limits = AnAccount::limits();
    limits.body = 1000;
    limits.file_body = 2000;
    for (const std::size_t size : {2000U, 2001U}) {
        AFile it{file(std::string(size, 'x'), "image/jpeg")};
        Account account{
            it.loop,
            {Url{.tls = false, .host = "127.0.0.1", .port = it.server.port()}},
            AppId{"wx01"},
            Secret{"s"},
            limits};
        const auto downloaded = finished(it.loop, account.download("M1", noon));
        BOOST_TEST(downloaded.outcome.good() == (size == 2000U));
        BOOST_TEST(downloaded.bytes.size() == (size == 2000U ? size : 0U));
        BOOST_TEST(!downloaded.outcome.uncertain);
    }
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

// The platform names a URL of another host, which answers as a case says.
struct AVideo {
    explicit AVideo(Server::Script script) : elsewhere(std::move(script)) {}
    explicit AVideo(const Reply& reply) : AVideo([reply](const Request&) { return reply; }) {}

    Downloaded download() { return finished(it.loop, it.account.download("M1", noon)); }

    Server elsewhere;
    std::string url = "http://127.0.0.1:" + elsewhere.port() + "/videos/1?a=b&c=d#top";
    AnAccount it{[this](const Request&) { return scripted::json(R"({"video_url":")" + url + "\"}"); }};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_video)

BOOST_AUTO_TEST_CASE(is_fetched_from_where_it_lies_without_the_token)
{
    AVideo video{file(picture, "video/mp4")};
    const auto downloaded = video.download();

    BOOST_TEST(downloaded.outcome.good());
    BOOST_TEST((downloaded.bytes == picture));
    BOOST_TEST(downloaded.mime == "video/mp4");
    const auto requests = video.elsewhere.requests();
    BOOST_TEST_REQUIRE(requests.size() == 1U);
    BOOST_TEST(requests[0].target == "/videos/1?a=b&c=d");
    BOOST_TEST(requests[0].head.starts_with("GET "));
    BOOST_TEST(requests[0].head.find("access_token") == std::string::npos);
    BOOST_TEST(
        requests[0].head.find("\r\nHost: 127.0.0.1:" + video.elsewhere.port() + "\r\n") != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(that_is_not_there_as_a_file_comes_later, *label("A5"))
{
    auto faults = broken_answers();
    faults.push_back(scripted::http(403, "<html>"));
    faults.push_back(scripted::http(302, "", "Location: http://127.0.0.1:1/\r\n"));
    faults.push_back(scripted::json(R"({"video_url":"http://127.0.0.1:1/again"})"));
    for (const auto& reply : faults) {
        AVideo video{reply};
        const auto downloaded = video.download();

        may_come_later(downloaded.outcome, reply.bytes);
        BOOST_TEST(downloaded.bytes.empty(), reply.bytes);
        BOOST_TEST(video.elsewhere.requests().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(at_a_place_that_is_none_or_cannot_be_reached_comes_later)
{
    AVideo video{file(picture, "video/mp4")};
    for (const auto* url :
         {"ftp://127.0.0.1/1", "nowhere", "http://127.0.0.1:1/1", "https://user@127.0.0.1/1"}) {
        video.url = url;
        const auto downloaded = video.download();

        may_come_later(downloaded.outcome, url);
        BOOST_TEST(downloaded.bytes.empty());
    }
    BOOST_TEST(video.elsewhere.requests().empty());
}

BOOST_AUTO_TEST_CASE(is_asked_for_anew_from_the_first_step)
{
    int asked = 0;
    AVideo video{
        [&](const Request&) { return ++asked == 1 ? scripted::http(503, "") : file(picture, "video/mp4"); }};
    BOOST_TEST(!video.download().outcome.good());
    BOOST_TEST(video.download().outcome.good());

    BOOST_TEST(video.it.requests_to("/cgi-bin/media/get") == 2U);
}

BOOST_AUTO_TEST_CASE(that_is_still_on_its_way_is_given_up_when_the_account_stops)
{
    AVideo video{scripted::silence()};
    auto limits = AnAccount::limits();
    limits.file_answer = 1h;
    Account account{
        video.it.loop,
        {Url{.tls = false, .host = "127.0.0.1", .port = video.it.server.port()}},
        AppId{"wx01"},
        Secret{"s"},
        limits};
    std::optional<Downloaded> downloaded;
    asio::co_spawn(
        video.it.loop,
        account.download("M1", noon),
        [&](const std::exception_ptr&, Downloaded what) { downloaded = std::move(what); }
    );
    while (video.elsewhere.requests().empty())
        video.it.loop.run_one_for(1ms);
    account.stop();
    video.it.loop.run_for(30s);

    BOOST_TEST_REQUIRE(downloaded.has_value());
    may_come_later(downloaded->outcome, "stop");
}

BOOST_AUTO_TEST_SUITE_END()
