#include "sample.hpp"

using namespace wechat;
using namespace wechat::config;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(a_good_file)

BOOST_AUTO_TEST_CASE(what_is_left_out_is_as_the_policy_says)
{
    const auto file = customer_with("");
    const policy::Rules defaults;

    BOOST_TEST(file.customer.str() == "harbour-bank");
    BOOST_TEST(file.enabled);
    BOOST_TEST(file.wechat.api == "https://api.weixin.qq.com");
    BOOST_TEST((file.wechat.callback_mode == CallbackMode::secure));
    BOOST_TEST(!file.wechat.previous_encoding_aes_key.has_value());
    BOOST_TEST(file.rules.customer == "harbour-bank");
    BOOST_TEST((file.rules.platform == defaults.platform));
    BOOST_TEST((file.rules.queue == defaults.queue));
    BOOST_TEST(file.rules.employee_messages == 3);
    BOOST_TEST((file.rules.remind_after == 24h));
    BOOST_TEST(file.rules.leave_keywords == std::vector<std::string>{"#LEAVE"});
    BOOST_TEST(!file.rules.resend_uncertain);
    BOOST_TEST((file.rules.welcome_by == policy::WelcomeBy::api));
    BOOST_TEST((file.rules.supported == policy::sendable));
    BOOST_TEST(file.wechat.map_link.starts_with("https://"));
    BOOST_TEST(file.wechat.map_link.find("{latitude}") != std::string::npos);
    BOOST_TEST(file.wechat.map_link.find("{longitude}") != std::string::npos);
    BOOST_TEST(file.rules.texts->locale() == "en");
}

BOOST_AUTO_TEST_CASE(an_account_that_may_send_nothing_says_so)
{
    BOOST_TEST(customer_with("  can_send: []\n").rules.supported.empty());
}

BOOST_AUTO_TEST_CASE(the_welcome_goes_by_the_api_or_in_the_answer, *boost::unit_test::label("O3"))
{
    BOOST_TEST((customer_with("policy: {welcome_by: api}\n").rules.welcome_by == policy::WelcomeBy::api));
    BOOST_TEST(
        (customer_with("policy: {welcome_by: passive}\n").rules.welcome_by == policy::WelcomeBy::passive)
    );
}

