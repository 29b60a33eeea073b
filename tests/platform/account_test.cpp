#include "codec/api.hpp"
#include "platform/an_account.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::platform;
using boost::unit_test::label;
using codec::Meaning;

namespace {

std::string hello()
{
    return codec::custom_text_body(OpenId{"o-lily"}, "Hello");
}

struct ASender : AnAccount {
    using AnAccount::AnAccount;

    Outcome send(Time now = noon) { return finished(loop, account.send_custom(hello(), now)); }
    std::size_t sends() { return requests_to("/cgi-bin/message/custom/send"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_text)

BOOST_AUTO_TEST_CASE(goes_out_with_the_token, *label("A1"))
{
    ASender it{scripted::errcode(0)};

    const auto outcome = it.send();

    BOOST_TEST(!outcome.uncertain);
    BOOST_TEST((outcome.meaning == Meaning::sent));
    const auto requests = it.server.requests();
    BOOST_TEST_REQUIRE(requests.size() == 2U);
    BOOST_TEST(requests[0].body.find("\"app secret\"") != std::string::npos);
    BOOST_TEST(requests[1].target == "/cgi-bin/message/custom/send?access_token=t1");
    BOOST_TEST(requests[1].body == R"({"touser":"o-lily","msgtype":"text","text":{"content":"Hello"}})");
}

BOOST_AUTO_TEST_CASE(that_is_refused_says_why, *label("A6"))
{
    ASender it{scripted::errcode(45002)};

    const auto outcome = it.send();

    BOOST_TEST((outcome.meaning == Meaning::fail_message));
    BOOST_TEST(outcome.errcode == 45002);
    BOOST_TEST(outcome.words == "so it is");
    BOOST_TEST(outcome.rid == "1-2-3");
}

BOOST_AUTO_TEST_CASE(may_go_later_after_a_gateway_s_answer, *label("A5"))
{
    for (const auto& reply :
         {scripted::http(500, ""),
          scripted::http(503, "<html>"),
          scripted::http(429, "{}"),
          scripted::http(502, R"({"errcode":0})"),
          scripted::json("<html>Please log in</html>")}) {
        ASender it{reply};
        const auto outcome = it.send();
        BOOST_TEST(!outcome.uncertain, reply.bytes);
        BOOST_TEST((outcome.meaning == Meaning::try_later), reply.bytes);
        BOOST_TEST(it.sends() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(that_may_have_arrived_is_uncertain, *label("A7"))
{
    for (const auto& reply :
         {scripted::hang_up(),
          scripted::silence(),
          scripted::json(R"({"errcode":)"),
          scripted::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"errcode\":0"),
          scripted::raw("no HTTP at all\r\n\r\n")}) {
        ASender it{reply};
        BOOST_TEST(it.send().uncertain, reply.bytes);
        BOOST_TEST(it.sends() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(that_nobody_has_received_may_go_later, *label("A5"))
{
    Loop loop;
    std::string port;
    {
        const Server gone{[](const Request&) { return scripted::silence(); }};
        port = gone.port();
    }
    Account account{
        loop,
        {Url{.tls = false, .host = "127.0.0.1", .port = port}},
        AppId{"wx01"},
        Secret{"s"},
        AnAccount::limits()};
    const auto outcome = finished(loop, account.send_custom(hello(), noon));

    BOOST_TEST(!outcome.uncertain);
    BOOST_TEST((outcome.meaning == Meaning::try_later));
    BOOST_TEST(outcome.words.find("not_connected") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_token)

BOOST_AUTO_TEST_CASE(is_fetched_once_for_all_who_wait)
{
    ASender it{scripted::errcode(0)};
    int sent = 0;
    for (int i = 0; i < 50; ++i)
        asio::co_spawn(
            it.loop,
            it.account.send_custom(hello(), noon),
            [&](const std::exception_ptr&, const Outcome& outcome) {
                sent += outcome.meaning == Meaning::sent ? 1 : 0;
            }
        );
    it.loop.run();

    BOOST_TEST(sent == 50);
    BOOST_TEST(it.tokens == 1);
    BOOST_TEST(it.account.token_fetches() == 1U);
}

BOOST_AUTO_TEST_CASE(is_kept_until_5_minutes_before_its_end)
{
    ASender it{scripted::errcode(0)};
    it.send(noon);
    it.send(noon + 6899s);
    BOOST_TEST(it.tokens == 1);

    it.send(noon + 6900s);
    BOOST_TEST(it.tokens == 2);
}

BOOST_AUTO_TEST_CASE(with_little_life_left_is_kept_for_half_of_it)
{
    ASender it{[](const Request&) { return scripted::errcode(0); }, 300};
    it.send(noon);
    it.send(noon + 149s);
    BOOST_TEST(it.tokens == 1);

    it.send(noon + 150s);
    BOOST_TEST(it.tokens == 2);
}

BOOST_AUTO_TEST_CASE(that_is_refused_is_fetched_anew_and_the_call_made_once_more, *label("A4"))
{
    for (const int code : {40001, 40014, 42001}) {
        ASender it{[code](const Request& request) {
            return request.target.ends_with("t1") ? scripted::errcode(code) : scripted::errcode(0);
        }};

        BOOST_TEST((it.send().meaning == Meaning::sent));
        BOOST_TEST(it.tokens == 2);
        BOOST_TEST(it.sends() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(refused_twice_holds_the_account, *label("A4") * label("A5"))
{
    ASender it{scripted::errcode(40001)};

    const auto outcome = it.send();

    BOOST_TEST((outcome.meaning == Meaning::hold_account));
    BOOST_TEST(outcome.errcode == 40001);
    BOOST_TEST(it.sends() == 2U);
    BOOST_TEST(it.tokens == 2);
}

BOOST_AUTO_TEST_CASE(that_many_calls_find_refused_is_fetched_once_more_only, *label("A4"))
{
    ASender it{[](const Request& request) {
        return request.target.ends_with("t1") ? scripted::errcode(40001) : scripted::errcode(0);
    }};
    it.send();  // brings t2
    int sent = 0;
    for (int i = 0; i < 20; ++i)
        asio::co_spawn(
            it.loop,
            it.account.send_custom(hello(), noon + 7000s),
            [&](const std::exception_ptr&, const Outcome& outcome) {
                sent += outcome.meaning == Meaning::sent ? 1 : 0;
            }
        );
    it.loop.restart();
    it.loop.run();

    BOOST_TEST(sent == 20);
    BOOST_TEST(it.tokens == 3);
}

BOOST_AUTO_TEST_CASE(of_a_caller_who_is_not_on_the_list_holds_the_account_with_the_words, *label("A5"))
{
    Server server{[](const Request&) {
        return scripted::json(
            R"({"errcode":40164,"errmsg":"invalid ip 1.2.3.4, not in whitelist rid: 1-2-3"})"
        );
    }};
    Loop loop;
    Account account{
        loop,
        {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}},
        AppId{"wx01"},
        Secret{"s"},
        AnAccount::limits()};
    const auto outcome = finished(loop, account.send_custom(hello(), noon));

    BOOST_TEST((outcome.meaning == Meaning::hold_account));
    BOOST_TEST(outcome.errcode == 40164);
    BOOST_TEST(outcome.words == "invalid ip 1.2.3.4, not in whitelist");
    BOOST_TEST(server.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_had_is_no_uncertain_send, *label("A5"))
{
    // The send itself was never written, whatever became of the token's request.
    for (const auto& reply :
         {scripted::hang_up(),
          scripted::silence(),
          scripted::http(503, ""),
          scripted::json("{}"),
          scripted::json("<html>"),
          scripted::errcode(-1)}) {
        Server server{[&](const Request&) { return reply; }};
        Loop loop;
        Account account{
            loop,
            {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}},
            AppId{"wx01"},
            Secret{"s"},
            AnAccount::limits()};
        const auto outcome = finished(loop, account.send_custom(hello(), noon));

        BOOST_TEST(!outcome.uncertain, reply.bytes);
        BOOST_TEST((outcome.meaning == Meaning::try_later), reply.bytes);
        BOOST_TEST(server.requests().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(whose_renewal_fails_serves_to_its_end)
{
    std::atomic<bool> down = false;
    Server server{[&](const Request& request) {
        if (!asks_for_token(request))
            return scripted::errcode(0);
        return down ? scripted::errcode(-1) : token_reply("t1");
    }};
    Loop loop;
    Account account{
        loop,
        {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}},
        AppId{"wx01"},
        Secret{"s"},
        AnAccount::limits()};
    const auto send = [&](Time now) { return finished(loop, account.send_custom(hello(), now)).meaning; };
    BOOST_TEST((send(noon) == Meaning::sent));
    down = true;

    BOOST_TEST((send(noon + 7199s) == Meaning::sent));
    BOOST_TEST((send(noon + 7200s) == Meaning::try_later));
}

BOOST_AUTO_TEST_SUITE_END()
