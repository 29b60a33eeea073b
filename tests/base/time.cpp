#include "base/time.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;

BOOST_AUTO_TEST_SUITE(a_time)

BOOST_AUTO_TEST_CASE(from_milliseconds_is_rounded_down)
{
    BOOST_TEST(to_seconds(from_milliseconds(1999)) == 1);
    BOOST_TEST(to_seconds(from_milliseconds(2000)) == 2);
    BOOST_TEST(to_seconds(from_milliseconds(-1)) == -1);
}

BOOST_AUTO_TEST_CASE(leads_back_to_its_seconds)
{
    BOOST_TEST(to_seconds(from_seconds(1700000000)) == 1700000000);
    BOOST_TEST(to_milliseconds(from_seconds(1700000000)) == 1700000000000);
}

BOOST_AUTO_TEST_CASE(that_never_comes_is_never_the_earlier_one)
{
    const auto one = from_seconds(1);
    const auto two = from_seconds(2);

    BOOST_TEST((earlier(one, two) == one));
    BOOST_TEST((earlier(two, one) == one));
    BOOST_TEST((earlier(std::nullopt, two) == two));
    BOOST_TEST((earlier(two, std::nullopt) == two));
    BOOST_TEST((earlier(std::nullopt, std::nullopt) == std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()
