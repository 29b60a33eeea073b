#include "calls.hpp"
#include "stage.hpp"

namespace {

using namespace host;
using boost::test_tools::per_element;
using host::test::Words;

struct ManualLane {
    channel::Clock clock{channel::Time{}};
    channel::Lane lane{clock, channel::Lane::Mode::manual};
    Calls calls{lane};
    Words done;

    Call call(const std::string& name, int busy = 0)
    {
        return {
            [this, name, busy]() mutable {
                if (busy-- > 0)
                    throw channel::Error{channel::Status::busy, "busy", "not now"};
                done.push_back(name);
            },
            [this, name](const channel::Error& error) { done.push_back(name + " " + error.code()); },
        };
    }
};

BOOST_AUTO_TEST_SUITE(calls_to_a_channel)

BOOST_FIXTURE_TEST_CASE(keep_their_order_behind_one_that_is_busy, ManualLane)
{
    calls.add(1, call("a", 2));
    calls.add(1, call("b"));
    calls.add(2, call("c"));
    BOOST_TEST(done == Words{"c"}, per_element());

    for (int i = 0; i < 2; ++i) {
        clock.advance(std::chrono::milliseconds{50});
        lane.run_until_idle();
    }
    BOOST_TEST(done == (Words{"c", "a", "b"}), per_element());
    BOOST_TEST(calls.conversations_waiting() == 0U);
}

BOOST_FIXTURE_TEST_CASE(that_fail_do_not_hold_up_the_next, ManualLane)
{
    const auto refuse = [] { throw channel::Error{channel::Status::refused, "never", "no"}; };
    calls.add(1, {refuse, call("a").failed});
    calls.add(1, call("b"));

    BOOST_TEST(done == (Words{"a never", "b"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(to_one_that_does_not_run_are_forgotten, ManualLane)
{
    const auto stopped = [] { throw channel::Error{channel::Status::state, "state", "stopping"}; };
    calls.add(1, {stopped, call("a").failed});

    BOOST_TEST(done.empty());
    BOOST_TEST(calls.conversations_waiting() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
