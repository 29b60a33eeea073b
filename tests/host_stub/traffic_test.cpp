// What operators see of a channel: counts, and how long it takes.
#include "traffic.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace host;
using channel::State;
using namespace std::chrono_literals;

struct OneChannel {
    Traffic traffic;
    Traffic::Clock::time_point begin = {};

    double seconds() { return traffic.figures().answering.count(); }
};

BOOST_AUTO_TEST_SUITE(traffic)

BOOST_FIXTURE_TEST_CASE(is_timed_from_the_hand_over_to_the_report_that_ends_it, OneChannel)
{
    traffic.handed_over("m1", begin);
    traffic.reported("m1", State::accepted, begin + 1s);
    traffic.reported("m1", State::sent, begin + 3s);

    BOOST_TEST(traffic.figures().answered == 1U);
    BOOST_TEST(seconds() == 3.0);
}

BOOST_FIXTURE_TEST_CASE(that_waits_for_the_contact_is_counted_and_not_timed, OneChannel)
{
    traffic.handed_over("m1", begin);
    traffic.reported("m1", State::queued, begin + 1s);
    traffic.reported("m1", State::sent, begin + 24h);

    BOOST_TEST(traffic.figures().answered == 0U);
    BOOST_TEST(traffic.figures().states.at("queued") == 1U);
    BOOST_TEST(traffic.figures().states.at("sent") == 1U);
}

BOOST_FIXTURE_TEST_CASE(that_an_earlier_run_handed_over_is_not_timed, OneChannel)
{
    traffic.reported("m1", State::sent, begin + 1s);
    traffic.received();

    BOOST_TEST(traffic.figures().answered == 0U);
    BOOST_TEST(traffic.figures().received == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
