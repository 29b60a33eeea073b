// What the doctor makes of the platform's answers: token, address, clock, callback URL, rights, quota.
#include "plugin/a_patient.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::plugin;
using boost::test_tools::per_element;
using scripted::errcode;
using scripted::json;

namespace {

constexpr auto token = "/cgi-bin/stable_token";
constexpr auto callback_check = "/cgi-bin/callback/check";
constexpr auto typing = "/cgi-bin/message/custom/typing";
constexpr auto qrcode = "/cgi-bin/qrcode/create";
constexpr auto quota = "/cgi-bin/openapi/quota/get";

scripted::Reply refused(int code, const std::string& words)
{
    return json(R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":")" + words + R"( rid: 1-2-3"})");
}

const Steps needing_a_token{"token", "callback_url", "permission_to_send", "permission_to_invite", "quota"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_account, APatient)

BOOST_AUTO_TEST_CASE(in_health_has_nothing_wrong)
{
    is_examined();

    const Steps all{
        "configuration",
        "dns",
        "connection",
        "clock",
        "allow_list",
        "token",
        "callback_url",
        "permission_to_send",
        "permission_to_invite",
        "quota",
        "webhook",
        "callback_token",
        "callback_key"};
    BOOST_TEST(steps_that_are(Found::ok) == all, per_element());
    for (const auto& step : steps)
        BOOST_TEST(step.account == "harbour-bank");
}

BOOST_AUTO_TEST_CASE(is_asked_only_what_changes_nothing)
{
    is_examined();

    Steps asked;
    for (const auto& request : platform.server().requests())
        asked.push_back(request.target.substr(0, request.target.find('?')));
    BOOST_TEST(asked == (Steps{token, callback_check, typing, qrcode, quota}), per_element());
    BOOST_TEST(has(platform.server().requests_to(token).at(0).body, R"("force_refresh":false)"));
    BOOST_TEST(has(platform.server().requests_to(typing).at(0).body, R"("touser":"doctor")"));
    BOOST_TEST(has(platform.server().requests_to(qrcode).at(0).body, R"("scene_id":0)"));
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(keeps_its_secrets)
{
    for (const auto code : {0, 40001, 40125, 48001}) {
        if (code != 0)
            platform.answers(typing, errcode(code));
        is_examined();
        for (const auto* secret :
             {"app-secret-9f3", "callback-token-7c1", "access-token-5d2", "abcdefghijklmnopqrstuvwxyz"})
            BOOST_TEST(!has(everything(), secret), secret);
    }
}

BOOST_AUTO_TEST_CASE(with_a_wrong_secret_gets_no_token)
{
    platform.answers(token, refused(40125, "invalid appsecret"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"token"}, per_element());
    BOOST_TEST(has(words("token"), "WeChat answers 40125 (invalid appsecret)"));
    BOOST_TEST(has(words("token"), "app_secret in the customer's file"));
    BOOST_TEST(words("quota") == "there is no token\n");
    BOOST_TEST(level("callback_key") == "ok");
}

BOOST_AUTO_TEST_CASE(whose_address_is_not_allowed_names_it)
{
    platform.answers(
        token, refused(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist")
    );
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"allow_list"}, per_element());
    BOOST_TEST(steps_that_are(Found::skipped) == needing_a_token, per_element());
    BOOST_TEST(has(words("allow_list"), "Add 203.0.113.7 to the account's IP allow-list"));
}

BOOST_AUTO_TEST_CASE(whose_address_is_told_in_other_words_is_helped_all_the_same)
{
    platform.answers(token, refused(40164, "not allowed"));
    is_examined();
    BOOST_TEST(has(words("allow_list"), "Add this machine's public address to"));

    platform.answers(token, refused(40164, "invalid ip 2001:db8::7 ipv6 2001:db8::7, not in whitelist"));
    is_examined();
    BOOST_TEST(has(words("allow_list"), "Add 2001:db8::7 to"));
}

BOOST_AUTO_TEST_CASE(whose_address_waits_for_an_administrator_says_so)
{
    platform.answers(token, refused(89503, "wait for the administrator"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"allow_list"}, per_element());
    BOOST_TEST(has(words("allow_list"), "administrator"));
}

BOOST_AUTO_TEST_CASE(behind_a_gateway_that_answers_itself_says_so)
{
    platform.answers(token, scripted::http(502, "<html>Bad Gateway</html>"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"token"}, per_element());
    BOOST_TEST(has(words("token"), "HTTP 502 that is no answer of WeChat's API"));

    platform.answers(token, json(R"({"hello":"world"})"));
    is_examined();
    BOOST_TEST(has(words("token"), "WeChat's answer has no token"));
}

BOOST_AUTO_TEST_CASE(that_wechat_does_not_answer_in_time_is_not_waited_for)
{
    patience.answer = 100ms;
    platform.answers(token, scripted::silence());
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"token"}, per_element());
    BOOST_TEST(level("clock") == "skipped");
}