BOOST_AUTO_TEST_CASE(a_map_link_has_at_most_512_bytes)
{
    const auto link = [](std::size_t size) {
        std::string text = "https://m/{latitude},{longitude}?";
        text.resize(size, 'x');
        return "  map_link: \"" + text + "\"\n";
    };

    BOOST_TEST(with_account(link(512)) == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(with_account(link(513)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_key_is_taken)
{
    const auto reading = read_customer(
        R"(customer: 2nd-harbour
enabled: false
wechat:
  app_id: wx_2
  app_secret: S
  token: abc
  encoding_aes_key: abcdefghijklmnopqrstuvwxyz0123456789ABCDE+/
  previous_encoding_aes_key: ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg
  callback_mode: compatible
  api: http://127.0.0.1:9300
  map_link: "https://map.example/?q={latitude},{longitude}&n={name}"
  can_send: [text, link, location]
policy:
  platform: {messages: 8, window: 2d}
  employee_messages: 5
  remind_after: 90m
  queue: {max_messages: 0, max_age: 3600s, merge: true}
  leave_keywords: ["#BYE", 再见]
  resend_uncertain: true
  welcome_by: passive
locale: zh-Hans
)",
        "x.yaml"
    );
    BOOST_TEST_REQUIRE(lines_of(reading) == Lines{}, boost::test_tools::per_element());
    const auto& file = *reading.customer;

    BOOST_TEST(file.customer.str() == "2nd-harbour");
    BOOST_TEST(!file.enabled);
    BOOST_TEST(file.wechat.app_id.str() == "wx_2");
    BOOST_TEST(file.wechat.app_secret.reveal() == "S");
    BOOST_TEST(file.wechat.token.reveal() == "abc");
    BOOST_TEST(file.wechat.encoding_aes_key->reveal() == "abcdefghijklmnopqrstuvwxyz0123456789ABCDE+/");
    BOOST_TEST(
        file.wechat.previous_encoding_aes_key->reveal() == "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"
    );
    BOOST_TEST((file.wechat.callback_mode == CallbackMode::compatible));
    BOOST_TEST(file.wechat.api == "http://127.0.0.1:9300");
    BOOST_TEST(file.wechat.map_link == "https://map.example/?q={latitude},{longitude}&n={name}");
    BOOST_TEST((file.wechat.can_send == std::set{Kind::text, Kind::link, Kind::location}));
    BOOST_TEST((file.rules.supported == file.wechat.can_send));
    BOOST_TEST((file.rules.welcome_by == policy::WelcomeBy::passive));
    BOOST_TEST((file.rules.platform == policy::PlatformRules{8, 48h}));
    BOOST_TEST(file.rules.employee_messages == 5);
    BOOST_TEST((file.rules.remind_after == 90min));
    BOOST_TEST((file.rules.queue == policy::QueueRules{0, 1h, true}));
    BOOST_TEST((file.rules.leave_keywords == std::vector<std::string>{"#BYE", "再见"}));
    BOOST_TEST(file.rules.resend_uncertain);
    BOOST_TEST(file.rules.texts->locale() == "zh-Hans");
}

BOOST_DATA_TEST_CASE(
    an_api_is_https_or_this_machine,
    boost::unit_test::data::make(
        {"https://api.weixin.qq.com",
         "https://proxy:8443/wechat",
         "http://localhost",
         "http://[::1]:9300",
         "http://127.1.2.3"}
    ),
    api
)
{
    const auto yaml = account_and("  api: \"" + std::string{api} + "\"\n");

    BOOST_TEST(read_customer(yaml, "x.yaml").customer.value().wechat.api == api);
}

BOOST_DATA_TEST_CASE(
    anything_else_is_no_api,
    boost::unit_test::data::make(
        {"http://api.weixin.qq.com",
         "http://127.evil.example",
         "http://localhost.evil.example",
         "https://",
         "api.weixin.qq.com",
         "https://user@host",
         "https://host:port",
         "https://host?x",
         "ftp://host",
         "http://127.0.0.1@evil.example",
         "https://[::1"}
    ),
    api
)
{
    const auto yaml = account_and("  api: \"" + std::string{api} + "\"\n");

    BOOST_TEST(
        complaints_of(yaml
        ) == Lines{"7:8: expected https://HOST, or http:// to this machine only, found \"" + std::string{api} + "\""},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(a_plain_account_needs_no_aes_key)
{
    const auto reading = read_customer(
        "customer: a\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: plain}\n", "a.yaml"
    );

    BOOST_TEST_REQUIRE(reading.customer.has_value());
    BOOST_TEST(!reading.customer->wechat.encoding_aes_key.has_value());
}

BOOST_AUTO_TEST_CASE(an_empty_section_is_as_none)
{
    BOOST_TEST(with_account("policy:\nmessages:\n") == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(with_account("policy:\n  queue:\n") == Lines{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(windows_line_ends_and_a_byte_order_mark_do_no_harm)
{
    std::string yaml = "\xEF\xBB\xBF";
    for (const auto c : account)
        yaml += c == '\n' ? std::string{"\r\n"} : std::string{c};

    BOOST_TEST(complaints_of(yaml) == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(
        complaints_of(yaml + "locle: en\r\n")
            == Lines{"7:1: unknown key \"locle\"; did you mean \"locale\"?"},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(without_a_prompt_no_slot_is_kept, *boost::unit_test::label("B4"))
{
    constexpr std::string_view four = "policy: {employee_messages: 4}\n";
    constexpr std::string_view no_prompts =
        "messages: {en: {contact: {on_hold: null, reply_reminder: null, on_hold_participants_changed: ~}}}\n";

    BOOST_TEST(
        with_account(four)
            == Lines{"7:29: 4 employee messages, one announcement and one prompt need 6 slots; the platform "
                     "grants 5"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        with_account(std::string{four} + std::string{no_prompts}) == Lines{}, boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()
