#include "policy/capability.hpp"
#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::unit_test::label;

namespace {

Capability asked(const OneConversation& situation, std::uint32_t bytes = 5)
{
    const Message message{.id = ClientId{"m9"}, .sender = Employee{"ana"}, .bytes = bytes};
    return capability(situation.rules, situation.conversation, message, situation.now);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(what_would_become_of_a_message)

BOOST_FIXTURE_TEST_CASE(it_would_go_out, Opened, *label("S1") * label("B1"))
{
    const auto answer = asked(*this);

    BOOST_TEST((answer.verdict == Capability::Verdict::send));
    BOOST_TEST(answer.cost == 1);
    BOOST_TEST(answer.slots_left == 3);
    BOOST_TEST((answer.window_ends == *conversation.last_message + 48h));
}

BOOST_FIXTURE_TEST_CASE(it_would_wait, ThreeUnanswered, *label("S3"))
{
    const auto answer = asked(*this);

    BOOST_TEST((answer.verdict == Capability::Verdict::queue));
    BOOST_TEST((answer.reason == Reason::on_hold));
    BOOST_TEST(answer.slots_left == 0);
}

BOOST_FIXTURE_TEST_CASE(it_would_wait_for_an_inactive_contact, Inactive, *label("S4"))
{
    const auto answer = asked(*this);

    BOOST_TEST((answer.reason == Reason::inactive));
    BOOST_TEST(answer.slots_left == 0);
    BOOST_TEST((answer.window_ends == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(it_would_be_refused_with_words_for_a_person, Opened, *label("S5"))
{
    const auto answer = asked(*this, 3000);

    BOOST_TEST((answer.verdict == Capability::Verdict::refuse));
    BOOST_TEST((answer.reason == Reason::text_too_long));
    BOOST_TEST(answer.words == "the limit is 2048 bytes of UTF-8, the text has 3000");
}

BOOST_FIXTURE_TEST_CASE(it_would_be_refused_before_the_contact_has_written, OneConversation, *label("O1"))
{
    BOOST_TEST((asked(*this).reason == Reason::contact_must_start));
}

BOOST_FIXTURE_TEST_CASE(it_would_find_the_queue_full, Inactive, *label("Q1"))
{
    rules.queue.max_messages = 1;
    employee_sends("m1", "One");

    BOOST_TEST((asked(*this).verdict == Capability::Verdict::refuse));
    BOOST_TEST((asked(*this).reason == Reason::queue_full));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(why_something_waits)

BOOST_FIXTURE_TEST_CASE(nothing_waits, Opened, *label("S1"))
{
    BOOST_TEST(why_waiting(rules, conversation, now).empty());
}

BOOST_FIXTURE_TEST_CASE(the_share_is_used_up, ThreeUnanswered, *label("S3"))
{
    employee_sends("m4", "Four");
    wait(42h + 48min);

    BOOST_TEST(
        why_waiting(rules, conversation, now)
        == "waits: 3 of 3 used; freed by the contact's next message; window closes in 5 h 12 min"
    );
}

BOOST_FIXTURE_TEST_CASE(wechat_takes_no_more, Opened, *label("A2"))
{
    platform_answers(Outcome::no_slot_left, 45047);
    employee_sends("m1", "One");

    BOOST_TEST(
        why_waiting(rules, conversation, now)
        == "waits: WeChat takes no more; freed by the contact's next message; window closes in 48 h 0 min"
    );
}

BOOST_FIXTURE_TEST_CASE(the_window_is_closed, Inactive, *label("S4"))
{
    employee_sends("m1", "One");

    BOOST_TEST(
        why_waiting(rules, conversation, now)
        == "waits: the window is closed; freed by the contact's next message"
    );
}

BOOST_AUTO_TEST_SUITE_END()
