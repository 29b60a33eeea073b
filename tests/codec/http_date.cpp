// The Date of an answer: RFC 9110 5.6.7.
#include "codec/http_date.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using codec::read_http_date;

BOOST_AUTO_TEST_SUITE(the_date_of_an_answer)

BOOST_AUTO_TEST_CASE(is_read_in_its_one_form)
{
    BOOST_TEST(to_seconds(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT").value()) == 784111777);
    BOOST_TEST(to_seconds(read_http_date("Thu, 01 Jan 1970 00:00:00 GMT").value()) == 0);
    BOOST_TEST(to_seconds(read_http_date("Thu, 29 Feb 2024 23:59:60 GMT").value()) == 1709251200);
}

BOOST_AUTO_TEST_CASE(is_nothing_in_any_other)
{
    for (const auto* other :
         {"",
          "now",
          "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994",
          "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT",
          "Sun, 06 Nov 1994 08:49:61 GMT",
          "Sun, -6 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 19x4 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 GMT "})
        BOOST_TEST(!read_http_date(other).has_value(), other);
}

BOOST_AUTO_TEST_CASE(is_written_as_it_is_read)
{
    BOOST_TEST(codec::write_http_date(from_seconds(784111777)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    for (const auto seconds : {0LL, 951782400LL, 1709164799LL, 253402300799LL})
        BOOST_TEST(
            to_seconds(read_http_date(codec::write_http_date(from_seconds(seconds))).value()) == seconds
        );
}

BOOST_AUTO_TEST_SUITE_END()
