#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;

BOOST_AUTO_TEST_SUITE(no_slot_is_left)

BOOST_FIXTURE_TEST_CASE(the_message_returns_and_the_limit_is_told, Opened, *label("A2") * label("W4"))
{
    platform_answers(Outcome::no_slot_left, 45047);
    employee_sends("m1", "One");

    BOOST_TEST(
        happened()
            == (Happened{"employees_auto: limit_reached", "m1: queued, on_hold", "employees_auto: queued"}),
        per_element()
    );
    BOOST_TEST(last_report().errcode == 45047);
    BOOST_TEST(last_report().words == "as the platform says");
    contact_writes("Hi");
    BOOST_TEST(
        happened() == (Happened{"employees: Hi", "employees_auto: resumed", "contact: One", "m1: sent"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(those_behind_it_return_in_their_order, Opened, *label("A2") * label("S7"))
{
    held = true;
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        employee_sends(id, id);
    start();
    (void)happened();
    end(Outcome::no_slot_left, 45047);

    BOOST_TEST(
        happened()
            == (Happened{
                "employees_auto: limit_reached",
                "m1: queued, on_hold",
                "m2: queued, on_hold",
                "m3: queued, on_hold"}),
        per_element()
    );
    BOOST_TEST(conversation.queue.size() == 4U);
    contact_writes("Hi");
    release();
    const auto lines = happened();
    BOOST_TEST_REQUIRE(lines.size() > 6U);
    BOOST_TEST(lines[2] == "contact: m1");
    BOOST_TEST(lines[4] == "contact: m2");
    BOOST_TEST(lines[6] == "contact: m3");
}

BOOST_FIXTURE_TEST_CASE(
    the_limit_is_not_told_twice_in_one_window, ThreeUnanswered, *label("A2") * label("S2") * label("R3")
)
{
    platform_answers(Outcome::no_slot_left, 45047);
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply"}), per_element());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(an_automatic_text_is_dropped_and_the_rest_holds, Opened, *label("A2") * label("A3"))
{
    contact_writes("And?");
    platform_answers(Outcome::no_slot_left, 45047);
    (void)happened();
    participants_are({"ana", "ben"});

    BOOST_TEST(happened() == (Happened{"employees_auto: limit_reached"}), per_element());
    BOOST_TEST(conversation.queue.empty());
    contact_writes("Hm");
    BOOST_TEST(
        happened() == (Happened{"employees: Hm", "contact_auto: participants_changed"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(a_refused_grant_says_nothing_of_the_window, Opened, *label("A2") * label("W2"))
{
    platform_answers(Outcome::window_closed, 45015);
    wait(1h);
    contact_follows("");
    employee_sends("m1", "Hi");

    BOOST_TEST(happened() == (Happened{"host: followed ", "contact: Hi", "m1: sent"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_window_is_closed)

BOOST_FIXTURE_TEST_CASE(
    the_message_returns_and_the_inactivity_is_told_once, Opened, *label("A3") * label("R6")
)
{
    platform_answers(Outcome::window_closed, 45015);
    employee_sends("m2", "Two");
    BOOST_TEST(
        happened()
            == (Happened{"employees_auto: inactive", "m2: queued, inactive", "employees_auto: queued"}),
        per_element()
    );
    employee_sends("m3", "Three");
    wait(48h);
    BOOST_TEST(happened() == (Happened{"m3: queued, inactive"}), per_element());
    contact_writes("Hm");

    BOOST_TEST(
        happened()
            == (Happened{
                "employees: Hm",
                "employees_auto: resumed",
                "contact: Two",
                "m2: sent",
                "contact: Three",
                "m3: sent"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(by_an_unfollow_nobody_has_seen_it_is_the_same, Opened, *label("A3"))
{
    platform_answers(Outcome::not_following, 43004);
    employee_sends("m1", "One");

    BOOST_TEST(
        happened()
            == (Happened{"employees_auto: inactive", "m1: queued, inactive", "employees_auto: queued"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(an_unfollow_seen_later_discards_what_returned, Opened, *label("A3") * label("U1"))
{
    platform_answers(Outcome::not_following, 43004);
    employee_sends("m1", "One");
    (void)happened();
    contact_unfollows();

    BOOST_TEST(
        happened() == (Happened{"m1: discarded", "employees_auto: contact_unfollowed"}), per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_message_is_at_fault)

BOOST_FIXTURE_TEST_CASE(it_fails_with_the_platforms_words_and_uses_nothing, Opened, *label("A6"))
{
    const auto before = conversation.slots_used;
    platform_answers(Outcome::failed, 45002);
    employee_sends("m1", "One");

    BOOST_TEST(happened() == (Happened{"m1: failed"}), per_element());
    BOOST_TEST(last_report().errcode == 45002);
    BOOST_TEST(last_report().words == "as the platform says");
    BOOST_TEST(last_report().rid == "rid-1");
    BOOST_TEST(conversation.slots_used == before);
    BOOST_TEST(conversation.employee_sent == 0);
}

BOOST_FIXTURE_TEST_CASE(what_waits_behind_it_may_go, Opened, *label("A6"))
{
    held = true;
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        employee_sends(id, id);
    (void)happened();
    platform_answers(Outcome::failed, 40003);
    release();

    BOOST_TEST(
        happened()
            == (Happened{
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

BOOST_FIXTURE_TEST_CASE(a_reply_was_not_sent_by_it, Opened, *label("A6") * label("R2"))
{
    platform_answers(Outcome::failed, 45002);
    employee_sends("m1", "One");
    (void)happened();
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_answer_is_lost)

BOOST_FIXTURE_TEST_CASE(the_message_is_uncertain_and_not_sent_again, Opened, *label("A7") * label("B5"))
{
    platform_answers(Outcome::uncertain);
    employee_sends("m3", "Three");

    BOOST_TEST(happened() == (Happened{"contact: Three", "m3: uncertain"}), per_element());
    wait(24h);
    BOOST_TEST(happened() == (Happened{"employees_auto: no_reply"}), per_element());
}

struct SentAgain : Opened {
    SentAgain()
    {
        rules.resend_uncertain = true;
        platform_answers(Outcome::uncertain);
    }
};

BOOST_FIXTURE_TEST_CASE(sent_once_more_it_can_be_sent, SentAgain, *label("A7"))
{
    employee_sends("m1", "One");

    BOOST_TEST(happened() == (Happened{"contact: One", "contact: One", "m1: sent"}), per_element());
    BOOST_TEST(conversation.slots_used == 3);
    BOOST_TEST(conversation.employee_sent == 1);
}

BOOST_FIXTURE_TEST_CASE(sent_once_more_it_can_fail, SentAgain, *label("A7") * label("A6"))
{
    platform_answers(Outcome::failed, 45002);
    employee_sends("m1", "One");

    BOOST_TEST(happened() == (Happened{"contact: One", "m1: failed"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(sent_once_more_and_refused_it_stays_uncertain, SentAgain, *label("A7") * label("A2"))
{
    platform_answers(Outcome::no_slot_left, 45047);
    employee_sends("m1", "One");

    BOOST_TEST(
        happened() == (Happened{"contact: One", "employees_auto: limit_reached", "m1: uncertain"}),
        per_element()
    );
    BOOST_TEST(conversation.queue.empty());
}

BOOST_FIXTURE_TEST_CASE(it_stays_before_those_behind_it, SentAgain, *label("A7") * label("S7"))
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "contact: One",
                "contact: One",
                "m1: sent",
                "contact: Two",
                "m2: sent",
                "employees_auto: limit_reached"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    a_second_try_that_comes_too_late_leaves_it_uncertain, SentAgain, *label("A7") * label("R6")
)
{
    held = true;
    employee_sends("m1", "One");
    start();
    end(Outcome::uncertain);
    now += 48h;
    (void)happened();
    start();

    BOOST_TEST(happened() == (Happened{"m1: uncertain"}), per_element());
    BOOST_TEST(conversation.queue.empty());
}

BOOST_FIXTURE_TEST_CASE(an_automatic_text_is_never_sent_again, OneConversation, *label("A7"))
{
    rules.resend_uncertain = true;
    platform_answers(Outcome::uncertain);
    contact_writes("Hello");

    BOOST_TEST(
        happened() == (Happened{"employees: Hello", "employees_auto: welcome", "contact_auto: welcome"}),
        per_element()
    );
    BOOST_TEST(conversation.slots_used == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_fault_that_passes)

BOOST_FIXTURE_TEST_CASE(
    holds_back_what_is_behind_and_is_seen_by_nobody, Opened, *label("A4") * label("A5") * label("S7")
)
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    start();
    put_off();
    BOOST_TEST(happened().empty());
    const auto first = attempt();
    start();
    BOOST_TEST(attempt() == first);
    release();

    BOOST_TEST(
        happened() == (Happened{"contact: One", "m1: sent", "contact: Two", "m2: sent"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    of_two_days_returns_the_messages_to_the_queue, Opened, *label("A5") * label("R6") * label("Q2")
)
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    start();
    put_off();
    wait(48h);
    (void)happened();
    start();

    BOOST_TEST(
        happened() == (Happened{"m1: queued, inactive", "employees_auto: queued", "m2: queued, inactive"}),
        per_element()
    );
    BOOST_TEST(nothing_in_the_air());
    contact_writes("Back");
    release();
    BOOST_TEST(happened().back() == "m2: sent");
}

BOOST_FIXTURE_TEST_CASE(
    of_two_days_drops_an_announcement_and_tells_later, Opened, *label("A5") * label("R6") * label("P1")
)
{
    contact_writes("And?");
    held = true;
    participants_are({"ana", "ben"});
    employee_sends("m1", "One");
    wait(48h);
    (void)happened();
    start();
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
    start();
    contact_writes("Back");
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "m1: queued, inactive",
                "employees_auto: queued",
                "employees: Back",
                "employees_auto: resumed",
                "contact_auto: participants_changed",
                "contact: ana: One",
                "m1: sent"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()
