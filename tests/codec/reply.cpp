#include "codec/reply.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

Reply reply_with(decltype(Reply::what) what)
{
    return {.to = OpenId{"oA"}, .from = "gh_1", .at = from_seconds(1700000000), .what = std::move(what)};
}

const std::vector<decltype(Reply::what)> replies{
    TextReply{"a]]>b <a href=\"http://x/?a&b\">c</a>\n😂"},
    ImageReply{"m"},
    VoiceReply{"m"},
    VideoReply{"m", "T", "D"},
    VideoReply{"m", "", ""},
    MusicReply{"T", "D", "http://u", "http://h", "t"},
    MusicReply{"", "", "", "", "t"},
    NewsReply{{{"T", "D", "p", "u"}}},
    NewsReply{{{"T", "D", "p", "u"}, {"T2", "", "", "u2"}, {"T3", "D3", "p3", "u3"}}},
    TransferReply{},
    TransferReply{"test1@test"},
};

struct OneAccount {
    CallbackAccount account{
        .app_id = AppId{"wx0123456789abcdef"},
        .callback_token = Secret{"token"},
        .mode = CallbackMode::secure,
        .aes_key = AesKey::from_encoding_aes_key(std::string(43, 'a')).value(),
    };
    std::string plain = write_reply(reply_with(TextReply{"Hello"}));
    std::string sealed = seal_reply(account, plain, "1700000001", "n", random_bytes());

    std::string outcome(CallbackMode mode, std::string_view body) const
    {
        auto reader = account;
        reader.mode = mode;
        const auto reply = read_reply(reader, body);
        return reply ? std::get<TextReply>(reply->what).content : std::string{name_of(reply.error().code)};
    }
};

std::string reply_xml(std::string_view elements)
{
    return "<xml><ToUserName>o</ToUserName><FromUserName>g</FromUserName><CreateTime>1</CreateTime>"
         + std::string{elements} + "</xml>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_reply)

BOOST_DATA_TEST_CASE(written_and_read_again_says_the_same, data::xrange(replies.size()))
{
    const auto reply = reply_with(replies[sample]);

    BOOST_TEST((parse_reply(write_reply(reply)).value() == reply));
}

BOOST_AUTO_TEST_CASE(has_no_controls_and_begins_with_its_root)
{
    BOOST_TEST(
        write_reply(reply_with(TextReply{"a\x1d]]>b"}))
        == "<xml><ToUserName><![CDATA[oA]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>"
           "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
           "<Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>"
    );
}

BOOST_DATA_TEST_CASE(
    without_what_its_type_must_have_is_a_fault,
    data::make<std::string>(
        {"",
         "<MsgType>text</MsgType>",
         "<MsgType>text</MsgType><Content/>",
         "<MsgType>image</MsgType>",
         "<MsgType>news</MsgType><ArticleCount>1</ArticleCount>",
         "<MsgType>music</MsgType><Music><Title>t</Title></Music>",
         "<MsgType>video</MsgType><Video/>",
         "<MsgType>hologram</MsgType>"}
    )
)
{
    BOOST_TEST((parse_reply(reply_xml(sample)).error().code == errc::missing_field));
}

BOOST_AUTO_TEST_CASE(without_a_head_is_a_fault)
{
    BOOST_TEST(
        (parse_reply("<xml><MsgType>text</MsgType><Content>a</Content></xml>").error().code
         == errc::missing_field)
    );
    BOOST_TEST((parse_reply("success").error().code == errc::bad_xml));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_sealed_reply, OneAccount)

BOOST_AUTO_TEST_CASE(is_read_where_the_mode_allows_it)
{
    BOOST_TEST(outcome(CallbackMode::secure, sealed) == "Hello");
    BOOST_TEST(outcome(CallbackMode::compatible, sealed) == "Hello");
    BOOST_TEST(outcome(CallbackMode::plain, sealed) == "missing_field");
}

BOOST_AUTO_TEST_CASE(is_a_must_in_secure_mode_only)
{
    BOOST_TEST(outcome(CallbackMode::secure, plain) == "plaintext_refused");
    BOOST_TEST(outcome(CallbackMode::compatible, plain) == "Hello");
    BOOST_TEST(outcome(CallbackMode::plain, plain) == "Hello");
}

BOOST_DATA_TEST_CASE(
    with_anything_altered_is_refused,
    data::make<std::string>(
        {"<TimeStamp>1", "<Nonce><![CDATA[n", "<MsgSignature><![CDATA[", "<Encrypt><![CDATA["}
    )
)
{
    auto body = sealed;
    body.insert(body.find(sample) + sample.size(), "0");

    BOOST_TEST(outcome(CallbackMode::secure, body) == "bad_signature");
}

BOOST_AUTO_TEST_CASE(of_json_is_json_with_its_time_as_a_number)
{
    const auto body = seal_reply(account, R"({"a":"b"})", "1700000001", "n", {});

    BOOST_TEST(body.find("\"TimeStamp\":1700000001") != std::string::npos);
    BOOST_TEST(open_reply(account, body).value() == R"({"a":"b"})");
}

BOOST_AUTO_TEST_SUITE_END()
