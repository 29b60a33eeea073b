#include "texts/nearest.hpp"

using namespace wechat::texts;

BOOST_AUTO_TEST_SUITE(did_you_mean_it)

BOOST_AUTO_TEST_CASE(a_slip_finds_the_word_that_was_meant)
{
    constexpr std::array<std::string_view, 4> known{"employee", "queued", "sent", "employee_messages"};

    BOOST_TEST(did_you_mean("employe", known) == "; did you mean \"employee\"?");
    BOOST_TEST(did_you_mean("qeued", known) == "; did you mean \"queued\"?");
    BOOST_TEST(did_you_mean("qeuued", known) == "; did you mean \"queued\"?");
    BOOST_TEST(did_you_mean("sen", known) == "; did you mean \"sent\"?");
    BOOST_TEST(did_you_mean("send", known) == "; did you mean \"sent\"?");
    BOOST_TEST(did_you_mean("employee_message", known) == "; did you mean \"employee_messages\"?");
}

BOOST_AUTO_TEST_CASE(a_word_far_from_all_finds_none)
{
    constexpr std::array<std::string_view, 2> known{"sent", "queued"};

    BOOST_TEST(did_you_mean("sand!", known).empty());
    BOOST_TEST(did_you_mean("", known).empty());
    BOOST_TEST(did_you_mean(std::string(10000, 'q'), known).empty());
    BOOST_TEST(did_you_mean("x", {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
