#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;

BOOST_AUTO_TEST_SUITE(in_an_open_window)

BOOST_FIXTURE_TEST_CASE(a_message_goes_out, Opened, *label("S1") * label("A1") * label("W5"))
{
    employee_sends("m1", "Good morning");

    BOOST_TEST(happened() == (Happened{"contact: Good morning", "m1: sent"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(it_is_accepted_before_it_has_gone, Opened, *label("S1"))
{
    held = true;
    employee_sends("m1", "Good morning");

    BOOST_TEST((last_report().state == State::accepted));
}

BOOST_FIXTURE_TEST_CASE(somebody_who_does_not_take_part_is_refused, Opened, *label("O4"))
{
    employee_sends("m1", "I am not in this chat", "zoe");

    BOOST_TEST(happened() == (Happened{"m1: refused, not_a_participant"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(the_host_itself_needs_not_take_part, Opened, *label("O4") * label("S6"))
{
    participants_are({"ana", "ben"});
    (void)happened();
    employee_sends("m1", "Your ticket is 7", "");

    BOOST_TEST(happened() == (Happened{"contact: Your ticket is 7", "m1: sent"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(the_third_is_followed_by_the_limit_once, Opened, *label("S2") * label("B1"))
{
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    (void)happened();
    employee_sends("m3", "Three");

    BOOST_TEST(
        happened() == (Happened{"contact: Three", "m3: sent", "employees_auto: limit_reached"}), per_element()
    );
    employee_sends("m4", "Four");
    wait(1h);
    BOOST_TEST(happened() == (Happened{"m4: queued, on_hold", "employees_auto: queued"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    messages_of_all_kinds_and_employees_leave_in_the_order_of_acceptance, Opened, *label("S7") * label("W3")
)
{
    contact_writes("And?");
    participants_are({"ana", "ben"});
    (void)happened();
    held = true;
    employee_sends_image("m1", "ana");
    employee_sends("m2", "What you see", "ben");
    employee_sends("m3", "Nice", "ana");
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "contact: (image)",
                "m1: sent",
                "contact: ben: What you see",
                "m2: sent",
                "contact: ana: Nice",
                "m3: sent",
                "employees_auto: limit_reached"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(three_messages_without_an_answer)

BOOST_FIXTURE_TEST_CASE(a_fourth_is_queued, ThreeUnanswered, *label("S3") * label("Q2"))
{
    employee_sends("m4", "Hello?");

    BOOST_TEST(happened() == (Happened{"m4: queued, on_hold", "employees_auto: queued"}), per_element());
    BOOST_TEST(last_report().position == 1U);
    BOOST_TEST((last_notice().data == std::map<std::string, std::string>{{"reason", "on_hold"}}));
}

BOOST_FIXTURE_TEST_CASE(
    a_fifth_is_queued_behind_it_without_another_notice, ThreeUnanswered, *label("S3") * label("Q2")
)
{
    employee_sends("m4", "Four");
    (void)happened();
    employee_sends("m5", "Five");

    BOOST_TEST(happened() == (Happened{"m5: queued, on_hold"}), per_element());
    BOOST_TEST(last_report().position == 2U);
}

BOOST_FIXTURE_TEST_CASE(
    a_fourth_is_queued_though_the_three_are_still_on_their_way, Opened, *label("S3") * label("B5")
)
{
    held = true;
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        employee_sends(id, id);

    BOOST_TEST(happened() == (Happened{"m4: queued, on_hold", "employees_auto: queued"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(after_the_window)

BOOST_FIXTURE_TEST_CASE(
    a_message_is_queued_as_inactive_although_the_share_is_used_up_too, ThreeUnanswered, *label("S4")
)
{
    wait(49h);
    (void)happened();
    employee_sends("m4", "Four");

    BOOST_TEST(happened() == (Happened{"m4: queued, inactive", "employees_auto: queued"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(sending_stops_a_minute_before_wechat_does, Opened, *label("R6") * label("S4"))
{
    wait(48h - 61s);
    employee_sends("m1", "One");
    wait(1s);
    (void)happened();
    employee_sends("m2", "Two");

    BOOST_TEST(happened() == (Happened{"m2: queued, inactive", "employees_auto: queued"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_cannot_be_sent)

BOOST_FIXTURE_TEST_CASE(a_text_of_2049_bytes_is_refused_with_both_numbers, Opened, *label("S5"))
{
    employee_sends("m1", std::string(2049, 'x'));

    BOOST_TEST(happened() == (Happened{"m1: refused, text_too_long"}), per_element());
    BOOST_TEST(last_report().words == "the limit is 2048 bytes of UTF-8, the text has 2049");
    BOOST_TEST(conversation.slots_used == 1);  // the welcome
}

BOOST_FIXTURE_TEST_CASE(a_text_of_2048_bytes_goes_out, Opened, *label("S5"))
{
    employee_sends("m1", std::string(2048, 'x'));

    BOOST_TEST(happened().back() == "m1: sent");
}

BOOST_FIXTURE_TEST_CASE(the_limit_counts_the_senders_name, Opened, *label("S5") * label("S6"))
{
    participants_are({"ana", "ben"});
    (void)happened();
    employee_sends("m1", std::string(2048 - 4, 'x'));  // "ana: " is five bytes

    BOOST_TEST(happened() == (Happened{"m1: refused, text_too_long"}), per_element());
    BOOST_TEST(last_report().words == "the limit is 2048 bytes of UTF-8, the text has 2049");
}

BOOST_FIXTURE_TEST_CASE(a_kind_that_the_account_cannot_send_is_refused, Opened, *label("S5"))
{
    rules.supported = {Kind::text};
    employee_sends_image("m1");

    BOOST_TEST(happened() == (Happened{"m1: refused, unsupported_content"}), per_element());
    BOOST_TEST(conversation.slots_used == 1);
}

BOOST_FIXTURE_TEST_CASE(a_text_without_words_is_refused, Opened, *label("S5"))
{
    employee_sends("m1", "");

    BOOST_TEST(happened() == (Happened{"m1: refused, empty_text"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(refusals_come_before_the_queue, ThreeUnanswered, *label("S5") * label("O4"))
{
    employee_sends("m4", std::string(2049, 'x'));
    employee_sends("m5", "Hi", "zoe");

    BOOST_TEST(
        happened() == (Happened{"m4: refused, text_too_long", "m5: refused, not_a_participant"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_senders_name)

BOOST_FIXTURE_TEST_CASE(stands_before_a_text_where_two_take_part, Opened, *label("S6"))
{
    employee_sends("m1", "Alone");
    participants_are({"ana", "ben"});
    (void)happened();
    employee_sends("m2", "Ben here", "ben");

    BOOST_TEST(happened() == (Happened{"contact: ben: Ben here", "m2: sent"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(never_stands_before_a_picture, Opened, *label("S6"))
{
    participants_are({"ana", "ben"});
    (void)happened();
    employee_sends_image("m1");

    BOOST_TEST(happened().front() == "contact: (image)");
}

BOOST_FIXTURE_TEST_CASE(is_left_out_where_the_customer_has_switched_it_off, Opened, *label("S6"))
{
    switch_off(ContactText::speaker);
    participants_are({"ana", "ben"});
    (void)happened();
    employee_sends("m1", "Hi");

    BOOST_TEST(happened().front() == "contact: Hi");
}

BOOST_FIXTURE_TEST_CASE(is_left_out_rather_than_that_an_accepted_message_fails, ThreeUnanswered, *label("S6"))
{
    const std::string longest(2048, 'x');
    employee_sends("m4", longest);
    participants_are({"ana", "ben"});
    (void)happened();
    contact_writes("Back");

    const auto lines = happened();
    BOOST_TEST(std::ranges::count(lines, "contact: " + longest) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
