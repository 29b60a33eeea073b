// What an answer to a callback means (wechat-protocol.md 1.6, 1.7, 3), in every mode of an account.
#include "called.hpp"
#include "rows.hpp"

#include <functional>

using namespace simulator;
using namespace simulator::test;
using wechat::OpenId;

namespace {

// What an endpoint has at hand when it answers.
struct Asked {
    Account account = an_account();
    codec::CallbackQuery query = {};
    std::string image = {};

    [[nodiscard]] std::string text(const std::string& words) const { return reply(codec::TextReply{words}); }
    [[nodiscard]] std::string reply(decltype(codec::Reply::what) what) const
    {
        return codec::write_reply(
            {.to = OpenId{"o1"}, .from = "gh_1", .at = to_seconds(start), .what = std::move(what)}
        );
    }
    [[nodiscard]] std::string sealed(const std::string& document) const
    {
        auto with_key = account;
        with_key.callback_mode = "secure";
        return codec::seal_reply(
            *callback_account(with_key), document, query.timestamp, query.nonce, codec::random_bytes()
        );
    }
};

struct Row {
    const char* name;
    std::function<std::string(const Asked&)> body;
    Answered plain;
    Answered compatible;
    Answered secure;
};
using enum Answered;

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    text.replace(text.find(what), what.size(), with);
    return text;
}

// Headers that every reply begins with, and whatever else.
std::string xml(const std::string& rest)
{
    return "<xml><ToUserName>o1</ToUserName><FromUserName>gh_1</FromUserName><CreateTime>1</CreateTime>"
         + rest + "</xml>";
}

std::string article(const std::string& picture = "PicUrl")
{
    return "<item><Title>T</Title><Description>D</Description><" + picture + ">p</" + picture
         + "><Url>u</Url></item>";
}

