#include "base/log.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;

namespace {

std::string shown(const Field& field)
{
    if (const auto* const number = std::get_if<std::int64_t>(&field.value))
        return std::to_string(*number);
    if (const auto* const flag = std::get_if<bool>(&field.value))
        return *flag ? "true" : "false";
    return std::get<std::string>(field.value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_field_of_a_log_line)

BOOST_AUTO_TEST_CASE(hides_what_its_type_says_is_private)
{
    BOOST_TEST(shown({"token", Secret{"very secret"}}) == "***");
    BOOST_TEST(shown({"contact", OpenId{"oABC"}}) == log_hash(OpenId{"oABC"}));
}

BOOST_AUTO_TEST_CASE(shows_everything_else)
{
    BOOST_TEST(shown({"customer", Customer{"harbour-bank"}}) == "harbour-bank");
    BOOST_TEST(shown({"text", "a"}) == "a");
    BOOST_TEST(shown({"text", std::string{"b"}}) == "b");
    BOOST_TEST(shown({"count", 42U}) == "42");
    BOOST_TEST(shown({"flag", true}) == "true");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_contacts_mark)

BOOST_AUTO_TEST_CASE(is_short_and_always_the_same)
{
    const auto mark = log_hash(OpenId{"oABC"});

    BOOST_TEST(mark.size() == 7U);
    BOOST_TEST(mark.front() == '#');
    BOOST_TEST(mark.find_first_not_of("0123456789abcdef", 1) == std::string::npos);
    BOOST_TEST(mark == log_hash(OpenId{"oABC"}));
    BOOST_TEST(mark != log_hash(OpenId{"oABD"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_log)

BOOST_AUTO_TEST_CASE(hands_its_lines_to_whoever_listens)
{
    std::string seen;
    const Log log{[&](Level, std::string_view code, std::string_view text, Log::Fields fields) {
        seen = std::string{code} + "|" + std::string{text} + "|" + std::to_string(fields.size());
    }};

    log(Level::info, "message_sent", "message sent", {{"id", 1}, {"secret", Secret{"s"}}});

    BOOST_TEST(seen == "message_sent|message sent|2");
}

BOOST_AUTO_TEST_CASE(may_have_no_listener)
{
    BOOST_CHECK_NO_THROW(Log{}(Level::error, "code", "text"));
}

BOOST_AUTO_TEST_SUITE_END()
