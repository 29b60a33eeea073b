#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;

BOOST_AUTO_TEST_SUITE(the_first_participants)

BOOST_FIXTURE_TEST_CASE(are_no_change, Opened, *label("P1"))
{
    BOOST_TEST(conversation.participants_settled);
    BOOST_TEST((conversation.told_participants == employees({"ana"})));
}

BOOST_FIXTURE_TEST_CASE(
    are_those_who_first_write_where_the_host_had_set_them_before, OneConversation, *label("P1")
)
{
    participants_are({"ana"});
    contact_writes("Hello");
    employee_sends("m1", "Good morning");
    contact_writes("And?");
    (void)happened();
    participants_are({"ana", "ben"});

    BOOST_TEST(happened() == (Happened{"contact_auto: participants_changed"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(are_not_nobody, OneConversation, *label("P1"))
{
    contact_writes("Hello");
    contact_writes("Anybody?");
    participants_are({});
    (void)happened();
    participants_are({"ana"});

    BOOST_TEST(happened().empty());
}

BOOST_FIXTURE_TEST_CASE(of_the_next_conversation_are_no_change_either, Opened, *label("P1") * label("O3"))
{
    contact_writes("#LEAVE");
    contact_writes("Hello again");
    contact_writes("Anybody?");
    (void)happened();
    participants_are({"ben"});

    BOOST_TEST(happened().empty());
    BOOST_TEST((conversation.told_participants == employees({"ben"})));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_change_of_participants)

struct LaterWindow : Opened {
    LaterWindow()
    {
        contact_writes("And another thing");
        (void)happened();
    }
};

BOOST_FIXTURE_TEST_CASE(is_told_at_once_in_a_window_without_an_announcement, LaterWindow, *label("P1"))
{
    participants_are({"ana", "ben"});

    BOOST_TEST(happened() == (Happened{"contact_auto: participants_changed"}), per_element());
    BOOST_TEST((conversation.told_participants == employees({"ana", "ben"})));
}

BOOST_FIXTURE_TEST_CASE(waits_where_the_welcome_was_the_announcement, Opened, *label("P1") * label("B2"))
{
    participants_are({"ana", "ben"});
    BOOST_TEST(happened().empty());
    contact_writes("And?");

    BOOST_TEST(
        happened() == (Happened{"employees: And?", "contact_auto: participants_changed"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(waits_while_the_share_is_used_up, LaterWindow, *label("P1"))
{
    for (const auto* id : {"m1", "m2", "m3"})
        employee_sends(id, id);
    (void)happened();
    participants_are({"ana", "ben"});

    BOOST_TEST(happened().empty());
}

BOOST_FIXTURE_TEST_CASE(waits_after_the_window, Inactive, *label("P1"))
{
    participants_are({"ana", "ben"});

    BOOST_TEST(happened().empty());
}

BOOST_FIXTURE_TEST_CASE(that_cancels_out_is_not_told, Opened, *label("P2"))
{
    participants_are({"ana", "cem"});
    participants_are({"ana"});
    wait(24h);
    contact_writes("And?");

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due", "employees: And?"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(that_cancels_out_before_its_text_has_started_is_not_told, LaterWindow, *label("P2"))
{
    held = true;
    participants_are({"ana", "ben"});
    participants_are({"ana"});
    release();
    BOOST_TEST(happened().empty());
    BOOST_TEST(conversation.slots_used == 0);
    participants_are({"ana", "cem"});

    BOOST_TEST(happened() == (Happened{"contact_auto: participants_changed"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    that_follows_another_is_told_by_the_same_text_while_that_has_not_started, LaterWindow, *label("P1")
)
{
    held = true;
    participants_are({"ana", "ben"});
    participants_are({"ana", "ben", "cem"});
    release();
    wait(24h);

    BOOST_TEST(
        happened() == (Happened{"contact_auto: participants_changed", "employees_auto: reply_due"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    that_comes_while_the_text_is_in_the_air_is_told_by_the_next, LaterWindow, *label("P1") * label("R4")
)
{
    held = true;
    participants_are({"ana", "ben"});
    start();
    participants_are({"ana"});
    release();
    wait(24h);

    BOOST_TEST(
        happened()
            == (Happened{
                "contact_auto: participants_changed",
                "employees_auto: reply_due",
                "contact_auto: reply_reminder"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    is_not_told_twice_while_its_text_is_in_the_air, LaterWindow, *label("P1") * label("R4")
)
{
    held = true;
    participants_are({"ana", "ben"});
    start();
    wait(24h);
    release();

    BOOST_TEST(
        happened() == (Happened{"employees_auto: reply_due", "contact_auto: participants_changed"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(stays_pending_when_its_text_fails, LaterWindow, *label("P1") * label("A6"))
{
    platform_answers(Outcome::failed, 87014);
    participants_are({"ana", "ben"});
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
    wait(24h);

    BOOST_TEST(
        happened() == (Happened{"employees_auto: reply_due", "contact_auto: reply_reminder"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    counts_as_told_where_its_text_is_switched_off, LaterWindow, *label("P1") * label("B2")
)
{
    switch_off(ContactText::participants_changed);
    participants_are({"ana", "ben"});
    BOOST_TEST(happened() == (Happened{"contact_auto: participants_changed, switched off"}), per_element());
    BOOST_TEST(!conversation.announced);
    wait(24h);

    BOOST_TEST(happened() == (Happened{"employees_auto: reply_due"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(discards_what_the_removed_had_waiting, Inactive, *label("P3"))
{
    participants_are({"ana", "ben"});
    employee_sends("m1", "One");
    employee_sends("m2", "Two", "ben");
    employee_sends("m3", "Three");
    (void)happened();
    participants_are({"ben"});

    BOOST_TEST(happened() == (Happened{"m1: discarded", "m3: discarded"}), per_element());
    BOOST_TEST(conversation.queue.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(discards_what_returns_to_the_queue_after_it, Opened, *label("P3") * label("A2"))
{
    participants_are({"ana", "ben"});
    held = true;
    employee_sends("m1", "One");
    start();
    participants_are({"ben"});
    (void)happened();
    end(Outcome::no_slot_left, 45047);

    BOOST_TEST(happened() == (Happened{"employees_auto: limit_reached", "m1: discarded"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
