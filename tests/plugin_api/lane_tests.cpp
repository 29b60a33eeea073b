// The host's lane and clock: one at a time, in order, and 48 hours in a millisecond.
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;
using channel::Lane;
using channel::Time;

BOOST_AUTO_TEST_SUITE(a_manual_lane)

struct Manual {
    channel::Clock clock{Time{}};
    Lane lane{clock, Lane::Mode::manual};
    std::vector<std::string> ran;
};

BOOST_FIXTURE_TEST_CASE(runs_in_order_and_only_what_is_due, Manual)
{
    lane.arm(Time{10ms}, [&] { ran.push_back("timer 10"); });
    lane.post([&] {
        ran.push_back("first");
        lane.post([&] { ran.push_back("third"); });
    });
    lane.post([&] { ran.push_back("second"); });

    BOOST_TEST(lane.run_until_idle() == 3U);

    BOOST_TEST(ran == (std::vector<std::string>{"first", "second", "third"}), boost::test_tools::per_element());
    BOOST_TEST(lane.idle());
    BOOST_TEST((lane.next_due() == Time{10ms}));
}

BOOST_FIXTURE_TEST_CASE(is_moved_timer_by_timer_over_all_lanes, Manual, *boost::unit_test::label("T4"))
{
    Lane other(clock, Lane::Mode::manual);
    const auto note = [&](const char* name) { ran.push_back(name + std::to_string(channel::ms_of(clock.now()))); };
    lane.arm(Time{24h}, [&] {
        note("a");
        lane.arm(Time{30h}, [&] { note("b"); });
    });
    other.arm(Time{26h}, [&] { note("c"); });
    other.arm(Time{49h}, [&] { note("d"); });
    Lane* const lanes[] = {&lane, &other};

    const auto there = channel::advance(clock, lanes, Time{48h}, [&] {
        lane.run_until_idle();
        other.run_until_idle();
        return true;
    });

    BOOST_TEST(there);
    BOOST_TEST(ran == (std::vector<std::string>{"a86400000", "c93600000", "b108000000"}), boost::test_tools::per_element());
    BOOST_TEST((clock.now() == Time{48h}));
}

BOOST_FIXTURE_TEST_CASE(does_not_move_while_something_is_under_way, Manual, *boost::unit_test::label("T5"))
{
    Lane* const lanes[] = {&lane};
    lane.arm(Time{1h}, [&] { ran.push_back("too early"); });

    BOOST_TEST(!channel::advance(clock, lanes, Time{2h}, [] { return false; }));

    BOOST_TEST(ran.empty());
    BOOST_TEST((clock.now() == Time{}));
}

BOOST_FIXTURE_TEST_CASE(knows_whether_it_is_here, Manual)
{
    bool inside = false;
    lane.post([&] { inside = lane.here(); });
    lane.run_until_idle();
    BOOST_TEST(inside);
    BOOST_TEST(!lane.here());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_threaded_lane)

BOOST_AUTO_TEST_CASE(runs_one_at_a_time_whoever_posts)
{
    channel::Clock clock;
    Lane lane(clock);
    std::atomic<int> inside = 0, most = 0, done = 0;
    const auto task = [&] {
        most = std::max(most.load(), ++inside);
        --inside;
        ++done;
        done.notify_all();
    };
    std::vector<std::thread> posters;
    for (int i = 0; i < 4; ++i)
        posters.emplace_back([&] {
            for (int j = 0; j < 250; ++j)
                lane.post(task);
        });
    for (auto& poster : posters)
        poster.join();
    for (int now = done; now < 1000; now = done)
        done.wait(now);

    BOOST_TEST(most == 1);
}

BOOST_AUTO_TEST_CASE(runs_what_an_advance_of_its_clock_makes_due)
{
    channel::Clock clock;
    Lane lane(clock);
    std::atomic<bool> ran = false;
    lane.arm(clock.now() + 48h, [&] {
        ran = true;
        ran.notify_all();
    });

    clock.advance(48h);
    ran.wait(false);

    BOOST_TEST(ran);
}

BOOST_AUTO_TEST_CASE(destroys_what_it_has_not_run)
{
    channel::Clock clock{Time{}};
    const auto held = std::make_shared<int>();
    {
        Lane lane(clock);
        lane.arm(Time{1h}, [held] {});
        lane.close();
        lane.post([held] {});
    }
    BOOST_TEST(held.use_count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_clock_never_goes_back)
{
    channel::Clock clock;
    const auto before = clock.now();
    clock.advance_to(before - 1h);
    BOOST_TEST((clock.now() >= before));
}