const std::vector<Row> rows{
    {"1.7 success", [](const Asked&) { return "success"; }, success, success, success},
    {"1.7 zero bytes", [](const Asked&) { return ""; }, empty, empty, empty},
    {"1.7 success with a line end", [](const Asked&) { return "success\n"; }, illegal, illegal, illegal},
    {"1.7 success in quotes", [](const Asked&) { return "\"success\""; }, illegal, illegal, illegal},
    {"1.7 success behind a BOM",
     [](const Asked&) { return "\xef\xbb\xbfsuccess"; },
     illegal,
     illegal,
     illegal},
    {"1.5 success, encrypted",
     [](const Asked& asked) { return asked.sealed("success"); },
     illegal,
     illegal,
     illegal},
    {"1.6 JSON", [](const Asked&) { return R"({"errcode":0})"; }, illegal, illegal, illegal},
    {"1.7 an XML without anything", [](const Asked&) { return "<xml></xml>"; }, illegal, illegal, illegal},
    {"1.5 a plain reply", [](const Asked& asked) { return asked.text("x"); }, reply, reply, illegal},
    {"1.5 an encrypted reply",
     [](const Asked& asked) { return asked.sealed(asked.text("x")); },
     illegal,
     reply,
     reply},
    {"1.5 MsgSignature is verified",
     [](const Asked& asked) {
         auto body = asked.sealed(asked.text("x"));
         auto& digit = body[body.find("<MsgSignature><![CDATA[") + 23];
         digit = digit == '0' ? '1' : '0';
         return body;
     },
     illegal,
     illegal,
     illegal},
    {"1.5 another Nonce than was signed",
     [](const Asked& asked) {
         return replaced(asked.sealed(asked.text("x")), "<Nonce><![CDATA[", "<Nonce><![CDATA[9");
     },
     illegal,
     illegal,
     illegal},
    {"1.5 sealed for another account",
     [](const Asked& asked) {
         auto other = asked;
         other.account.app_id = "wx2";
         return other.sealed(other.text("x"));
     },
     illegal,
     illegal,
     illegal},
    {"3 names are swapped",
     [](const Asked&) {
         return codec::write_reply(
             {.to = OpenId{"gh_1"}, .from = "o1", .at = to_seconds(start), .what = codec::TextReply{"x"}}
         );
     },
     illegal,
     illegal,
     illegal},
    {"3 text without Content",
     [](const Asked&) { return xml("<MsgType>text</MsgType>"); },
     illegal,
     illegal,
     illegal},
    {"3 text over 2048 bytes",
     [](const Asked& asked) { return asked.text(std::string(2049, 'x')); },
     illegal,
     illegal,
     illegal},
    {"3 element names are case-sensitive",
     [](const Asked&) { return xml("<MsgType>text</MsgType><content>x</content>"); },
     illegal,
     illegal,
     illegal},
    {"3 an element that no reply has",
     [](const Asked&) { return xml("<MsgType>text</MsgType><Content>x</Content><Colour>red</Colour>"); },
     illegal,
     illegal,
     illegal},
    {"3 image: MediaId",
     [](const Asked& asked) { return asked.reply(codec::ImageReply{asked.image}); },
     reply,
     reply,
     illegal},
    {"3 image that is not there",
     [](const Asked& asked) { return asked.reply(codec::ImageReply{"none"}); },
     illegal,
     illegal,
     illegal},
    {"3 voice whose id is a picture's",
     [](const Asked& asked) { return asked.reply(codec::VoiceReply{asked.image}); },
     illegal,
     illegal,
     illegal},
    {"3 news: one article to a message",
     [](const Asked&) {
         return xml(
             "<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles>" + article() + "</Articles>"
         );
     },
     reply,
     reply,
     illegal},
    {"3 news: two articles to a message",
     [](const Asked&) {
         return xml(
             "<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles>" + article() + article()
             + "</Articles>"
         );
     },
     illegal,
     illegal,
     illegal},
    {"3 news: ArticleCount says something else",
     [](const Asked&) {
         return xml(
             "<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles>" + article() + "</Articles>"
         );
     },
     illegal,
     illegal,
     illegal},
    {"3 news: PicURL",
     [](const Asked&) {
         return xml(
             "<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles>" + article("PicURL")
             + "</Articles>"
         );
     },
     illegal,
     illegal,
     illegal},
    {"3 transfer_customer_service",
     [](const Asked& asked) { return asked.reply(codec::TransferReply{}); },
     reply,
     reply,
     illegal},
};

void means(const Row& row, const std::string& mode, Answered expected)
{
    Asked asked;
    Called called{
        [&](const Received& received) {
            if (received.method == "GET")
                return test::success(received);
            asked.query = codec::parse_query(received.query);
            return Answering{.body = row.body(asked)};
        },
        mode};
    asked.image = called.server.with_platform([](Platform& platform) {
        return platform.store(
            *platform.find("wx1"), {.type = "image", .name = "a.jpg", .expires = Moment::max()}
        );
    });
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

    BOOST_TEST(name_of(delivered.answered) == name_of(expected));
    BOOST_TEST(delivered.deliveries == 1);
    const auto phone = called.server.phone("wx1", "o1");
    const bool notice = phone.back().from == PhoneEntry::From::system;
    BOOST_TEST(notice == (expected == Answered::illegal));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers)

const Cases in_every_mode{rows, [](const Row& row) {
                              for (const auto& [mode, expected] :
                                   {std::pair{"plain", row.plain},
                                    std::pair{"compatible", row.compatible},
                                    std::pair{"secure", row.secure}})
                                  BOOST_TEST_CONTEXT(mode)
                                  {
                                      means(row, mode, expected);
                                  }
                          }};

BOOST_AUTO_TEST_CASE(an_event_may_be_answered_with_several_articles)
{
    const auto body =
        xml("<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles>" + article() + article()
            + "</Articles>");
    Called called{
        [&](const Received& received) {
            return received.method == "GET" ? test::success(received) : Answering{.body = body};
        },
        "plain"};

    BOOST_CHECK(called.server.contact_follows("wx1", "o1", "").answered == Answered::reply);
}

BOOST_AUTO_TEST_SUITE_END()
