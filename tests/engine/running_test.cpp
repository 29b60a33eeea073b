// The clock, the customers, and the end of a run.
#include "engine/an_engine.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using boost::unit_test::label;

namespace {

struct OneConversation : AnEngine {
    OneConversation() { open("lily"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_clock, OneConversation)

BOOST_AUTO_TEST_CASE(brings_the_reminder_and_the_end_of_the_window, *label("R1") * label("R6"))
{
    pass(24h - 1s);
    BOOST_TEST(happened().empty());
    pass(1s);
    BOOST_TEST(happened() == Happened{"notice reply_due"}, per_element());
    pass(24h);
    BOOST_TEST(happened() == Happened{"notice inactive"}, per_element());
    BOOST_TEST((store->next_due().value() == std::nullopt));
}

BOOST_AUTO_TEST_CASE(that_went_on_while_the_plugin_was_down_is_caught_up_with, *label("R8"))
{
    restart(49h);
    pass(0s);

    BOOST_TEST(happened() == Happened{"notice inactive"}, per_element());
}

BOOST_AUTO_TEST_CASE(wakes_many_conversations_that_are_due_at_once, *label("R8"))
{
    for (int i = 0; i < 1200; ++i)
        contact_writes("c" + std::to_string(i), "Hello");
    idle();
    const auto before = store->counts();
    pass(24h);

    std::size_t reminded = 0;
    for (const auto& [contact, what] : host.seen)
        reminded += what == "notice reply_due" ? 1U : 0U;
    BOOST_TEST(reminded == 1201U);
    const auto after = store->counts();
    BOOST_TEST((after.transactions - before.transactions) > 5 * (after.commits - before.commits));
}

BOOST_AUTO_TEST_CASE(wakes_for_nothing_but_what_is_due)
{
    pass(48h);
    wakes = 0;
    pass(10h);
    BOOST_TEST(wakes <= 11);  // forgetting, once an hour
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_store_that_takes_nothing, OneConversation)

BOOST_AUTO_TEST_CASE(is_said_to_be_down_once_and_well_again_with_the_next_commit)
{
    run_sql("CREATE TRIGGER shut BEFORE INSERT ON seen BEGIN SELECT RAISE(ABORT, 'shut'); END");
    contact_writes("lily", "Are you there?");
    idle();
    contact_writes("kim", "Hello?");
    idle();
    BOOST_TEST_REQUIRE(health.size() == 1U);
    BOOST_TEST(health.back().starts_with("down store_broken nothing is accepted: store_broken: "));
    BOOST_TEST(health.back().ends_with("Look at its file and its disk; it is tried again by itself."));
    BOOST_TEST((engine->health() == channel::Health::down));

    run_sql("DROP TRIGGER shut");
    contact_writes("lily", "Are you there?");
    idle();
    BOOST_TEST(health.size() == 2U);
    BOOST_TEST(health.back() == "ok");
    BOOST_TEST(engine->troubles().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_customer_who_is_not_served, OneConversation)

BOOST_AUTO_TEST_CASE(is_told_nothing_and_costs_nothing_until_he_is_again)
{
    serve(false);
    pass(30h);
    BOOST_TEST(happened().empty());
    BOOST_TEST(wakes < 100);

    serve(true);
    pass(1h);
    BOOST_TEST(happened() == Happened{"notice reply_due"}, per_element());
}

BOOST_AUTO_TEST_CASE(since_a_moment_ago_still_learns_what_became_of_a_call)
{
    limits.answer = 30s;
    restart();
    platform.holds("lily", gate);
    employee_sends("lily", "m1", "Hi");
    until([&] { return engine->delivery().figures().calls == 1; });
    serve(false);
    gate.open();
    idle();

    BOOST_TEST(happened().back() == "m1: sent");
}

// At every moment of a send's way: after each handler of the loop in turn.
BOOST_AUTO_TEST_CASE(loses_no_message_whenever_that_begins)
{
    for (int handlers = 1; handlers < 12; ++handlers) {
        const auto id = "m" + std::to_string(handlers);
        contact_writes("lily", "Go on");
        idle();
        (void)on_phones();
        employee_sends("lily", id, "Hi");
        for (int i = 0; i < handlers; ++i)
            loop.run_one_for(1s);
        serve(false);
        pass(2min);
        serve(true);
        pass(2min);

        BOOST_TEST(on_phones().size() == 1U, id);
        BOOST_TEST(happened().back() == id + ": sent");
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(busy_says, OneConversation)

BOOST_AUTO_TEST_CASE(that_something_goes_on_from_the_first_moment_to_the_last)
{
    limits.answer = 30s;
    restart();
    idle();
    BOOST_TEST(busy.count() == 0);
    platform.holds("lily", gate);
    std::int64_t at_once = 0;
    asio::post(loop, [&] {
        employee_sends("lily", "m1", "Hi");
        at_once = busy.count();
    });
    loop.poll();
    BOOST_TEST(at_once == 1);
    until([&] { return engine->delivery().figures().calls == 1; });
    until([&] { return busy.count() == 1; });  // the call alone
    BOOST_TEST(happened() == Happened{"m1: accepted"}, per_element());

    gate.open();
    until([&] { return busy.count() == 0; });
    BOOST_TEST(happened().back() == "m1: sent");
    BOOST_TEST(store->counts().outbox_to_host == 0);
    BOOST_TEST(loop.poll() == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_while_a_pause_lasts)
{
    platform.answers({scripted::errcode(-1)});
    employee_sends("lily", "m1", "Hi");
    idle();

    BOOST_TEST(busy.count() == 0);
    BOOST_TEST(happened() == Happened{"m1: accepted"}, per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(stopping, OneConversation)

BOOST_AUTO_TEST_CASE(lets_a_call_under_way_end, *label("A7"))
{
    limits.answer = 30s;
    restart();
    platform.holds("lily", gate);
    employee_sends("lily", "m1", "Hi");
    until([&] { return engine->delivery().figures().calls == 1; });
    gate.open();
    stop(30s);
    BOOST_TEST_REQUIRE(!engine);
    restart();
    idle();

    BOOST_TEST(happened().back() == "m1: sent");
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
}

BOOST_AUTO_TEST_CASE(ends_a_call_that_takes_too_long_which_is_uncertain_then, *label("A7"))
{
    limits.answer = 1h;
    restart();
    platform.answers({scripted::silence()});
    employee_sends("lily", "m1", "Hi");
    until([&] { return platform.sends().size() == 2; });  // the welcome and m1
    stop(0ms);
    restart();
    idle();

    const auto states = happened();
    BOOST_TEST(states.back() == "m1: uncertain");
    BOOST_TEST(on_phones() == Happened{"lily: Hi"}, per_element());
}

BOOST_AUTO_TEST_CASE(takes_nothing_new_and_wakes_nobody)
{
    bool ended = false;
    std::optional<errc> told;
    asio::post(loop, [&] {
        asio::co_spawn(loop, engine->stop(0ms), [&](const std::exception_ptr&) { ended = true; });
        engine->submit({harbour_bank, OpenId{"lily"}}, {}, seconds(), [&](const Result<Applied>& result) {
            told = result.error().code;
        });
    });
    until([&] { return ended; });
    idle();
    engine->wake();
    idle();

    BOOST_TEST((told == errc::stopping));
}

BOOST_AUTO_TEST_SUITE_END()
