#include "base/ids.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <type_traits>
#include <unordered_set>

using namespace wechat;

static_assert(!std::is_convertible_v<std::string, OpenId>, "an id is made on purpose");
static_assert(!std::is_constructible_v<OpenId, ClientId>, "one kind of id is never taken for another");
static_assert(!std::is_constructible_v<Employee, OpenId>);

BOOST_AUTO_TEST_SUITE(an_id)

BOOST_AUTO_TEST_CASE(is_compared_by_its_bytes)
{
    BOOST_TEST((OpenId{"a"} == OpenId{"a"}));
    BOOST_TEST((OpenId{"Z"} < OpenId{"a"}));
    BOOST_TEST((OpenId{"a"} < OpenId{"\xC3\xA4"}));
}

BOOST_AUTO_TEST_CASE(may_be_a_key)
{
    BOOST_TEST(std::unordered_set<OpenId>({OpenId{"a"}, OpenId{"b"}, OpenId{"a"}}).size() == 2U);
    BOOST_TEST(std::set<Customer>({Customer{"a"}, Customer{"b"}, Customer{"a"}}).size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_stable_hash)

BOOST_AUTO_TEST_CASE(is_fnv_1a_for_ever)
{
    // From the reference code of FNV: http://www.isthe.com/chongo/tech/comp/fnv/
    BOOST_TEST(stable_hash("") == 0xcbf29ce484222325U);
    BOOST_TEST(stable_hash("a") == 0xaf63dc4c8601ec8cU);
    BOOST_TEST(stable_hash("foobar") == 0x85944171f73967e8U);
}

BOOST_AUTO_TEST_CASE(takes_bytes_above_127_as_positive)
{
    BOOST_TEST(stable_hash("\xFF") == ((0xcbf29ce484222325U ^ 0xFFU) * 0x100000001b3U));
}

BOOST_AUTO_TEST_SUITE_END()
