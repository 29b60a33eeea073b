#include "policy/budget.hpp"
#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;

BOOST_AUTO_TEST_SUITE(the_budget_of_a_window)

BOOST_FIXTURE_TEST_CASE(
    is_three_and_one_announcement_and_one_prompt, ThreeUnanswered, *label("B1") * label("B2") * label("B3")
)
{
    BOOST_TEST(conversation.slots_used == 4);
    BOOST_TEST(free_slots(rules, conversation) == 0);
    wait(24h);
    BOOST_TEST(conversation.slots_used == rules.platform.messages);
}

BOOST_FIXTURE_TEST_CASE(allows_one_announcement, Opened, *label("B2"))
{
    contact_writes("And?");
    participants_are({"ana", "ben"});
    participants_are({"ana", "ben", "cem"});

    BOOST_TEST(
        happened() == (Happened{"employees: And?", "contact_auto: participants_changed"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    keeps_the_prompts_slot_from_a_message_that_is_sent_again, Opened, *label("B3") * label("A7")
)
{
    rules.resend_uncertain = true;
    for (int i = 0; i < 4; ++i)
        platform_answers(Outcome::uncertain);
    employee_sends("m1", "One");
    employee_sends("m2", "Two");

    // Welcome, One twice and Two make four: the fifth is the prompt's.
    BOOST_TEST(conversation.slots_used == 4);
    BOOST_TEST(
        happened()
            == (Happened{
                "contact: One",
                "contact: One",
                "m1: uncertain",
                "contact: Two",
                "m2: uncertain",
                "employees_auto: limit_reached"}),
        per_element()
    );
    wait(24h);
    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply", "contact_auto: on_hold"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(counts_what_may_have_arrived, Opened, *label("B5") * label("A7"))
{
    platform_answers(Outcome::uncertain);
    employee_sends("m1", "One");

    BOOST_TEST(conversation.slots_used == 2);
    BOOST_TEST(share_left(rules, conversation) == 2);
}

BOOST_FIXTURE_TEST_CASE(is_wechats_where_that_is_smaller_than_the_share, Opened, *label("B1") * label("W1"))
{
    rules.employee_messages = 5;
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        employee_sends(id, id);

    BOOST_TEST(happened().back() == "employees_auto: queued");
    BOOST_TEST(conversation.slots_used == 4);
}

BOOST_FIXTURE_TEST_CASE(keeps_no_slot_where_no_prompt_is_ever_sent, Opened, *label("B4"))
{
    switch_off(ContactText::on_hold);
    switch_off(ContactText::reply_reminder);
    BOOST_TEST(kept_slots(rules) == 1);
    switch_off(ContactText::on_hold_participants_changed);
    BOOST_TEST(kept_slots(rules) == 0);
    rules.employee_messages = 4;
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        employee_sends(id, id);

    BOOST_TEST(happened().back() == "employees_auto: limit_reached");
    BOOST_TEST(conversation.slots_used == 5);
}

BOOST_FIXTURE_TEST_CASE(
    stays_the_prompts_though_the_prompt_failed, ThreeUnanswered, *label("B3") * label("A6")
)
{
    rules.employee_messages = 4;
    participants_are({"ana", "ben"});
    employee_sends("m4", "Four");  // waits: of five slots four are used, and one is kept
    (void)happened();
    platform_answers(Outcome::failed, 40003);
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply"}), per_element());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
    BOOST_TEST(conversation.queue.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(gives_the_texts_its_numbers, OneConversation, *label("B1"))
{
    rules.leave_keywords = {"#BYE", "#LEAVE"};
    const auto values = values_of(rules);

    BOOST_TEST(values.customer == "harbour-bank");
    BOOST_TEST(values.employee_messages == 3);
    BOOST_TEST(values.system_budget == 4);
    BOOST_TEST(values.remind_hours == 24);
    BOOST_TEST(values.window_hours == 48);
    BOOST_TEST(values.hours_left == 24);
    BOOST_TEST(values.queue_max == 10);
    BOOST_TEST(values.leave_keyword == "#BYE");
}

BOOST_AUTO_TEST_SUITE_END()
