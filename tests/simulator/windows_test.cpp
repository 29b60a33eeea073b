#include "one_account.hpp"

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
using boost::unit_test::label;

BOOST_AUTO_TEST_SUITE(windows_and_slots)

BOOST_FIXTURE_TEST_CASE(a_message_opens_five_slots_for_48_hours, OneAccount, *label("W1"))
{
    contact_writes("Hello");

    BOOST_TEST(slots_left() == 5);
    pass(48h - 1ms);
    BOOST_TEST(send("just in time") == 0);
    pass(1ms);
    BOOST_TEST(send("too late") == 45015);
}

BOOST_FIXTURE_TEST_CASE(the_window_counts_from_the_second_the_message_was_created_in, OneAccount, *label("W1"))
{
    pass(999ms);
    contact_writes("Hello");

    pass(48h - 999ms);
    BOOST_TEST(send("48 hours after CreateTime") == 45015);
}

BOOST_FIXTURE_TEST_CASE(a_sixth_message_finds_no_slot, OneAccount, *label("W1") * label("W4"))
{
    contact_writes("Hello");
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(send("one of five") == 0);

    BOOST_TEST(send("the sixth") == 45047);
    BOOST_TEST(phone().size() == 6U);
}

BOOST_FIXTURE_TEST_CASE(a_further_message_opens_it_anew_and_slots_never_add_up, OneAccount, *label("W1"))
{
    contact_writes("Hello");
    send("one");
    pass(47h);
    contact_writes("Still there?");

    BOOST_TEST(slots_left() == 5);
    pass(47h);
    BOOST_TEST(send("in the second window") == 0);
}

BOOST_FIXTURE_TEST_CASE(follow_scan_and_menu_grant_three_slots_for_a_minute, OneAccount, *label("W2"))
{
    contact_follows("");
    BOOST_TEST(slots_left() == 3);
    pass(1min);
    BOOST_TEST(send("after the minute") == 45015);

    contact_scans("desk-12");
    BOOST_TEST(slots_left() == 3);
    pass(1min);
    contact_clicks("help");
    BOOST_TEST(slots_left() == 3);
    pass(1min);
    BOOST_TEST(slots_left() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_tap_on_a_menu_message_counts_as_menu, OneAccount, *label("W2"))
{
    Saying tap{.menu_id = "item-1"};
    tap.content.text = "Yes";
    contact_says(tap);

    BOOST_TEST(slots_left() == 3);
    pass(1min);
    BOOST_TEST(send("after the minute") == 45015);
}

BOOST_FIXTURE_TEST_CASE(a_send_takes_from_the_grant_that_ends_first, OneAccount)
{
    contact_writes("Hello");
    contact_clicks("help");
    BOOST_TEST(slots_left() == 8);
    send("from the menu's");
    send("from the menu's");

    pass(1min);
    BOOST_TEST(slots_left() == 5);
}

BOOST_AUTO_TEST_CASE(grants_can_merge_into_their_maximum)
{
    Rules rules{.clock = Clock::Kind::standing};
    rules.grants.model = GrantRules::Model::maximum;
    OneAccount one{rules};
    one.contact_writes("Hello");
    one.send("one");
    one.send("two");
    one.send("three");
    one.contact_clicks("help");

    BOOST_TEST(one.slots_left() == 3);
    one.pass(47h);
    BOOST_TEST(one.slots_left() == 3);
}

BOOST_FIXTURE_TEST_CASE(who_has_unfollowed_gets_nothing_until_he_comes_back, OneAccount, *label("W4"))
{
    contact_writes("Hello");
    contact_unfollows();
    BOOST_TEST(send("Please stay") == 43004);

    contact_follows("");
    BOOST_TEST(slots_left() == 3);
    BOOST_TEST(send("Welcome back") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_stranger_has_no_openid_here, OneAccount, *label("W4"))
{
    BOOST_TEST(send("Hello?", "nobody") == 40003);
}

BOOST_FIXTURE_TEST_CASE(a_refused_send_uses_no_slot, OneAccount)
{
    contact_writes("Hello");

    BOOST_TEST(send(std::string(2049, 'x')) == 45002);
    BOOST_TEST(send("") == 44004);
    BOOST_TEST(slots_left() == 5);
}

BOOST_AUTO_TEST_SUITE_END()
