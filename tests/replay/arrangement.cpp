#include "replay/arrangement.hpp"
#include "sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay;
using namespace replay::sample;
using boost::test_tools::per_element;

namespace {

using Lines = std::vector<std::string>;

Lines story(const std::vector<Entry>& kept, const std::vector<Entry>& shown)
{
    const auto all = [](const std::vector<Entry>& entries) {
        std::vector<Happening> made;
        for (const auto& entry : entries)
            made.push_back(happened(entry));
        return made;
    };
    Lines lines;
    for (const auto& happening : arranged(all(kept), all(shown)))
        lines.push_back(as_written(happening));
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(what_the_phone_shows)

BOOST_AUTO_TEST_CASE(gets_its_key_from_the_echo)
{
    const auto lines = story(
        {text_to_employees("Hi"), auto_to_contact("welcome", "Welcome!"), auto_to_employees("welcome")},
        {text_to_contact("Welcome!")}
    );

    BOOST_TEST(lines == (Lines{"{employees: \"Hi\"}", "{contact_auto: welcome}", "{employees_auto: welcome}"}),
               per_element());
}

BOOST_AUTO_TEST_CASE(of_an_employee_stands_before_its_state)
{
    const auto lines = story(
        {state("m1", "sent"), state("m2", "sent")}, {text_to_contact("One"), text_to_contact("Two")}
    );

    BOOST_TEST(lines == (Lines{"{contact: \"One\"}", "{state: {m1: sent}}", "{contact: \"Two\"}", "{state: {m2: sent}}"}),
               per_element());
}

BOOST_AUTO_TEST_CASE(keeps_the_phone_s_order_whatever_the_host_learned_first)
{
    const auto lines = story(
        {state("m1", "sent"), auto_to_contact("on_hold", "Please reply")},
        {text_to_contact("Please reply"), text_to_contact("One")}
    );

    BOOST_TEST(lines == (Lines{"{contact_auto: on_hold}", "{contact: \"One\"}", "{state: {m1: sent}}"}), per_element());
}

BOOST_AUTO_TEST_CASE(twice_in_the_same_words_gets_a_key_twice)
{
    const auto changed = auto_to_contact("participants_changed", "Somebody joined");
    const auto words = text_to_contact("Somebody joined");

    BOOST_TEST(story({changed, changed}, {words, words})
                   == (Lines{"{contact_auto: participants_changed}", "{contact_auto: participants_changed}"}),
               per_element());
}

BOOST_AUTO_TEST_CASE(is_told_though_the_host_never_learns_of_it)
{
    BOOST_TEST(story({}, {text_to_contact("One")}) == Lines{"{contact: \"One\"}"}, per_element());
}

BOOST_AUTO_TEST_CASE(may_have_been_two_messages)
{
    const auto lines = story({state("m1", "sent"), state("m2", "sent")}, {text_to_contact("One\nTwo")});

    BOOST_TEST(lines == (Lines{"{contact: \"One\\nTwo\"}", "{state: {m1: sent}}", "{state: {m2: sent}}"}), per_element());
}

BOOST_AUTO_TEST_CASE(and_what_it_does_not_show_are_told_apart)
{
    const auto lines = story({auto_to_contact("welcome", "Welcome!")}, {});

    BOOST_TEST(lines == Lines{"{contact: {echo of welcome that the phone does not show: Welcome!}}"}, per_element());
}

BOOST_AUTO_TEST_CASE(says_nothing_of_a_text_that_is_switched_off)
{
    auto silent = happened(auto_to_contact("welcome"));
    silent.silent = true;

    const auto all = arranged({silent}, {});

    BOOST_TEST(all.size() == 1U);
    BOOST_TEST(all.front().silent);
}

BOOST_AUTO_TEST_SUITE_END()
