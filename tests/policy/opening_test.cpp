#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;
using texts::EmployeeText;

BOOST_AUTO_TEST_SUITE(before_the_contact_has_written)

BOOST_FIXTURE_TEST_CASE(nobody_can_write_to_him, OneConversation, *label("O1"))
{
    employee_sends("m0", "Hello?");

    BOOST_TEST(happened() == (Happened{"m0: refused, contact_must_start"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(a_follow_asks_him_to_type_a_message, OneConversation, *label("O2"))
{
    contact_follows("desk-12");

    BOOST_TEST(
        happened() == (Happened{"host: followed desk-12", "contact_auto: follow_prompt"}), per_element()
    );
    BOOST_TEST(conversation.slots_used == 0);
    employee_sends("m0", "Hello?");
    BOOST_TEST(happened() == (Happened{"m0: refused, contact_must_start"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_follow_that_is_heard_of_after_its_minute_is_not_answered, OneConversation, *label("W2")
)
{
    contact_follows("", 60s);

    BOOST_TEST(happened() == (Happened{"host: followed "}), per_element());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_prompt_that_could_not_start_within_the_minute_is_dropped, OneConversation, *label("W2")
)
{
    held = true;
    contact_follows("");
    now += 59s;
    start();
    BOOST_TEST(has_started());
    put_off();
    now += 1s;
    start();

    BOOST_TEST(nothing_in_the_air());
    BOOST_TEST(conversation.outgoing.empty());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_prompt_that_is_switched_off_is_still_learnt_by_the_host, OneConversation, *label("O2")
)
{
    switch_off(ContactText::follow_prompt);
    contact_follows("");

    BOOST_TEST(
        happened() == (Happened{"host: followed ", "contact_auto: follow_prompt, switched off"}),
        per_element()
    );
    BOOST_TEST(nothing_in_the_air());
}

BOOST_FIXTURE_TEST_CASE(a_leave_keyword_does_nothing, OneConversation, *label("L2"))
{
    contact_writes("#LEAVE");

    BOOST_TEST(happened().empty());
    BOOST_TEST((conversation.phase == Phase::unknown));
    BOOST_TEST((conversation.last_message == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(
    a_scan_or_a_menu_click_is_passed_on_and_opens_nothing, OneConversation, *label("W2") * label("O4")
)
{
    apply(ContactDid{.name = "scanned", .data = {{"scene", "desk-7"}}});

    BOOST_TEST(happened() == (Happened{"host: scanned desk-7"}), per_element());
    BOOST_TEST((conversation == Conversation{}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_first_message)

BOOST_FIXTURE_TEST_CASE(is_offered_then_both_sides_are_welcomed, OneConversation, *label("O3"))
{
    contact_writes("你好");

    BOOST_TEST(
        happened() == (Happened{"employees: 你好", "employees_auto: welcome", "contact_auto: welcome"}),
        per_element()
    );
    BOOST_TEST((conversation.phase == Phase::open));
    BOOST_TEST(conversation.announced);
}

BOOST_FIXTURE_TEST_CASE(orders_the_three_effects_as_written, OneConversation, *label("O3"))
{
    const auto effects = step(rules, conversation, ContactWrote{.at = now, .text = "Hello"}, now).effects;

    BOOST_TEST_REQUIRE(effects.size() == 3U);
    BOOST_TEST(std::holds_alternative<OfferMessage>(effects[0]));
    BOOST_TEST((std::get<Send>(effects[1]).automatic == ContactText::welcome));
    BOOST_TEST((std::get<Tell>(effects[2]).key == EmployeeText::welcome));
}

BOOST_FIXTURE_TEST_CASE(is_received_even_while_nobody_takes_part, OneConversation, *label("O4"))
{
    contact_writes("Hello");
    contact_writes("Anybody?");

    BOOST_TEST(happened().back() == "employees: Anybody?");
}

BOOST_FIXTURE_TEST_CASE(
    opens_a_conversation_though_its_window_is_over_already, OneConversation, *label("O3") * label("R8")
)
{
    contact_writes_ago("Hello", 50h);

    BOOST_TEST(happened() == (Happened{"employees: Hello", "employees_auto: welcome"}), per_element());
    wait(0s);
    BOOST_TEST(happened() == (Happened{"employees_auto: inactive"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(from_a_clock_ahead_of_ours_counts_as_now, OneConversation, *label("W1"))
{
    contact_writes_ago("Hello", -5min);

    BOOST_TEST((conversation.last_message == now));
}

BOOST_FIXTURE_TEST_CASE(overtakes_the_prompt_that_asked_for_it, OneConversation, *label("O2") * label("R7"))
{
    held = true;
    contact_follows("");
    contact_writes("Hello");
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "host: followed ", "employees: Hello", "employees_auto: welcome", "contact_auto: welcome"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(in_an_open_conversation)

BOOST_FIXTURE_TEST_CASE(
    another_message_opens_the_window_anew_without_a_welcome, ThreeUnanswered, *label("W1") * label("O3")
)
{
    wait(1h);
    contact_writes("Go on");

    BOOST_TEST(happened() == (Happened{"employees: Go on"}), per_element());
    BOOST_TEST(conversation.slots_used == 0);
    BOOST_TEST((conversation.last_message == now));
    employee_sends("m4", "Four");
    BOOST_TEST(happened() == (Happened{"contact: Four", "m4: sent"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(an_older_message_delivered_late_changes_no_clock, Opened, *label("W1"))
{
    wait(1h);
    const auto before = conversation;
    contact_writes_ago("I wrote this first", 2h);

    BOOST_TEST(happened() == (Happened{"employees: I wrote this first"}), per_element());
    BOOST_TEST((conversation == before));
}

BOOST_FIXTURE_TEST_CASE(a_tap_on_a_menu_message_is_shown_and_resets_nothing, ThreeUnanswered, *label("W2"))
{
    wait(1h);
    const auto before = conversation;
    apply(ContactWrote{.at = now, .text = "Yes", .menu_item = true});

    BOOST_TEST(happened().size() == 1U);
    BOOST_TEST((conversation == before));
}

BOOST_FIXTURE_TEST_CASE(a_follow_push_that_comes_late_is_not_answered, Opened, *label("O2"))
{
    wait(20s);
    contact_follows("desk-1", 30s);

    BOOST_TEST(happened() == (Happened{"host: followed desk-1"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_welcome_in_the_answer)

struct Passive : OneConversation {
    Passive() { rules.welcome_by = WelcomeBy::passive; }
};

BOOST_FIXTURE_TEST_CASE(takes_the_place_of_the_one_that_is_sent, Passive, *label("O3"))
{
    contact_writes("Hello");

    BOOST_TEST(
        happened() == (Happened{"employees: Hello", "contact_auto: answered", "employees_auto: welcome"}),
        per_element()
    );
    BOOST_TEST(last_text() == rules.texts->render(ContactText::welcome, values_of(rules)).value());
    BOOST_TEST(nothing_in_the_air());
}

BOOST_FIXTURE_TEST_CASE(is_the_announcement_of_its_window, Passive, *label("B2"))
{
    contact_writes("Hello");

    BOOST_TEST(conversation.announced);
    BOOST_TEST(conversation.slots_used == 1);
}

BOOST_FIXTURE_TEST_CASE(is_none_where_it_is_switched_off, Passive, *label("O3"))
{
    switch_off(ContactText::welcome);
    contact_writes("Hello");

    BOOST_TEST(
        happened(
        ) == (Happened{"employees: Hello", "contact_auto: welcome, switched off", "employees_auto: welcome"}),
        per_element()
    );
    BOOST_TEST(conversation.slots_used == 0);
}

BOOST_FIXTURE_TEST_CASE(answers_nothing_but_the_first_message, Passive, *label("O3"))
{
    contact_writes("Hello");
    (void)happened();
    contact_writes("Are you there?");

    BOOST_TEST(happened() == (Happened{"employees: Are you there?"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_account_that_may_not_send)

struct Mute : OneConversation {
    Mute() { rules.supported = {}; }
};

BOOST_FIXTURE_TEST_CASE(still_receives_and_tells_the_employees, Mute, *label("S5"))
{
    contact_writes("Hello");

    BOOST_TEST(happened() == (Happened{"employees: Hello", "employees_auto: welcome"}), per_element());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
    BOOST_TEST(conversation.slots_used == 0);
}

BOOST_FIXTURE_TEST_CASE(is_refused_before_wechat_is_asked, Mute, *label("S5"))
{
    contact_writes("Hello");
    participants_are({"ana"});
    (void)happened();
    employee_sends("m1", "Good morning");

    BOOST_TEST(happened() == (Happened{"m1: refused, unsupported_content"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
