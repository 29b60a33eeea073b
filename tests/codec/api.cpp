#include "codec/api.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;
namespace json = boost::json;

BOOST_AUTO_TEST_SUITE(a_verdict)

BOOST_AUTO_TEST_CASE(is_read_with_the_platforms_words_and_the_requests_id)
{
    const auto verdict = read_verdict(
        R"({"errcode":40164,"errmsg":"invalid ip 1.2.3.4, not in whitelist rid: 5f1f0a3c-3b1a2c4d-6e5f7a8b"})"
    );

    BOOST_TEST(verdict->errcode == 40164);
    BOOST_TEST(verdict->text == "invalid ip 1.2.3.4, not in whitelist");
    BOOST_TEST(verdict->rid == "5f1f0a3c-3b1a2c4d-6e5f7a8b");
}

BOOST_AUTO_TEST_CASE(is_zero_where_there_is_no_errcode)
{
    BOOST_TEST((read_verdict(R"({"media_id":"m"})").value() == Verdict{}));
}

BOOST_DATA_TEST_CASE(
    is_read_although_the_answer_holds_raw_controls,
    data::make<std::string>(
        {"{\"errcode\":45015,\"errmsg\":\"a\x1d b\"}",
         "{\"errcode\":45015,\"errmsg\":\"a\n\\\"b\"}",
         "\xEF\xBB\xBF{\"errcode\":\"45015\"}",
         "{\x01\"errcode\":45015}",
         "{\"errmsg\":\"\xFF\",\"errcode\":45015}"}
    )
)
{
    BOOST_TEST(read_verdict(sample).value().errcode == 45015);
}

BOOST_AUTO_TEST_CASE(keeps_line_ends_and_drops_other_controls)
{
    BOOST_TEST(read_verdict("{\"errmsg\":\"a\nb\x1d\tc \\\\\"}").value().text == "a\nb\tc \\");
}

BOOST_DATA_TEST_CASE(
    of_no_object_is_a_fault,
    data::make<std::string>({"", "<html>", "[]", "ok", "{", "{\"errcode\":1", "{\"errcode\":{}}", "null", "7"}
    )
)
{
    BOOST_TEST((read_verdict(sample).error().code == errc::bad_json));
}

