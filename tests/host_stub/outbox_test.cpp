// What employees say: durable before it is handed over, and handed over again where nobody has answered.
#include "stage.hpp"

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;
using channel::State;

struct WithConversation : Stage {
    WithConversation()
    {
        start();
        contact_says("i1", "Hello");
        puppet().calls.clear();
        puppet().outcomes.clear();
    }

    void answer_with(State state, const std::string& reason = {})
    {
        puppet().on_send = [this, state, reason](const channel::Message& message) {
            puppet().reports(message.client_id, state, 1, reason);
        };
    }
};

BOOST_AUTO_TEST_SUITE(a_message)

BOOST_FIXTURE_TEST_CASE(is_handed_over_once_and_its_states_are_kept, WithConversation)
{
    answer_with(State::accepted);
    employee_sends("m1");
    BOOST_TEST(state_of("m1") == "accepted");
    puppet().reports(id_of("m1"), State::sent, 2);
    settle();

    BOOST_TEST(puppet().calls == Words{"m1"}, per_element());
    BOOST_TEST(puppet().outcomes == (Words{"ok", "ok"}), per_element());
    BOOST_TEST(state_of("m1") == "sent");
}

BOOST_FIXTURE_TEST_CASE(sent_twice_is_one_message, WithConversation, *boost::unit_test::label("S8"))
{
    answer_with(State::queued, "on_hold");
    employee_sends("m1");
    std::string second;
    const auto kept = [&](const std::variant<Message, Problem>& result) {
        second = state_name(std::get<Message>(result).progress.state);
    };
    host->send(conversation(), draft("m1", "other words"), kept, {});
    settle();

    BOOST_TEST(puppet().calls == Words{"m1"}, per_element());
    BOOST_TEST(second == "queued");
    BOOST_TEST(texts() == (Words{"Hello", "Hello"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(has_an_id_of_its_own_in_each_conversation, WithConversation)
{
    contact_says("i2", "Hi", "lee");
    employee_sends("m1");
    employee_sends("m1", "lee");

    BOOST_REQUIRE(puppet().ids.size() == 2U);
    BOOST_TEST(puppet().ids[0] != puppet().ids[1]);
    BOOST_TEST(puppet().ids[0] == host->public_id(conversation()) + "/m1");
}

BOOST_FIXTURE_TEST_CASE(
    keeps_the_state_of_its_highest_revision, WithConversation, *boost::unit_test::label("D5")
)
{
    employee_sends("m1");
    puppet().reports(id_of("m1"), State::sent, 3);
    settle();
    puppet().reports(id_of("m1"), State::accepted, 1);
    settle();
    puppet().reports(id_of("m1"), State::failed, 3);
    settle();

    BOOST_TEST(state_of("m1") == "sent");
    BOOST_TEST(puppet().outcomes == (Words{"ok", "ok", "ok"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(that_nobody_knows_has_its_report_refused, WithConversation)
{
    puppet().reports("someone-else/m1", State::sent, 1);
    settle();
    puppet().reports(id_of("never"), State::sent, 1);
    settle();

    BOOST_TEST(puppet().outcomes == (Words{"refused", "refused"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(without_a_report_is_handed_over_again_after_a_restart_in_order, WithConversation)
{
    employee_sends("m1");
    employee_sends("m2");
    puppet().reports(id_of("m1"), State::accepted, 1);
    settle();
    employee_sends("m3");
    restart();

    BOOST_TEST(puppet().calls == (Words{"m2 again", "m3 again"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(waits_behind_one_that_the_channel_is_too_busy_for, WithConversation)
{
    contact_says("i2", "Hi", "lee");
    puppet().calls.clear();
    puppet().busy = 1;
    employee_sends("m1");
    employee_sends("m2");
    employee_sends("m3", "lee");
    BOOST_TEST(puppet().calls == Words{"m3"}, per_element());
    host->advance(std::chrono::milliseconds{200});

    BOOST_TEST(puppet().calls == (Words{"m3", "m1", "m2"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(that_the_channel_will_not_take_is_refused, WithConversation)
{
    puppet().on_send = [](const channel::Message&) {
        throw channel::Error{channel::Status::unsupported, "no_such_kind", "not this"};
    };
    employee_sends("m1");

    BOOST_TEST(state_of("m1") == "refused no_such_kind");
}

BOOST_FIXTURE_TEST_CASE(is_logged_with_each_of_its_states_for_who_comes_later, WithConversation)
{
    answer_with(State::queued, "on_hold");
    employee_sends("m1");
    puppet().reports(id_of("m1"), State::sent, 2);
    settle();

    Words log;
    for (const auto& event : reader().events(0, 100)) {
        if (event.type == Event::Type::message)
            log.push_back("message");
        if (event.type == Event::Type::state)
            log.emplace_back(state_name(event.progress.state));
    }
    BOOST_TEST(log == (Words{"message", "message", "queued", "sent"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_cancel)

BOOST_FIXTURE_TEST_CASE(
    ends_with_the_state_that_the_channel_reports, WithConversation, *boost::unit_test::label("Q6")
)
{
    answer_with(State::queued, "on_hold");
    puppet().on_cancel = [this](const std::string& id) { puppet().reports(id, State::cancelled, 2); };
    employee_sends("m1");
    std::string ended;
    host->cancel(conversation(), "m1", [&](const std::variant<Message, Problem>& result) {
        ended = state_name(std::get<Message>(result).progress.state);
    });
    settle();

    BOOST_TEST(ended == "cancelled");
    BOOST_TEST(state_of("m1") == "cancelled");
}

BOOST_FIXTURE_TEST_CASE(without_an_answer_is_repeated_after_a_restart, WithConversation)
{
    answer_with(State::queued);
    employee_sends("m1");
    host->cancel(conversation(), "m1", [](const auto&) {});
    settle();
    restart();
    BOOST_TEST(puppet().calls == Words{"cancel m1"}, per_element());
    puppet().reports(id_of("m1"), State::cancelled, 2);
    settle();
    restart();

    BOOST_TEST(puppet().calls.empty());
}

BOOST_FIXTURE_TEST_CASE(of_an_unknown_message_says_so, WithConversation)
{
    std::string error;
    host->cancel(conversation(), "none", [&](const std::variant<Message, Problem>& result) {
        error = std::get<Problem>(result).error;
    });
    settle();

    BOOST_TEST(error == "unknown_message");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(participants)

BOOST_FIXTURE_TEST_CASE(that_the_channel_has_not_confirmed_are_told_again_after_a_restart, WithConversation)
{
    std::vector<channel::Completion> unanswered;
    puppet().on_participants = [&](channel::Completion& done) { unanswered.push_back(std::move(done)); };
    host->set_participants(conversation(), {"ben"}, [](const auto&) {});
    settle();
    BOOST_TEST(present().participants_due > 0);
    unanswered.front().fail(channel::Error{channel::Status::unavailable, "later", "the store is full"});
    settle();
    restart();

    BOOST_TEST(puppet().calls == Words{"participants ben"}, per_element());
    BOOST_TEST(present().participants_due == 0);
}

BOOST_FIXTURE_TEST_CASE(that_the_channel_could_not_keep_are_told_again_later, WithConversation)
{
    auto fail_once = true;
    puppet().on_participants = [&](channel::Completion& done) {
        if (std::exchange(fail_once, false))
            done.fail(channel::Error{channel::Status::unavailable, "later", "the store is full"});
        else
            done.ok();
    };
    host->set_participants(conversation(), {"ben"}, [](const auto&) {});
    settle();
    host->advance(std::chrono::seconds{2});

    BOOST_TEST(puppet().calls == (Words{"participants ben", "participants ben"}), per_element());
    BOOST_TEST(present().participants_due == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
