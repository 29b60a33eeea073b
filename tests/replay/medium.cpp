#include "replay/medium.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay;

BOOST_AUTO_TEST_SUITE(a_file_of_a_scenario)

BOOST_AUTO_TEST_CASE(tells_its_name_again)
{
    BOOST_TEST(name_in(bytes_of("image", "map of the harbour")).value() == "map of the harbour");
    BOOST_TEST(name_in(bytes_of("voice", "你好")).value() == "你好");
}

BOOST_AUTO_TEST_CASE(is_what_it_says)
{
    BOOST_TEST(bytes_of("image", "a").starts_with("\x89PNG\r\n\x1a\n"));
    BOOST_TEST(bytes_of("voice", "a").starts_with("#!AMR\n"));
}

BOOST_AUTO_TEST_CASE(that_is_cut_short_or_somebody_else_s_has_no_name)
{
    auto bytes = bytes_of("image", "map");
    bytes.pop_back();

    BOOST_TEST(!name_in(bytes));
    BOOST_TEST(!name_in("GIF89a"));
    BOOST_TEST(!name_in(""));
}

BOOST_AUTO_TEST_SUITE_END()
