// What goes out: once, in order, and what becomes of it.
#include "engine/an_engine.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using boost::unit_test::label;
using scripted::errcode;

namespace {

// Ana talks with Lily and with Tom.
struct TwoConversations : AnEngine {
    TwoConversations()
    {
        open("lily");
        open("tom");
    }
};

// A store whose messages cannot be read for a while.
struct AStoreThatTears : TwoConversations {
    void tears() { run_sql("UPDATE message SET content = 'torn' || content"); }
    void is_mended() { run_sql("UPDATE message SET content = substr(content, 5)"); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_that_cannot_be_read_now_goes_out_later, AStoreThatTears)
{
    platform.answers({errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    idle();
    (void)on_phones();  // the one that WeChat has put off
    tears();
    pass(5s);
    BOOST_TEST(happened() == Happened{"m1: accepted"}, per_element());
    BOOST_TEST(on_phones().empty());

    is_mended();
    pass(2s);

    BOOST_TEST(happened() == Happened{"m1: sent"}, per_element());
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
}

BOOST_FIXTURE_TEST_SUITE(a_message, TwoConversations)

BOOST_AUTO_TEST_CASE(goes_out, *label("S1") * label("A1"))
{
    employee_sends("lily", "m1", "Hi");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
    BOOST_TEST(host.reports.at(0).revision == 1U);
    BOOST_TEST(host.reports.at(1).revision == 2U);
    BOOST_TEST(store->counts().outbox_to_platform == 0);
}

BOOST_AUTO_TEST_CASE(that_is_sent_again_is_told_its_state_and_not_sent_twice, *label("S8"))
{
    employee_sends("lily", "m1", "Hi");
    idle();
    (void)happened();
    restart();
    employee_sends("lily", "m1", "Hi");
    employee_sends("tom", "m1", "Another text under the same id");
    idle();

    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
    BOOST_TEST(happened("tom") == (Happened{"m1: sent", "m1: sent"}), per_element());
    BOOST_TEST(host.reports.size() == 4U);
    BOOST_TEST(host.reports.at(3).revision == 2U);
}

BOOST_AUTO_TEST_CASE(for_which_no_slot_is_left_waits_for_the_contact, *label("A2"))
{
    platform.answers({errcode(45047)});
    employee_sends("lily", "m1", "Hi");
    idle();
    BOOST_TEST(
        happened()
            == (Happened{"m1: accepted", "notice limit_reached", "m1: queued, on_hold", "notice queued"}),
        per_element()
    );
    contact_writes("lily", "Yes?");
    idle();

    BOOST_TEST(happened() == (Happened{"message Yes?", "notice resumed", "m1: sent"}), per_element());
    BOOST_TEST(on_phones() == (Happened{"lily: Hi", "lily: Hi"}), per_element());
}

BOOST_AUTO_TEST_CASE(that_comes_after_the_window_waits_for_the_contact, *label("A3"))
{
    platform.answers({errcode(45015)});
    employee_sends("lily", "m1", "Hi");
    idle();

    BOOST_TEST(
        happened() == (Happened{"m1: accepted", "notice inactive", "m1: queued, inactive", "notice queued"}),
        per_element()
    );
    pass(1h);
    BOOST_TEST(on_phones().size() == 1U);
}

BOOST_AUTO_TEST_CASE(whose_token_is_refused_goes_out_unseen, *label("A4"))
{
    platform.answers({errcode(42001)});
    employee_sends("lily", "m1", "Hi");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
}

BOOST_AUTO_TEST_CASE(that_is_at_fault_fails_with_the_platform_s_words, *label("A6"))
{
    platform.answers({errcode(45002)});
    employee_sends("lily", "m1", "Hi");
    employee_sends("lily", "m2", "Shorter");
    idle();

    BOOST_TEST(
        happened() == (Happened{"m1: accepted", "m2: accepted", "m1: failed, errcode_45002", "m2: sent"}),
        per_element()
    );
    const auto& failed = host.reports.at(2);
    BOOST_TEST(failed.text == "so it is");
    BOOST_TEST(failed.data == R"({"errcode":45002,"rid":"1-2-3"})");
}

BOOST_AUTO_TEST_CASE(that_is_never_answered_is_uncertain_and_not_sent_again, *label("A7"))
{
    platform.answers({scripted::silence()});
    employee_sends("lily", "m1", "Hi");
    idle();
    pass(1h);
    restart();
    pass(1h);

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: uncertain"}), per_element());
    BOOST_TEST(host.reports.back().text.starts_with("no_answer"));
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
}

BOOST_AUTO_TEST_CASE(found_started_after_a_crash_is_uncertain_and_not_sent_again, *label("A7"))
{
    platform.holds("lily", gate);
    employee_sends("lily", "m1", "Hi");
    employee_sends("lily", "m2", "Ho");
    until([&] { return platform.sends().size() == 3; });  // two welcomes and m1
    gate.open();

    crash();
    idle();

    BOOST_TEST(on_phones() == (Happened{"lily: Hi", "lily: Ho"}), per_element());
    const auto states = happened();
    BOOST_TEST(std::ranges::count(states, "m1: uncertain") == 1);
    BOOST_TEST(std::ranges::count(states, "m1: sent") == 0);
    BOOST_TEST(states.back() == "m2: sent");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(messages, TwoConversations)

BOOST_AUTO_TEST_CASE(to_one_contact_leave_in_their_order, *label("S7"))
{
    for (const auto* id : {"m1", "m2", "m3"})
        employee_sends("lily", id, id);
    idle();

    BOOST_TEST(on_phones() == (Happened{"lily: m1", "lily: m2", "lily: m3"}), per_element());
}

BOOST_AUTO_TEST_CASE(wait_for_the_one_before_them_but_not_for_other_contacts, *label("S7"))
{
    limits.answer = 30s;
    restart();
    platform.holds("lily", gate);
    employee_sends("lily", "m1", "One");
    employee_sends("lily", "m2", "Two");
    employee_sends("tom", "t1", "Hi");
    until([&] { return host.of("tom").back() == "t1: sent"; });
    BOOST_TEST(std::ranges::count(platform.sends(), "lily: Two") == 0);

    gate.open();
    idle();
    const auto phones = platform.sends();
    BOOST_TEST((std::ranges::find(phones, "lily: One") < std::ranges::find(phones, "lily: Two")));
    BOOST_TEST(happened().back() == "m2: sent");
}

BOOST_AUTO_TEST_CASE(behind_one_that_is_put_off_wait_too, *label("A5") * label("S7"))
{
    platform.answers({errcode(-1)});
    employee_sends("lily", "m1", "One");
    employee_sends("lily", "m2", "Two");
    idle();
    BOOST_TEST(on_phones() == Happened{"lily: One"}, per_element());

    pass(1s);
    BOOST_TEST(on_phones() == (Happened{"lily: One", "lily: Two"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_transient_fault, TwoConversations)

BOOST_AUTO_TEST_CASE(is_tried_again_after_growing_pauses_of_the_host_s_clock, *label("A5"))
{
    platform.answers({errcode(-1), scripted::http(503, ""), scripted::http(502, "<html>")});
    employee_sends("lily", "m1", "Hi");
    for (const auto pause : {1s, 2s, 4s}) {
        pass(pause - 1ms);
        BOOST_TEST(on_phones().size() == 1U);
        pass(1ms);
    }
    BOOST_TEST(on_phones().size() == 1U);
    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
}

BOOST_AUTO_TEST_CASE(holds_nobody_else, *label("A5"))
{
    platform.answers({errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    idle();
    employee_sends("tom", "t1", "Hi");
    idle();

    BOOST_TEST(happened("tom").back() == "t1: sent");
    BOOST_TEST(health.empty());
}

BOOST_AUTO_TEST_CASE(that_does_not_pass_within_seconds_is_told_to_operators, *label("A5"))
{
    platform.answers({errcode(-1), errcode(-1), errcode(-1), errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    pass(3s);
    BOOST_TEST(health.empty());
    pass(5s);
    BOOST_TEST_REQUIRE(health.size() == 1U);
    BOOST_TEST(health[0].starts_with("down platform_unreachable harbour-bank: WeChat answers (so it is"));

    pass(1min);
    BOOST_TEST(health.back() == "ok");
    BOOST_TEST(happened("lily").back() == "m1: sent");
}

BOOST_AUTO_TEST_CASE(survives_a_restart, *label("A5"))
{
    platform.answers({errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    idle();
    restart();
    pass(1s);

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
}

BOOST_AUTO_TEST_CASE(
    of_a_message_that_has_lost_its_sense_meanwhile_holds_nothing_up, *label("A5") * label("U1")
)
{
    platform.answers({errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    idle();
    contact_unfollows("lily");
    idle();
    (void)happened();
    contact_writes("lily", "Back");
    idle();

    BOOST_TEST(happened() == (Happened{"message Back", "notice welcome", "echo welcome"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_fault_of_the_account, TwoConversations)

BOOST_AUTO_TEST_CASE(holds_all_of_its_sends_and_heals_by_itself, *label("A5"))
{
    platform.answers({errcode(45011)});
    employee_sends("lily", "m1", "Hi");
    idle();
    employee_sends("tom", "t1", "Hi");
    pass(59s);
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
    BOOST_TEST_REQUIRE(health.size() == 1U);
    BOOST_TEST(health[0].starts_with("down account_held harbour-bank: WeChat answers 45011"));

    pass(1s);
    BOOST_TEST(on_phones().size() == 2U);
    BOOST_TEST(happened("lily").back() == "m1: sent");
    BOOST_TEST(happened("tom").back() == "t1: sent");
    BOOST_TEST(health.back() == "ok");
}

BOOST_AUTO_TEST_CASE(at_the_token_says_what_an_operator_must_do, *label("A5"))
{
    restart();
    platform.answers_token(
        scripted::json(R"({"errcode":40164,"errmsg":"invalid ip 1.2.3.4, not in whitelist rid: 1-2-3"})")
    );
    employee_sends("lily", "m1", "Hi");
    pass(10min);
    BOOST_TEST(on_phones().empty());
    BOOST_TEST_REQUIRE(!health.empty());
    BOOST_TEST(health[0].find("40164 (invalid ip 1.2.3.4, not in whitelist). ") != std::string::npos);

    platform.answers_token(std::nullopt);
    pass(5min);
    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
    BOOST_TEST(health.back() == "ok");
}

BOOST_AUTO_TEST_CASE(is_tried_with_one_message_alone, *label("A5"))
{
    platform.answers({errcode(45011), errcode(45011)});
    employee_sends("lily", "m1", "Hi");
    idle();
    for (const auto* id : {"t1", "t2", "t3"})
        employee_sends("tom", id, id);
    pass(60s);
    BOOST_TEST(on_phones().size() == 2U);

    pass(60s);
    BOOST_TEST(on_phones().size() == 4U);
    BOOST_TEST(happened("lily").back() == "m1: sent");
}

BOOST_AUTO_TEST_CASE(found_by_many_at_once_is_one_fault, *label("A5"))
{
    const std::vector<std::string> contacts{"c1", "c2", "c3", "c4", "c5", "c6"};
    for (const auto& contact : contacts)
        open(contact);
    limits.answer = 30s;
    restart();
    for (const auto& contact : contacts) {
        platform.holds(contact, gate);
        platform.answers({errcode(45009)});
        employee_sends(contact, "m-" + contact, "Hi");
    }
    const auto before = platform.sends().size();
    until([&] { return engine->delivery().figures().calls == contacts.size(); });
    gate.open();
    idle();
    BOOST_TEST(platform.sends().size() >= before);
    BOOST_TEST(engine->platform_pump().holds().at("wx01").times == 1U);

    pass(1min);
    for (const auto& contact : contacts)
        BOOST_TEST(happened(contact).back() == "m-" + contact + ": sent");
}

BOOST_AUTO_TEST_CASE(ends_where_a_call_from_before_it_succeeds_after_all, *label("A5"))
{
    limits.answer = 30s;
    restart();
    platform.holds("lily", gate);
    for (const auto* id : {"m1", "m2"})
        employee_sends("lily", id, id);
    until([&] { return platform.sends().size() == 3; });  // two welcomes and m1
    platform.answers({errcode(45011)});
    employee_sends("tom", "t1", "Hi");
    until([&] { return !engine->platform_pump().holds().empty(); });
    (void)on_phones();

    gate.open();
    idle();
    BOOST_TEST(happened("lily").back() == "m2: sent");
    pass(2s);
    BOOST_TEST(happened("tom").back() == "t1: sent");
}

BOOST_AUTO_TEST_CASE(is_not_for_ever_where_the_one_that_tries_has_nothing_to_send, *label("A5") * label("U1"))
{
    platform.answers({errcode(45011)});
    employee_sends("lily", "m1", "Hi");
    pass(2s);  // she waits for the account now, first of all
    contact_unfollows("lily");
    idle();
    employee_sends("tom", "t1", "Hi");
    pass(10min);

    BOOST_TEST(happened("tom").back() == "t1: sent");
    BOOST_TEST(engine->platform_pump().holds().empty());
}

BOOST_AUTO_TEST_CASE(ends_at_once_when_somebody_has_mended_the_customer_s_file, *label("A5"))
{
    platform.answers({errcode(48001)});
    employee_sends("lily", "m1", "Hi");
    pass(2s);
    BOOST_TEST(happened() == Happened{"m1: accepted"}, per_element());

    serve(true);
    pass(0s);
    BOOST_TEST(happened() == Happened{"m1: sent"}, per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_cancel, TwoConversations)

BOOST_AUTO_TEST_CASE(is_always_answered, *label("Q6"))
{
    employee_sends("lily", "m1", "Hi");
    idle();
    (void)happened();

    employee_cancels("lily", "m1");
    employee_cancels("lily", "m9");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: sent", "m9: refused, unknown_message"}), per_element());
    BOOST_TEST(host.reports.back().revision == 0U);
    BOOST_TEST(host.reports.at(host.reports.size() - 2).revision == 2U);
}

BOOST_AUTO_TEST_CASE(takes_back_what_waits, *label("Q6"))
{
    platform.answers({errcode(45047)});
    employee_sends("lily", "m1", "Hi");
    idle();
    (void)happened();
    employee_cancels("lily", "m1");
    idle();

    BOOST_TEST(happened() == Happened{"m1: cancelled"}, per_element());
    contact_writes("lily", "Yes?");
    idle();
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());  // the one that was refused
}

BOOST_AUTO_TEST_SUITE_END()