BOOST_AUTO_TEST_CASE(without_a_callback_url_is_told_what_to_enter)
{
    platform.answers(callback_check, errcode(40201));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_url"}, per_element());
    BOOST_TEST(has(words("callback_url"), "https://YOUR-HOST/wechat/harbour-bank"));
}

BOOST_AUTO_TEST_CASE(whose_callback_host_has_no_address_or_no_answer_says_so)
{
    platform.answers(callback_check, json(R"({"dns":[],"ping":[]})"));
    is_examined();
    BOOST_TEST(level("callback_url") == "wrong");

    platform.answers(
        callback_check,
        json(R"({"dns":[{"ip":"203.0.113.7"}],"ping":[{"ip":"203.0.113.7","package_loss":"100%"}]})")
    );
    is_examined();
    BOOST_TEST(level("callback_url") == "warning");
    BOOST_TEST(has(words("callback_url"), "pings to 203.0.113.7 get no answer"));
}

BOOST_AUTO_TEST_CASE(that_is_not_verified_may_neither_send_nor_invite)
{
    for (const auto* path : {callback_check, typing, qrcode, quota})
        platform.answers(path, refused(48001, "api unauthorized"));
    is_examined();

    BOOST_TEST(
        steps_that_are(Found::wrong) == (Steps{"callback_url", "permission_to_send", "permission_to_invite"}),
        per_element()
    );
    BOOST_TEST(has(words("permission_to_send"), "WeChat answers 48001 (api unauthorized)"));
    BOOST_TEST(level("quota") == "skipped");
}

BOOST_AUTO_TEST_CASE(whose_token_somebody_else_renews_is_told_so)
{
    platform.answers(typing, refused(40001, "invalid credential"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"permission_to_send"}, per_element());
    BOOST_TEST(has(words("permission_to_send"), "/cgi-bin/stable_token"));
}

BOOST_AUTO_TEST_CASE(that_wechat_is_too_busy_for_is_not_called_wrong)
{
    platform.answers(typing, errcode(-1));
    platform.answers(qrcode, errcode(45009));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong).empty());
    BOOST_TEST(
        steps_that_are(Found::warning) == (Steps{"permission_to_send", "permission_to_invite"}), per_element()
    );
}

BOOST_AUTO_TEST_CASE(has_a_quota_that_may_run_out)
{
    const auto left = [&](const std::string& remain) {
        platform.answers(
            quota, json(R"({"errcode":0,"quota":{"daily_limit":1000,"remain":)" + remain + "}}")
        );
        is_examined();
        return level("quota");
    };

    BOOST_TEST(left("100") == "ok");
    BOOST_TEST(left("99") == "warning");
    BOOST_TEST(left("0") == "wrong");
    BOOST_TEST(left("null") == "skipped");
    platform.answers(quota, errcode(76021));
    is_examined();
    BOOST_TEST(level("quota") == "skipped");
}

BOOST_AUTO_TEST_CASE(with_plain_callbacks_is_warned)
{
    auto plain = callbacks();
    plain.mode = codec::CallbackMode::plain;
    account.callbacks = std::make_shared<const codec::CallbackAccount>(plain);
    listen(plain);
    is_examined();

    BOOST_TEST(steps_that_are(Found::warning) == Steps{"configuration"}, per_element());
    BOOST_TEST(has(words("configuration"), "callback_mode: secure"));
    BOOST_TEST(level("callback_key") == "ok");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(our_clock, APatient)

BOOST_AUTO_TEST_CASE(may_differ_by_seconds_and_must_not_by_a_minute)
{
    const auto off_by = [&](std::chrono::seconds by) {
        now = moment + by;
        is_examined();
        return level("clock");
    };

    BOOST_TEST(off_by(5s) == "ok");
    BOOST_TEST(off_by(-6s) == "warning");
    BOOST_TEST(off_by(60s) == "warning");
    BOOST_TEST(off_by(-61s) == "wrong");
    BOOST_TEST(has(words("clock"), "our clock is 61 s behind WeChat's"));
    BOOST_TEST(off_by(24h) == "wrong");
    BOOST_TEST(has(words("clock"), "86400 s ahead of WeChat's"));
}

BOOST_AUTO_TEST_CASE(is_not_judged_where_no_time_is_told)
{
    for (const auto* date : {"", "yesterday"}) {
        platform.says_it_is(date);
        is_examined();
        BOOST_TEST(level("clock") == "skipped");
    }
}

BOOST_AUTO_TEST_SUITE_END()
