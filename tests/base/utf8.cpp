#include "base/utf8.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_DATA_TEST_CASE(
    is_valid,
    data::make<std::string>(
        {"",
         "a",
         std::string{'\0'},
         "ä",
         "你好",
         "😂",
         "\xED\x9F\xBF",
         "\xEE\x80\x80",
         "\xF4\x8F\xBF\xBF",
         "\xEF\xBF\xBF"}
    )
)
{
    BOOST_TEST(valid_utf8(sample));
    BOOST_TEST(valid_utf8("a" + sample + "b"));
}

BOOST_DATA_TEST_CASE(
    is_not_valid,
    data::make<std::string>(
        {"\x80",
         "\xBF",
         "\xC0\x80",
         "\xC1\xBF",
         "\xC3",
         "\xC3(",
         "\xE0\x80\x80",
         "\xE0\x9F\xBF",
         "\xE4\xBD",
         "\xED\xA0\x80",
         "\xED\xBF\xBF",
         "\xF0\x80\x80\x80",
         "\xF0\x8F\xBF\xBF",
         "\xF4\x90\x80\x80",
         "\xF5\x80\x80\x80",
         "\xF0\x9F\x98",
         "\xFE",
         "\xFF"}
    )
)
{
    BOOST_TEST(!valid_utf8(sample));
    BOOST_TEST(!valid_utf8("a" + sample));
    BOOST_TEST(!valid_utf8(sample + "b"));
}

BOOST_AUTO_TEST_CASE(is_cut_only_between_characters)
{
    const std::string text = "a你😂";

    for (const auto& [bytes, size] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 0}, {1, 1}, {2, 1}, {3, 1}, {4, 4}, {5, 4}, {7, 4}, {8, 8}, {9, 8}, {1000, 8}})
        BOOST_TEST(cut(text, bytes).size() == size);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_text_without_controls)

BOOST_AUTO_TEST_CASE(keeps_tabs_and_line_ends)
{
    BOOST_TEST(without_controls("a\tb\r\nc") == "a\tb\r\nc");
}

BOOST_AUTO_TEST_CASE(loses_all_other_controls_and_two_noncharacters)
{
    std::string controls;
    for (char c = 0; c < 0x20; ++c)
        controls += c;

    BOOST_TEST(without_controls(controls) == "\t\n\r");
    BOOST_TEST(without_controls("a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD") == "a\xEF\xBF\xBD");
    BOOST_TEST(without_controls("\x7F") == "\x7F");
}

BOOST_AUTO_TEST_CASE(is_otherwise_unharmed_even_where_it_is_not_valid)
{
    BOOST_TEST(without_controls("你😂👨‍👩‍👧") == "你😂👨‍👩‍👧");
    BOOST_TEST(without_controls("a\xFF\x01z") == "a\xFFz");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_trimmed_text)

BOOST_AUTO_TEST_CASE(has_no_blanks_at_its_ends)
{
    BOOST_TEST(trimmed(" \t\r\n\f\va b \n") == "a b");
    BOOST_TEST(trimmed("\xE3\x80\x80 #LEAVE \xE3\x80\x80") == "#LEAVE");
    BOOST_TEST(trimmed(" \xE3\x80\x80 ").empty());
    BOOST_TEST(trimmed("").empty());
}

BOOST_AUTO_TEST_CASE(keeps_characters_that_only_begin_like_the_ideographic_space)
{
    BOOST_TEST(trimmed("\xE3\x80\x81") == "\xE3\x80\x81");
}

BOOST_AUTO_TEST_SUITE_END()
