#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;

BOOST_AUTO_TEST_SUITE(the_contact_writes_while_messages_are_in_the_air)

struct TwoInTheAir : Opened {
    TwoInTheAir()
    {
        held = true;
        employee_sends("m1", "One");
        employee_sends("m2", "Two");
        start();
        contact_writes("Are you there?");
        (void)happened();
    }
};

BOOST_FIXTURE_TEST_CASE(they_count_in_the_new_window, TwoInTheAir, *label("W1") * label("B5"))
{
    BOOST_TEST(conversation.slots_used == 2);
    BOOST_TEST(conversation.employee_sent == 2);
    employee_sends("m3", "Three");
    employee_sends("m4", "Four");
    BOOST_TEST(happened() == (Happened{"m4: queued, on_hold", "employees_auto: queued"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_refusal_of_the_old_window_does_not_close_the_new, TwoInTheAir, *label("A2") * label("W4")
)
{
    end(Outcome::no_slot_left, 45047);
    BOOST_TEST(!conversation.refused_for_slots);
    release();

    BOOST_TEST(
        happened() == (Happened{"contact: One", "m1: sent", "contact: Two", "m2: sent"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(
    a_closing_of_the_old_window_does_not_close_the_new, TwoInTheAir, *label("A3") * label("W4")
)
{
    end(Outcome::window_closed, 45015);
    BOOST_TEST(!conversation.closed_by_wechat);
    release();

    BOOST_TEST(
        happened() == (Happened{"contact: One", "m1: sent", "contact: Two", "m2: sent"}), per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(what_has_started_before_is_no_answer_to_it, TwoInTheAir, *label("R2"))
{
    end(Outcome::sent);
    BOOST_TEST(!conversation.employee_reached);
    release();

    BOOST_TEST(conversation.employee_reached);  // Two has started after the contact's message
}

BOOST_FIXTURE_TEST_CASE(one_put_off_draws_on_the_new_window, TwoInTheAir, *label("A5") * label("A2"))
{
    put_off();
    start();
    end(Outcome::no_slot_left, 45047);

    BOOST_TEST(
        happened()
            == (Happened{
                "employees_auto: limit_reached",
                "m1: queued, on_hold",
                "employees_auto: queued",
                "m2: queued, on_hold"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(an_announcement_on_its_way_is_the_new_windows, OneConversation, *label("B2"))
{
    held = true;
    contact_writes("Hello");
    contact_writes("Anybody?");

    BOOST_TEST(conversation.announced);
    BOOST_TEST(conversation.slots_used == 1);
}

BOOST_FIXTURE_TEST_CASE(a_prompt_put_off_is_not_wanted_any_more, ThreeUnanswered, *label("R7") * label("A5"))
{
    held = true;
    wait(24h);
    start();
    contact_writes("Sorry");
    put_off();
    start();

    BOOST_TEST(nothing_in_the_air());
    BOOST_TEST(remarks() == (Happened{"automatic_text_dropped"}), per_element());
    BOOST_TEST(conversation.slots_used == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_pump)

BOOST_FIXTURE_TEST_CASE(has_one_attempt_of_a_conversation_at_a_time, Opened, *label("S7"))
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");

    BOOST_TEST(conversation.outgoing.size() == 2U);
    BOOST_TEST(conversation.outgoing[0].attempt == conversation.attempts);
    BOOST_TEST(conversation.outgoing[1].attempt == 0U);
}

BOOST_FIXTURE_TEST_CASE(is_not_told_to_start_what_it_has_started, Opened, *label("S8"))
{
    held = true;
    employee_sends("m1", "One");
    const AttemptStarting again{attempt()};
    start();

    BOOST_TEST(step(rules, conversation, again, now).effects.empty());
}

BOOST_FIXTURE_TEST_CASE(that_speaks_of_an_attempt_long_over_changes_nothing, Opened, *label("S8"))
{
    held = true;
    employee_sends("m1", "One");
    for (const auto stale : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{99}})
        for (const Event& event : std::initializer_list<Event>{
                 AttemptStarting{stale}, AttemptEnded{.attempt = stale}, AttemptPutOff{stale}}) {
            const auto decision = step(rules, conversation, event, now);
            BOOST_TEST(decision.effects.empty());
            BOOST_TEST((decision.conversation == conversation));
        }
}

BOOST_FIXTURE_TEST_CASE(
    may_be_stopped_and_start_again_on_what_is_remembered, Opened, *label("Q7") * label("R8")
)
{
    held = true;
    employee_sends("m1", "One");
    const Conversation stored = conversation;
    start();
    conversation = stored;  // the start was never committed: after the restart the pump asks again
    const auto decision = step(rules, conversation, AttemptStarting{attempt()}, now);

    BOOST_TEST_REQUIRE(decision.effects.size() == 1U);
    BOOST_TEST(std::get<Start>(decision.effects.front()).attempt == attempt());
}

BOOST_AUTO_TEST_SUITE_END()
