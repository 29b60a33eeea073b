#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;
using texts::EmployeeText;

BOOST_AUTO_TEST_SUITE(a_day_of_silence)

BOOST_FIXTURE_TEST_CASE(the_employees_are_told_that_there_is_no_reply, Opened, *label("R1") * label("R2"))
{
    wait(1h);
    employee_sends("m1", "How can I help?");
    wait(23h - 1s);
    (void)happened();
    wait(1s);

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply"}), per_element());
    wait(1h);
    BOOST_TEST(happened().empty());
}

BOOST_FIXTURE_TEST_CASE(the_employees_are_told_that_the_contact_waits, Opened, *label("R2"))
{
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(an_answer_to_an_earlier_message_is_none_to_the_last, Opened, *label("R2"))
{
    employee_sends("m1", "How can I help?");
    contact_writes("With my loan");
    (void)happened();
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    the_kept_slot_asks_for_a_reply_where_the_share_is_used_up, ThreeUnanswered, *label("R3") * label("B3")
)
{
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply", "contact_auto: on_hold"}), per_element());
    BOOST_TEST(conversation.slots_used == 5);
}

BOOST_FIXTURE_TEST_CASE(a_change_in_the_pause_is_told_with_the_prompt, Opened, *label("R4") * label("P1"))
{
    employee_sends("m1", "One");
    participants_are({"ana", "ben"});
    (void)happened();
    wait(24h);

    BOOST_TEST(
        happened() == (Happened{"employees_auto: no_reply", "contact_auto: reply_reminder"}), per_element()
    );
    contact_writes("Fine");
    BOOST_TEST(happened() == (Happened{"employees: Fine"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    both_make_one_text_because_one_slot_is_kept, ThreeUnanswered, *label("R5") * label("B3")
)
{
    participants_are({"ana", "ben"});
    wait(24h);

    BOOST_TEST(
        happened() == (Happened{"employees_auto: no_reply", "contact_auto: on_hold_participants_changed"}),
        per_element()
    );
    contact_writes("Back");
    BOOST_TEST(happened() == (Happened{"employees: Back"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    the_prompt_is_skipped_where_wechat_has_refused_a_slot, Opened, *label("R5") * label("A2")
)
{
    platform_answers(Outcome::no_slot_left, 45047);
    employee_sends("m1", "One");
    (void)happened();
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
    BOOST_TEST(remarks() == (Happened{"prompt_skipped"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_prompt_that_is_switched_off_is_still_learnt_by_the_host, ThreeUnanswered, *label("R3")
)
{
    switch_off(ContactText::on_hold);
    wait(24h);

    BOOST_TEST(
        happened() == (Happened{"employees_auto: no_reply", "contact_auto: on_hold, switched off"}),
        per_element()
    );
    BOOST_TEST(conversation.slots_used == 4);
}

BOOST_FIXTURE_TEST_CASE(a_notice_that_is_switched_off_goes_without_words, Opened, *label("R2"))
{
    switch_off(EmployeeText::reply_due);
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due, no text"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(a_message_of_the_contact_cancels_all_of_it, ThreeUnanswered, *label("R7"))
{
    wait(23h);
    contact_writes("Sorry");
    (void)happened();
    wait(24h - 1s);

    BOOST_TEST(happened().empty());
    wait(1s);
    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(a_prompt_still_on_its_way_is_overtaken_by_the_reply, ThreeUnanswered, *label("R7"))
{
    held = true;
    wait(24h);
    contact_writes("Sorry");
    release();

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply", "employees: Sorry"}), per_element());
    BOOST_TEST(conversation.slots_used == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(two_days_of_silence)

BOOST_FIXTURE_TEST_CASE(make_the_conversation_inactive_once, Opened, *label("R6"))
{
    wait(47h);
    (void)happened();
    wait(1h);

    BOOST_TEST(happened() == (Happened{"employees_auto: inactive"}), per_element());
    wait(480h);
    BOOST_TEST(happened().empty());
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(no_timer_runs_before_the_first_message, OneConversation, *label("R1"))
{
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
    contact_follows("");
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(a_reminder_after_the_window_never_comes, Opened, *label("R8"))
{
    rules.remind_after = 48h;
    BOOST_TEST((wake_at(rules, conversation) == now + 48h));
    wait(48h);

    BOOST_TEST(happened() == (Happened{"employees_auto: inactive"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(down_while_something_fell_due)

BOOST_FIXTURE_TEST_CASE(the_prompt_is_made_up_for_within_the_window, ThreeUnanswered, *label("R8"))
{
    wait(20h);
    be_down(10h);

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply", "contact_auto: on_hold"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(only_the_inactivity_is_told_after_it, ThreeUnanswered, *label("R8"))
{
    be_down(60h);

    BOOST_TEST(happened() == (Happened{"employees_auto: inactive"}), per_element());
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(
    what_expired_is_told_after_what_fell_due_before, ThreeUnanswered, *label("R8") * label("Q5")
)
{
    employee_sends("m4", "Four");
    (void)happened();
    be_down(200h);

    BOOST_TEST(
        happened() == (Happened{"employees_auto: inactive", "m4: expired", "employees_auto: queue_expired"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(a_window_that_wechat_closed_needs_no_reminder, Opened, *label("R8") * label("A3"))
{
    platform_answers(Outcome::window_closed, 45015);
    employee_sends("m1", "One");
    (void)happened();
    wait(48h);

    BOOST_TEST(happened().empty());
}

BOOST_AUTO_TEST_SUITE_END()
