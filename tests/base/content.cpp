#include "base/content.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;

BOOST_AUTO_TEST_SUITE(a_kind)

BOOST_AUTO_TEST_CASE(has_a_name_that_leads_back_to_it)
{
    for (int i = 0; i <= static_cast<int>(Kind::unsupported); ++i)
        BOOST_TEST((kind_named(name_of(static_cast<Kind>(i))) == static_cast<Kind>(i)));
}

BOOST_AUTO_TEST_CASE(of_an_unknown_name_is_unsupported)
{
    BOOST_TEST((kind_named("hologram") == Kind::unsupported));
    BOOST_TEST((kind_named("") == Kind::unsupported));
    BOOST_TEST((kind_named("Text") == Kind::unsupported));
}

BOOST_AUTO_TEST_SUITE_END()
