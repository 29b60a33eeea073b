#include "sms/segments.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace {

using namespace sms;

std::string times(int count, const std::string& text)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

void is(const std::string& text, Encoding encoding, std::uint32_t count)
{
    const auto segments = segments_of(text);
    BOOST_TEST((segments.encoding == encoding));
    BOOST_TEST(segments.count == count);
}

BOOST_AUTO_TEST_SUITE(a_text)

BOOST_AUTO_TEST_CASE(of_the_gsm_alphabet_has_160_characters_alone_and_153_in_parts)
{
    is("", Encoding::gsm7, 1);
    is(times(160, "a"), Encoding::gsm7, 1);
    is(times(161, "a"), Encoding::gsm7, 2);
    is(times(306, "a"), Encoding::gsm7, 2);
    is(times(307, "a"), Encoding::gsm7, 3);
    is("Grüße an Ærøskøbing: 5 £, ¿qué? ΔΩ @_§", Encoding::gsm7, 1);
}

BOOST_AUTO_TEST_CASE(with_a_character_of_the_extension_counts_two_and_never_divides_it)
{
    is(times(80, "€"), Encoding::gsm7, 1);
    is(times(80, "€") + "a", Encoding::gsm7, 2);
    is(times(152, "a") + times(5, "€"), Encoding::gsm7, 2);
    // 153 septets a part: 76 pairs fill 152, and the 77th does not fit into the one that is left.
    is(times(153, "€"), Encoding::gsm7, 3);
}

BOOST_AUTO_TEST_CASE(with_any_other_character_has_70_units_alone_and_67_in_parts)
{
    is("你好", Encoding::ucs2, 1);
    is(times(70, "好"), Encoding::ucs2, 1);
    is(times(71, "好"), Encoding::ucs2, 2);
    is(times(134, "好"), Encoding::ucs2, 2);
    is(times(135, "好"), Encoding::ucs2, 3);
    is(times(69, "a") + "ç", Encoding::ucs2, 1);  // the alphabet has the capital only
}

BOOST_AUTO_TEST_CASE(with_surrogate_pairs_never_divides_them)
{
    is(times(35, "😀"), Encoding::ucs2, 1);
    is(times(36, "😀"), Encoding::ucs2, 2);
    // 67 units a part: 33 pairs, and one unit stays empty.
    is(times(66, "😀"), Encoding::ucs2, 2);
    is(times(67, "😀"), Encoding::ucs2, 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
