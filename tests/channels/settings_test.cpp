#include "sms/settings.hpp"
#include "voicemail/settings.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using boost::test_tools::per_element;
using Codes = std::vector<std::string>;

channel::Settings given(const std::string& json)
{
    return {.json = json, .base_dir = "/base"};
}

Codes codes(const std::vector<channel::Finding>& findings)
{
    Codes all;
    for (const auto& finding : findings)
        all.push_back(finding.code);
    std::ranges::sort(all);
    return all;
}

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(of_sms_are_read)
{
    const auto [settings, findings] = sms::read_settings(given(
        R"({"gateway":"http://127.0.0.1:9400","listen":"127.0.0.1:0","numbers":["+4930555010"],"store":"x.txt","token":"t"})"
    ));
    BOOST_TEST(findings.empty());
    BOOST_TEST(settings.gateway.port == 9400);
    BOOST_TEST(settings.store == "/base/x.txt");
    BOOST_TEST(settings.token == "t");
}

BOOST_AUTO_TEST_CASE(of_sms_have_all_faults_named_at_once)
{
    const auto [settings, findings] = sms::read_settings(given(
        R"({"gateway":"ftp://x","listen":"127.0.0.1:99999","numbers":["030"],"token":{"env":"SMS_TEST_NOT_SET"},"more":1})"
    ));
    BOOST_TEST(
        codes(findings)
            == (Codes{"missing_secret", "unknown_key", "wrong_gateway", "wrong_listen", "wrong_number"}),
        per_element()
    );
    for (const auto* json : {"", "[]", "{", "null"})
        BOOST_TEST(!sms::read_settings(given(json)).findings.empty(), json);
}

BOOST_AUTO_TEST_CASE(of_voicemail_have_all_faults_named_at_once)
{
    const auto [settings, findings] =
        voicemail::read_settings(given(R"({"mailboxes":["../up"],"places":0,"greeting":5})"));
    BOOST_TEST(
        codes(findings) == (Codes{"missing_text", "missing_text", "wrong_mailbox", "wrong_number"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
