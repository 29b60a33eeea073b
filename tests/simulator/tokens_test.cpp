#include "one_account.hpp"

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
using boost::unit_test::label;

BOOST_AUTO_TEST_SUITE(access_tokens)

struct Asking : OneAccount {
    std::int64_t use(const std::string& access_token)
    {
        return errcode(ask("GET", "/cgi-bin/getcallbackip", access_token.empty() ? "" : "access_token=" + access_token));
    }
    std::string classic()
    {
        const auto answer
            = ask("GET", "/cgi-bin/token", "grant_type=client_credential&appid=wx1&secret=secret-1");
        return std::string{answer.at("access_token").as_string()};
    }
};

BOOST_FIXTURE_TEST_CASE(the_stable_token_stays_the_same_until_its_last_five_minutes, Asking)
{
    const auto first = token();
    pass(6900s - 1ms);
    const auto answer = ask_for_token();

    BOOST_TEST(answer.at("access_token").as_string() == first);
    BOOST_TEST(answer.at("expires_in").as_int64() == 301);
    pass(1ms);
    BOOST_TEST(token() != first);
}

BOOST_FIXTURE_TEST_CASE(the_old_and_the_new_token_overlap_for_five_minutes, Asking)
{
    const auto first = token();
    pass(6900s);
    const auto second = token();

    BOOST_TEST(use(first) == 0);
    BOOST_TEST(use(second) == 0);
    pass(300s);
    BOOST_TEST(use(first) == 42001);
    BOOST_TEST(use(second) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_forced_refresh_kills_the_old_token_at_once, Asking)
{
    const auto first = token();
    const auto second = token(true);

    BOOST_TEST(first != second);
    BOOST_TEST(use(first) == 40001);
    BOOST_TEST(use(second) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_forced_refresh_within_30_seconds_does_not_refresh, Asking)
{
    const auto forced = token(true);
    pass(30s - 1ms);
    BOOST_TEST(token(true) == forced);
    pass(1ms);
    BOOST_TEST(token(true) != forced);
}

BOOST_FIXTURE_TEST_CASE(twenty_forced_refreshes_a_day_are_all, Asking)
{
    for (int i = 0; i < 20; ++i, pass(30s))
        token(true);

    BOOST_TEST(errcode(ask_for_token(true)) == 45009);
    BOOST_TEST(errcode(ask_for_token(false)) == 0);
    pass(24h);
    BOOST_TEST(errcode(ask_for_token(true)) == 0);
}

BOOST_FIXTURE_TEST_CASE(the_classic_token_changes_with_every_call, Asking)
{
    const auto first = classic();
    const auto second = classic();

    BOOST_TEST(first != second);
    BOOST_TEST(use(first) == 0);
    pass(300s);
    BOOST_TEST(use(first) == 42001);
    BOOST_TEST(use(second) == 0);
}

BOOST_FIXTURE_TEST_CASE(the_two_families_do_not_touch_each_other, Asking)
{
    const auto stable = token();
    const auto other = classic();
    token(true);

    BOOST_TEST(use(other) == 0);
    BOOST_TEST(use(stable) == 40001);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_token_is_refused_by_its_kind, Asking)
{
    BOOST_TEST(use("") == 41001);
    BOOST_TEST(use("short") == 40014);
    BOOST_TEST(use(std::string(136, 'x')) == 40001);
}

BOOST_FIXTURE_TEST_CASE(who_asks_wrongly_gets_no_token, Asking)
{
    const auto asked = [&](std::string body) { return errcode(ask("POST", token_path, "", std::move(body))); };

    BOOST_TEST(errcode(ask_for_token(false, "wrong")) == 40125);
    BOOST_TEST(errcode(ask_for_token(false, "")) == 41004);
    BOOST_TEST(asked(R"({"grant_type":"x","appid":"wx1","secret":"secret-1"})") == 40002);
    BOOST_TEST(asked(R"({"grant_type":"client_credential","secret":"secret-1"})") == 41002);
    BOOST_TEST(asked(R"({"grant_type":"client_credential","appid":"wx2","secret":"secret-1"})") == 40013);
    BOOST_TEST(asked(R"({"grant_type":"client_credential","appid":"wx1","secret":"secret-1","x":1})") == 47001);
    BOOST_TEST(asked("") == 44002);
    BOOST_TEST(errcode(ask("GET", token_path, "")) == 43002);
    BOOST_TEST(errcode(ask("POST", "/cgi-bin/token", "")) == 43001);
}

BOOST_FIXTURE_TEST_CASE(an_address_off_the_allow_list_is_named_in_the_answer, Asking)
{
    account->settings.allowed_ips = {"10.1.2.3"};
    const auto answer = ask_for_token();

    BOOST_TEST(errcode(answer) == 40164);
    BOOST_TEST(std::string{answer.at("errmsg").as_string()}.starts_with("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1"));
    account->settings.allowed_ips.push_back("127.0.0.1");
    BOOST_TEST(errcode(ask_for_token()) == 0);
}

BOOST_FIXTURE_TEST_CASE(ten_thousand_a_minute_are_all, Asking)
{
    for (int i = 0; i < 10'000; ++i)
        ask_for_token();

    BOOST_TEST(errcode(ask_for_token()) == 45011);
    pass(1min);
    BOOST_TEST(errcode(ask_for_token()) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
