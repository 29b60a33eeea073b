#include "policy/keyword.hpp"
#include "policy/one_conversation.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat::policy;
using namespace wechat;
using boost::test_tools::per_element;
using boost::unit_test::label;
using texts::ContactText;

BOOST_AUTO_TEST_SUITE(a_leave_keyword)

BOOST_FIXTURE_TEST_CASE(is_known_however_it_is_typed, OneConversation, *label("L1"))
{
    rules.leave_keywords = {"#LEAVE", "退出", "Adiós"};
    for (const auto* text : {"#LEAVE", " #leave\n", "＃leave", "　＃Ｌｅａｖｅ　", "退出", "adiós"})
        BOOST_TEST(is_leave_keyword(rules, text), text);
    for (const auto* text :
         {"", " ", "LEAVE", "#LEAVE now", "##LEAVE", "#LEAV", "退出吗", "ADIÓS", "\xEF\xBC"})
        BOOST_TEST(!is_leave_keyword(rules, text), text);
}

BOOST_FIXTURE_TEST_CASE(that_is_empty_matches_nothing, OneConversation, *label("L1"))
{
    rules.leave_keywords = {"", "  "};
    BOOST_TEST(!is_leave_keyword(rules, ""));
    BOOST_TEST(!is_leave_keyword(rules, " "));
}

BOOST_FIXTURE_TEST_CASE(ends_the_conversation_and_is_not_shown, Opened, *label("L1"))
{
    contact_writes(" ＃leave ");

    BOOST_TEST(happened() == (Happened{"employees_auto: contact_left", "contact_auto: left"}), per_element());
    BOOST_TEST(last_notice().data.at("keyword") == " ＃leave ");
    BOOST_TEST(conversation.slots_used == 1);
}

BOOST_FIXTURE_TEST_CASE(discards_what_waits_and_what_has_not_started, ThreeUnanswered, *label("L1"))
{
    employee_sends("m4", "Four");
    contact_writes("Go on");
    held = true;
    employee_sends("m5", "Five");
    employee_sends("m6", "Six");
    start();
    (void)happened();
    contact_writes("#LEAVE");
    end(Outcome::sent);
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "m6: discarded",
                "employees_auto: contact_left",
                "contact: Five",
                "m5: sent",
                "contact_auto: left"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(discards_what_would_return_to_the_queue_after_it, Opened, *label("L1") * label("A2"))
{
    held = true;
    employee_sends("m1", "One");
    start();
    contact_writes("#LEAVE");
    end(Outcome::no_slot_left, 45047);
    release();

    BOOST_TEST(
        happened() == (Happened{"employees_auto: contact_left", "m1: discarded", "contact_auto: left"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(discards_what_is_put_off_after_it, Opened, *label("L1") * label("A5"))
{
    held = true;
    employee_sends("m1", "One");
    start();
    contact_writes("#LEAVE");
    put_off();
    release();

    BOOST_TEST(
        happened() == (Happened{"employees_auto: contact_left", "m1: discarded", "contact_auto: left"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(after_the_contact_has_left)

struct Left : Opened {
    Left()
    {
        contact_writes("#LEAVE");
        (void)happened();
    }
};

BOOST_FIXTURE_TEST_CASE(every_send_is_refused, Left, *label("L2"))
{
    employee_sends("m1", "Wait");

    BOOST_TEST(happened() == (Happened{"m1: refused, contact_left"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(timers_are_silent, Left, *label("L2"))
{
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
    be_down(72h);

    BOOST_TEST(happened().empty());
}

BOOST_FIXTURE_TEST_CASE(another_keyword_does_nothing, Left, *label("L2"))
{
    wait(1h);
    const auto before = conversation;
    contact_writes("#LEAVE");

    BOOST_TEST(happened().empty());
    BOOST_TEST((conversation == before));
}

BOOST_FIXTURE_TEST_CASE(the_next_message_opens_a_new_conversation, Left, *label("L2") * label("O3"))
{
    wait(73h);
    contact_writes("Hello again");

    BOOST_TEST(
        happened()
            == (Happened{"employees: Hello again", "employees_auto: welcome", "contact_auto: welcome"}),
        per_element()
    );
    employee_sends("m1", "Hi");
    BOOST_TEST(happened() == (Happened{"contact: Hi", "m1: sent"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(
    a_farewell_that_has_not_gone_yields_to_the_welcome, Opened, *label("O3") * label("L1")
)
{
    held = true;
    contact_writes("#LEAVE");
    contact_writes("No, wait");
    release();

    BOOST_TEST(
        happened()
            == (Happened{
                "employees_auto: contact_left",
                "employees: No, wait",
                "employees_auto: welcome",
                "contact_auto: welcome"}),
        per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_contact_unfollows)

BOOST_FIXTURE_TEST_CASE(what_waits_is_discarded_and_sends_are_refused, Inactive, *label("U1"))
{
    employee_sends("m1", "One");
    (void)happened();
    contact_unfollows();
    employee_sends("m2", "Two");

    BOOST_TEST(
        happened()
            == (Happened{
                "m1: discarded", "employees_auto: contact_unfollowed", "m2: refused, contact_unfollowed"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(it_is_told_once_and_timers_stop, Opened, *label("U1"))
{
    contact_unfollows();
    (void)happened();
    contact_unfollows();
    be_down(72h);

    BOOST_TEST(happened().empty());
    BOOST_TEST((wake_at(rules, conversation) == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(
    a_message_in_the_air_is_discarded_when_wechat_refuses_it, Opened, *label("U1") * label("A3")
)
{
    held = true;
    employee_sends("m1", "One");
    employee_sends("m2", "Two");
    start();
    contact_unfollows();
    end(Outcome::not_following, 43004);

    BOOST_TEST(
        happened() == (Happened{"m2: discarded", "employees_auto: contact_unfollowed", "m1: discarded"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(following_again_waits_for_a_message, Opened, *label("U1") * label("O2") * label("O3"))
{
    contact_unfollows();
    (void)happened();
    contact_follows("");
    employee_sends("m1", "Hi");
    BOOST_TEST(
        happened(
        ) == (Happened{"host: followed ", "contact_auto: follow_prompt", "m1: refused, contact_unfollowed"}),
        per_element()
    );
    contact_writes("Me again");

    BOOST_TEST(
        happened() == (Happened{"employees: Me again", "employees_auto: welcome", "contact_auto: welcome"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(after_leaving_is_told_all_the_same, Opened, *label("U1"))
{
    contact_writes("#LEAVE");
    (void)happened();
    contact_unfollows();

    BOOST_TEST(happened() == (Happened{"employees_auto: contact_unfollowed"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