BOOST_AUTO_TEST_CASE(of_endless_depth_is_a_fault)
{
    std::string deep = "{\"a\":" + std::string(100'000, '[');

    BOOST_TEST((read_verdict(deep).error().code == errc::bad_json));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_access_token)

BOOST_AUTO_TEST_CASE(is_asked_for_by_the_stable_way)
{
    const auto body = json::parse(stable_token_body(AppId{"wx1"}, Secret{"s\"3"}, true)).as_object();

    BOOST_TEST(body.at("grant_type").as_string() == "client_credential");
    BOOST_TEST(body.at("appid").as_string() == "wx1");
    BOOST_TEST(body.at("secret").as_string() == "s\"3");
    BOOST_TEST(body.at("force_refresh").as_bool());
}

BOOST_AUTO_TEST_CASE(is_read_with_its_lifetime)
{
    const auto token = read_access_token(R"({"access_token":"T0k-en_","expires_in":7200})");

    BOOST_TEST(token.value().token.reveal() == "T0k-en_");
    BOOST_TEST(token.value().lifetime.count() == 7200);
}

BOOST_AUTO_TEST_CASE(has_at_most_512_characters)
{
    const auto answer = [](std::size_t size) {
        return R"({"access_token":")" + std::string(size, 't') + R"(","expires_in":300})";
    };

    BOOST_TEST(read_access_token(answer(512)).value().token.reveal().size() == 512U);
    BOOST_TEST((read_access_token(answer(513)).error().code == errc::bad_answer));
    BOOST_TEST((read_access_token(answer(0)).error().code == errc::bad_answer));
    BOOST_TEST((read_access_token(answer(100'000)).error().code == errc::bad_answer));
}

BOOST_DATA_TEST_CASE(
    without_a_lifetime_is_a_fault,
    data::make<std::string>(
        {R"({"access_token":"t"})",
         R"({"access_token":"t","expires_in":0})",
         R"({"access_token":"t","expires_in":-5})",
         R"({"access_token":"t","expires_in":"soon"})",
         R"({"expires_in":7200})"}
    )
)
{
    BOOST_TEST((read_access_token(sample).error().code == errc::bad_answer));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_message_to_a_contact)

BOOST_AUTO_TEST_CASE(is_raw_utf8_in_which_only_json_escapes)
{
    const auto body = custom_text_body(OpenId{"oA"}, "<a href=\"http://x/?a=1&b=2\">你好 😂</a>\n");

    BOOST_TEST(
        body
        == "{\"touser\":\"oA\",\"msgtype\":\"text\",\"text\":{\"content\":"
           "\"<a href=\\\"http://x/?a=1&b=2\\\">你好 😂</a>\\n\"}}"
    );
}

BOOST_AUTO_TEST_CASE(has_no_unicode_escapes_even_for_controls)
{
    const auto body = custom_text_body(OpenId{"oA"}, "a\x1d\x01\tb");

    BOOST_TEST(body == R"({"touser":"oA","msgtype":"text","text":{"content":"a\tb"}})");
}

BOOST_AUTO_TEST_CASE(may_be_a_picture_a_voice_or_a_video)
{
    BOOST_TEST(
        custom_image_body(OpenId{"o"}, "m") == R"({"touser":"o","msgtype":"image","image":{"media_id":"m"}})"
    );
    BOOST_TEST(
        custom_voice_body(OpenId{"o"}, "m") == R"({"touser":"o","msgtype":"voice","voice":{"media_id":"m"}})"
    );
    BOOST_TEST(
        custom_video_body(OpenId{"o"}, {.media_id = "m", .thumb_media_id = "t"})
        == R"({"touser":"o","msgtype":"video","video":{"media_id":"m","thumb_media_id":"t"}})"
    );
}

BOOST_AUTO_TEST_CASE(of_a_video_may_have_a_title_and_a_description)
{
    BOOST_TEST(
        custom_video_body(
            OpenId{"o"}, {.media_id = "m", .thumb_media_id = "t", .title = "T\x1d", .description = "D"}
        )
        == R"({"touser":"o","msgtype":"video","video":)"
           R"({"media_id":"m","thumb_media_id":"t","title":"T","description":"D"}})"
    );
}

BOOST_AUTO_TEST_CASE(may_be_a_link_as_news_of_one_article)
{
    BOOST_TEST(
        custom_link_body(
            OpenId{"o"},
            {.title = "T \"<1>\"",
             .description = "D",
             .url = "https://x/?a=1&b=2",
             .picture_url = "https://x/p.jpg"}
        )
        == R"({"touser":"o","msgtype":"news","news":{"articles":[{"title":"T \"<1>\"","description":"D",)"
           R"("url":"https://x/?a=1&b=2","picurl":"https://x/p.jpg"}]}})"
    );
    BOOST_TEST(
        custom_link_body(OpenId{"o"}, {.title = "T", .url = "https://x"})
        == R"({"touser":"o","msgtype":"news","news":{"articles":[{"title":"T","url":"https://x"}]}})"
    );
}

BOOST_AUTO_TEST_CASE(has_no_unicode_escapes_in_any_part_of_a_link)
{
    const auto body = custom_link_body(
        OpenId{"o"},
        {.title = "\x01T", .description = "\x1d", .url = "https://x/\x01", .picture_url = "https://y/\x02"}
    );

    BOOST_TEST(body.find("\\u") == std::string::npos);
    BOOST_TEST(body.find("https://x/") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(takes_its_media_id_from_the_upload)
{
    BOOST_TEST(read_media_id(R"({"type":"image","media_id":"M1","created_at":1672500000})").value() == "M1");
    BOOST_TEST(read_media_id(R"({"type":"thumb","thumb_media_id":"T1"})").value() == "T1");
    BOOST_TEST((read_media_id(R"({"type":"image"})").error().code == errc::bad_answer));
    BOOST_TEST((read_media_id("<html>").error().code == errc::bad_json));
}

BOOST_AUTO_TEST_SUITE_END()
