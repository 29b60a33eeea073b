#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::EmployeeText;

BOOST_AUTO_TEST_SUITE(the_queues_bounds)

BOOST_FIXTURE_TEST_CASE(one_more_than_may_wait_is_refused, Inactive, *label("Q1"))
{
    rules.queue.max_messages = 2;
    for (const auto* id : {"m1", "m2", "m3"})
        employee_sends(id, id);

    BOOST_TEST(
        happened()
            == (Happened{
                "m1: queued, inactive",
                "employees_auto: queued",
                "m2: queued, inactive",
                "m3: refused, queue_full"}),
        per_element()
    );
    BOOST_TEST(last_report().words == "2 messages wait already, the limit is 2");
}

BOOST_FIXTURE_TEST_CASE(
    without_a_queue_a_message_is_refused_with_the_reason_it_would_wait_for, ThreeUnanswered, *label("Q1")
)
{
    rules.queue.max_messages = 0;
    employee_sends("m4", "Four");
    wait(49h);
    employee_sends("m5", "Five");

    BOOST_TEST(
        happened()
            == (Happened{
                "m4: refused, on_hold",
                "employees_auto: no_reply",
                "contact_auto: on_hold",
                "employees_auto: inactive",
                "m5: refused, inactive"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    without_a_queue_an_accepted_message_still_finds_room, Opened, *label("Q1") * label("A2")
)
{
    rules.queue.max_messages = 0;
    platform_answers(Outcome::no_slot_left, 45047);
    employee_sends("m1", "One");
    BOOST_TEST(conversation.queue.size() == 1U);
    (void)happened();
    contact_writes("Back");

    BOOST_TEST(
        happened() == (Happened{"employees: Back", "employees_auto: resumed", "contact: One", "m1: sent"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    a_waiting_message_can_be_cancelled_and_makes_room, Inactive, *label("Q6") * label("Q1")
)
{
    rules.queue.max_messages = 2;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    (void)happened();
    employee_cancels("m1");
    employee_sends("m3", "Three");

    BOOST_TEST(happened() == (Happened{"m1: cancelled", "m3: queued, inactive"}), per_element());
    BOOST_TEST(last_report().position == 2U);
}

BOOST_FIXTURE_TEST_CASE(what_was_sent_cannot_be_cancelled, Opened, *label("Q6"))
{
    employee_sends("m1", "One");
    (void)happened();
    employee_cancels("m1");

    BOOST_TEST(happened().empty());
    BOOST_TEST(remarks() == (Happened{"nothing_to_cancel"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(what_has_not_started_can_be_cancelled, Opened, *label("Q6"))
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    employee_cancels("m1");
    start();
    employee_cancels("m2");
    end(Outcome::sent);

    BOOST_TEST(happened() == (Happened{"m1: cancelled", "contact: Two", "m2: sent"}), per_element());
    BOOST_TEST(conversation.slots_used == 2);
}

BOOST_FIXTURE_TEST_CASE(messages_expire_each_at_their_age, Inactive, *label("Q5"))
{
    rules.queue.max_age = 72h;
    employee_sends("m2", "Two");
    wait(2h);
    employee_sends("m4", "Four");
    wait(70h - 1s);
    (void)happened();
    wait(1s);

    BOOST_TEST(happened() == (Happened{"m2: expired", "employees_auto: queue_expired"}), per_element());
    wait(2h);
    BOOST_TEST(happened() == (Happened{"m4: expired", "employees_auto: queue_expired"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(those_that_expire_together_are_told_once, Inactive, *label("Q5"))
{
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    (void)happened();
    wait(168h);

    BOOST_TEST(
        happened() == (Happened{"m1: expired", "m2: expired", "employees_auto: queue_expired"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    what_is_too_old_is_not_sent_although_no_tick_came_between, Inactive, *label("Q5") * label("Q3")
)
{
    employee_sends("m1", "One");
    (void)happened();
    now += 168h;
    contact_writes("Back");

    BOOST_TEST(
        happened() == (Happened{"employees: Back", "m1: expired", "employees_auto: queue_expired"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_contact_writes_again)

struct FourWait : Inactive {
    FourWait()
    {
        for (const auto* id : {"m1", "m2", "m3", "m4"})
            employee_sends(id, id);
        (void)happened();
    }
};

BOOST_FIXTURE_TEST_CASE(three_go_out_in_order_and_the_fourth_stays, FourWait, *label("Q3") * label("S2"))
{
    contact_writes("I am back");

    BOOST_TEST(
        happened()
            == (Happened{
                "employees: I am back",
                "employees_auto: resumed",
                "contact: m1",
                "m1: sent",
                "contact: m2",
                "m2: sent",
                "contact: m3",
                "m3: sent",
                "employees_auto: limit_reached"}),
        per_element()
    );
    contact_writes("Yes?");
    BOOST_TEST(
        happened() == (Happened{"employees: Yes?", "employees_auto: resumed", "contact: m4", "m4: sent"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(the_employees_read_how_many_go_and_how_many_stay, FourWait, *label("Q3"))
{
    set(EmployeeText::resumed, "{queued} waited, {sent} go, {waiting} stay");
    held = true;
    contact_writes("I am back");

    BOOST_TEST(last_notice().text.value_or("") == "4 waited, 3 go, 1 stay");
    BOOST_TEST(last_notice().data.at("sent") == "3");
}

BOOST_FIXTURE_TEST_CASE(
    a_change_of_participants_is_told_before_what_waited, FourWait, *label("Q3") * label("P1") * label("B2")
)
{
    participants_are({"ana", "ben"});
    contact_writes("I am back");

    const auto lines = happened();
    BOOST_TEST_REQUIRE(lines.size() > 4U);
    BOOST_TEST(lines[1] == "employees_auto: resumed");
    BOOST_TEST(lines[2] == "contact_auto: participants_changed");
    BOOST_TEST(lines[3] == "contact: ana: m1");
}

BOOST_FIXTURE_TEST_CASE(one_that_fails_makes_room_for_the_fourth, FourWait, *label("A6") * label("Q3"))
{
    platform_answers(Outcome::failed, 40003);
    contact_writes("I am back");

    BOOST_TEST(
        happened()
            == (Happened{
                "employees: I am back",
                "employees_auto: resumed",
                "m1: failed",
                "contact: m2",
                "m2: sent",
                "contact: m3",
                "m3: sent",
                "contact: m4",
                "m4: sent",
                "employees_auto: limit_reached"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(the_next_hold_is_told_anew, FourWait, *label("Q2"))
{
    contact_writes("I am back");
    (void)happened();
    employee_sends("m5", "m5");

    BOOST_TEST(happened() == (Happened{"m5: queued, on_hold", "employees_auto: queued"}), per_element());
    BOOST_TEST(last_report().position == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(merging)

struct Merging : Opened {
    Merging()
    {
        participants_are({"ana", "ben"});
        wait(49h);
        rules.queue.merge = true;
        (void)happened();
    }

    std::vector<std::string> on_the_phone()
    {
        auto lines = happened();
        std::erase_if(lines, [](const auto& line) { return !line.starts_with("contact: "); });
        return lines;
    }
};

BOOST_FIXTURE_TEST_CASE(neighbouring_texts_of_one_employee_share_a_slot, Merging, *label("Q4") * label("S6"))
{
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    employee_sends("m3", "Three", "ben");
    employee_sends("m4", "Four");
    (void)happened();
    contact_writes("Back");

    BOOST_TEST(
        happened()
            == (Happened{
                "employees: Back",
                "employees_auto: resumed",
                "contact: ana: One\nTwo",
                "m1: sent",
                "m2: sent",
                "contact: ben: Three",
                "m3: sent",
                "contact: ana: Four",
                "m4: sent",
                "employees_auto: limit_reached"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(a_picture_between_them_keeps_them_apart, Merging, *label("Q4"))
{
    employee_sends("m1", "One");
    employee_sends_image("m2");
    employee_sends("m3", "Three");
    contact_writes("Back");

    BOOST_TEST(
        on_the_phone() == (Happened{"contact: ana: One", "contact: (image)", "contact: ana: Three"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    they_merge_up_to_2048_bytes_with_name_and_line_break, Merging, *label("Q4") * label("S5")
)
{
    const std::string half(1021, 'x');
    employee_sends("m1", half);
    employee_sends("m2", half);  // "ana: " 5 + 1021 + 1 + 1021 = 2048
    contact_writes("Back");

    BOOST_TEST(on_the_phone() == (Happened{"contact: ana: " + half + "\n" + half}), per_element());
}

BOOST_FIXTURE_TEST_CASE(one_byte_more_makes_two_messages, Merging, *label("Q4") * label("S5"))
{
    const std::string half(1021, 'x');
    employee_sends("m1", half);
    employee_sends("m2", half + "x");
    contact_writes("Back");

    BOOST_TEST(on_the_phone().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(each_keeps_its_own_state_when_they_are_refused, Merging, *label("Q4") * label("A2"))
{
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    (void)happened();
    platform_answers(Outcome::no_slot_left, 45047);
    contact_writes("Back");

    BOOST_TEST(
        happened()
            == (Happened{
                "employees: Back",
                "employees_auto: resumed",
                "employees_auto: limit_reached",
                "m1: queued, on_hold",
                "employees_auto: queued",
                "m2: queued, on_hold"}),
        per_element()
    );
    BOOST_TEST(last_report().position == 2U);
}

BOOST_FIXTURE_TEST_CASE(
    one_of_two_merged_can_be_cancelled_before_they_start, Merging, *label("Q4") * label("Q6")
)
{
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    participants_are({"ana"});
    held = true;
    contact_writes("Back");
    employee_cancels("m1");
    release();

    BOOST_TEST(on_the_phone() == (Happened{"contact: Two"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
