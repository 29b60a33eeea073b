#include "sample.hpp"

using namespace wechat::config;

namespace {

// What is added to a good account, and the one complaint about it.
struct Bad {
    std::string_view more;
    std::string_view complaint;
};

std::ostream& operator<<(std::ostream& out, const Bad& bad)
{
    return out << bad.more;
}

const std::vector<Bad> bad_additions{
    {"polcy: {}\n", R"(7:1: unknown key "polcy"; did you mean "policy"?)"},
    {"policy:\n  leave_keyword: x\n", R"(8:3: unknown key "leave_keyword"; did you mean "leave_keywords"?)"},
    {"policy: {queue: {max: 3}}\n", R"(7:18: unknown key "max")"},
    {"locale: en\nlocale: en\n", "8:1: this key stands here already, in line 7"},
    {"policy: {queue: {merge: true, merge: false}}\n", "7:31: this key stands here already, in line 7"},
    {"policy: three\n", R"(7:9: expected keys, found "three")"},
    {"policy: [3]\n", "7:9: expected keys, found a list"},
    {"enabled: yes\n", R"(7:10: expected true or false, found "yes")"},
    {"enabled: \"true\"\n", R"(7:10: expected true or false, found "true")"},
    {"enabled:\n", "7:9: expected true or false, found nothing"},
    {"policy: {remind_after: 24}\n", R"(7:24: expected a duration such as 90s, 15m, 48h or 7d, found "24")"},
    {"policy: {remind_after: 1.5h}\n",
     R"(7:24: expected a duration such as 90s, 15m, 48h or 7d, found "1.5h")"},
    {"policy: {remind_after: -1h}\n",
     R"(7:24: expected a duration such as 90s, 15m, 48h or 7d, found "-1h")"},
    {"policy: {remind_after: 99999999999999999999d}\n",
     R"(7:24: expected a duration such as 90s, 15m, 48h or 7d, found "99999999999999999999d")"},
    {"policy: {remind_after: h}\n", R"(7:24: expected a duration such as 90s, 15m, 48h or 7d, found "h")"},
    {"policy: {remind_after: []}\n", "7:24: expected a duration such as 90s, 15m, 48h or 7d, found a list"},
    {"policy: {remind_after: 59s}\n", R"(7:24: expected a duration from 1m to 30d, found "59s")"},
    {"policy: {queue: {max_age: 366d}}\n", R"(7:27: expected a duration from 1m to 365d, found "366d")"},
    {"policy: {platform: {window: 4m}}\n", R"(7:29: expected a duration from 5m to 30d, found "4m")"},
    {"policy: {remind_after: 48h}\n",
     "7:24: a reminder after 2d comes too late: the window of 2d ends 1m before its time"},
    {"policy: {platform: {window: 24h}}\n",
     "7:29: a reminder after 1d comes too late: the window of 1d ends 1m before its time"},
    {"policy: {employee_messages: 0}\n", R"(7:29: expected a whole number from 1 to 20, found "0")"},
    {"policy: {employee_messages: 99999999999999999999}\n",
     R"(7:29: expected a whole number from 1 to 20, found "99999999999999999999")"},
    {"policy: {employee_messages: three}\n", R"(7:29: expected a whole number from 1 to 20, found "three")"},
    {"policy: {employee_messages: \"3\"}\n", R"(7:29: expected a whole number from 1 to 20, found "3")"},
    {"policy: {employee_messages: 3.0}\n", R"(7:29: expected a whole number from 1 to 20, found "3.0")"},
    {"policy: {queue: {max_messages: 1001}}\n",
     R"(7:32: expected a whole number from 0 to 1000, found "1001")"},
    {"policy: {employee_messages: 4}\n",
     "7:29: 4 employee messages, one announcement and one prompt need 6 slots; the platform grants 5"},
    {"policy: {platform: {messages: 4}}\n",
     "7:31: 3 employee messages, one announcement and one prompt need 5 slots; the platform grants 4"},
    {"policy: {leave_keywords: bye}\n", R"(7:26: expected a list of at most 20 words, found "bye")"},
    {"policy: {leave_keywords: [bye, \" \"]}\n", R"(7:32: expected a word of 1 to 64 bytes, found " ")"},
    {"policy: {leave_keywords: [a, 1234567890123456789012345678901234567890123456789012345678901234x]}\n",
     R"(7:30: expected a word of 1 to 64 bytes, found "1234567890123456789012345678901234567890")"},
    {"policy: {leave_keywords: [[a]]}\n", "7:27: expected a word of 1 to 64 bytes, found a list"},
    {"locale: English!\n", R"(7:9: expected a locale such as en or zh-Hans, found "English!")"},
    {"locale: de\n",
     R"(7:9: no texts for the locale "de": write them under messages, or take en or zh-Hans)"},
    {"  callback_mode: safe\n", R"(7:18: expected secure, compatible or plain, found "safe")"},
    {"  token: again\n", "7:3: this key stands here already, in line 5"},
    {"policy: {welcome_by: answer}\n", R"(7:22: expected api or passive, found "answer")"},
    {"policy: {welcome_by: Passive}\n", R"(7:22: expected api or passive, found "Passive")"},
    {"policy: {welcome_by:}\n", "7:21: expected api or passive, found nothing"},
    {"policy: {welcome_by: [api]}\n", "7:22: expected api or passive, found a list"},
    {"  map_link: map.example\n",
     R"(7:13: expected a link that begins with https:// and has {latitude} and {longitude} in it, found "map.example")"},
    {"  map_link: http://m/{latitude},{longitude}\n",
     R"(7:13: expected a link that begins with https:// and has {latitude} and {longitude} in it, )"
     R"(found "http://m/{latitude},{longitude}")"},
    {"  map_link: https://m/{latitude}\n",
     R"(7:13: expected a link that begins with https:// and has {latitude} and {longitude} in it, )"
     R"(found "https://m/{latitude}")"},
    {"  map_link: \"https://m/ {latitude},{longitude}\"\n",
     R"(7:13: expected a link that begins with https:// and has {latitude} and {longitude} in it, )"
     R"(found "https://m/ {latitude},{longitude}")"},
    {"  map_link: {latitude: 1}\n",
     "7:13: expected a link that begins with https:// and has {latitude} and {longitude} in it, found keys"},
    {"  can_send: text\n",
     R"(7:13: expected a list of text, image, voice, video, location, link, found "text")"},
    {"  can_send:\n", "7:12: expected a list of text, image, voice, video, location, link, found nothing"},
    {"  can_send: [text, fax]\n",
     R"(7:20: expected text, image, voice, video, location or link, found "fax")"},
    {"  can_send: [file]\n", R"(7:14: expected text, image, voice, video, location or link, found "file")"},
    {"  can_send: [text, [image]]\n",
     "7:20: expected text, image, voice, video, location or link, found a list"},
    {"  previous_encoding_aes_key: short\n", "7:30: expected an EncodingAESKey: 43 letters and digits"},
};

// A whole file, and the one complaint about it.
const std::vector<Bad> bad_accounts{
    {"wechat: {app_id: b, app_secret: c, token: def, callback_mode: plain}\n",
     R"(1:1: missing key "customer")"},
    {"customer: a\n", R"(1:1: missing key "wechat")"},
    {"customer: a\nwechat: {app_id: b, token: def, callback_mode: plain}\n",
     R"(2:9: missing key "app_secret")"},
    {"customer: a\nwechat: {app_id: b, app_secret: c, token: def}\n",
     R"(2:9: a callback_mode other than plain needs the key "encoding_aes_key")"},
    {"customer: a\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: compatible}\n",
     R"(2:63: a callback_mode other than plain needs the key "encoding_aes_key")"},
    {"customer: a\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: plain,\n"
     "  previous_encoding_aes_key: abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG}\n",
     "3:30: a previous_encoding_aes_key without an encoding_aes_key"},
    {"customer: Harbour Bank\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: plain}\n",
     R"(1:11: expected a name of small letters, digits and hyphens such as harbour-bank, found "Harbour Bank")"},
    {"customer: a/b\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: plain}\n",
     R"(1:11: expected a name of small letters, digits and hyphens such as harbour-bank, found "a/b")"},
    {"customer: -a\nwechat: {app_id: b, app_secret: c, token: def, callback_mode: plain}\n",
     R"(1:11: expected a name of small letters, digits and hyphens such as harbour-bank, found "-a")"},
    {"customer: a\nwechat: {app_id: b c, app_secret: c, token: def, callback_mode: plain}\n",
     R"(2:18: expected an app_id such as wx0123456789abcdef, found "b c")"},
    {"customer: a\nwechat: {app_id: b, app_secret: c d, token: def, callback_mode: plain}\n",
     "2:33: expected an app secret: 1 to 128 visible ASCII characters"},
    {"customer: a\nwechat: {app_id: b, app_secret: c, token: de, callback_mode: plain}\n",
     "2:43: expected a token: 3 to 32 letters and digits"},
    {"customer: a\nwechat: {app_id: b, app_secret: c, token: d-e-f, callback_mode: plain}\n",
     "2:43: expected a token: 3 to 32 letters and digits"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_is_wrong_with_a_value)

BOOST_DATA_TEST_CASE(an_addition_has_its_line_and_column, bad_additions)
{
    BOOST_TEST(
        with_account(sample.more) == Lines{std::string{sample.complaint}}, boost::test_tools::per_element()
    );
}

BOOST_DATA_TEST_CASE(an_account_has_its_line_and_column, bad_accounts)
{
    BOOST_TEST(
        complaints_of(sample.more) == Lines{std::string{sample.complaint}}, boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(each_item_of_a_list_has_a_complaint_of_its_own)
{
    BOOST_TEST(
        with_account("  can_send:\n    - fax\n    - text\n    - telex\n")
            == (Lines{
                R"(8:7: expected text, image, voice, video, location or link, found "fax")",
                R"(10:7: expected text, image, voice, video, location or link, found "telex")"}),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(ten_faults_are_ten_complaints_in_the_order_of_the_file)
{
    const auto reading = read_customer(
        R"(customer: Harbour
enabled: maybe
wechat:
  app_id: wx0123456789abcdef
  app_secret: {env: NO_SUCH_VARIABLE_IS_SET}
  tokn: abc
policy:
  employee_messages: 4
  remind_after: 24
  queue: {max_messages: -1}
locale: en
messages:
  en:
    contact:
      welcome: "Hello {costumer}"
)",
        "harbour-bank.yaml"
    );

    BOOST_TEST(!reading.customer.has_value());
    BOOST_TEST(
        lines_of(reading)
            == (Lines{
                "1:11: expected a name of small letters, digits and hyphens such as harbour-bank, found "
                "\"Harbour\"",
                "2:10: expected true or false, found \"maybe\"",
                "4:3: missing key \"token\"",
                "4:3: a callback_mode other than plain needs the key \"encoding_aes_key\"",
                "5:21: the environment variable NO_SUCH_VARIABLE_IS_SET is not set",
                "6:3: unknown key \"tokn\"; did you mean \"token\"?",
                "8:22: 4 employee messages, one announcement and one prompt need 6 slots; the platform "
                "grants 5",
                "9:17: expected a duration such as 90s, 15m, 48h or 7d, found \"24\"",
                "10:25: expected a whole number from 0 to 1000, found \"-1\"",
                "15:24: unknown variable \"costumer\"; did you mean \"customer\"?",
            }),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(a_complaint_reads_as_compilers_write_it)
{
    const auto reading = read_customer(account_and("locle: en\n"), "customers/harbour-bank.yaml");

    BOOST_TEST_REQUIRE(reading.complaints.size() == 1U);
    BOOST_TEST(
        to_string(reading.complaints[0])
        == "customers/harbour-bank.yaml:7:1: error: unknown key \"locle\"; did you mean \"locale\"?"
    );
    BOOST_TEST(reading.complaints[0].code == "unknown_key");
}

BOOST_AUTO_TEST_SUITE_END()
