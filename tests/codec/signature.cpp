#include "codec/signature.hpp"

#include "codec/vectors.hpp"

#include <boost/json/array.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

std::string signed_parts(const boost::json::array& parts)
{
    std::vector<std::string> texts;
    for (const auto& part : parts)
        texts.emplace_back(part.get_string());
    if (texts.size() == 3)
        return signature_of({texts[0], texts[1], texts[2]});
    return signature_of({texts.at(0), texts.at(1), texts.at(2), texts.at(3)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_signature)

BOOST_DATA_TEST_CASE(is_what_another_tool_computes, data::make(vectors::ours("signatures")))
{
    BOOST_TEST(signed_parts(sample.at("parts").get_array()) == sample.text("sha1"));
}

BOOST_AUTO_TEST_CASE(does_not_depend_on_the_order_of_its_parts)
{
    BOOST_TEST(signature_of({"c", "a", "b"}) == signature_of({"a", "b", "c"}));
}

BOOST_AUTO_TEST_CASE(sorts_by_bytes_and_not_by_a_languages_order)
{
    // "Z" before "a" before "\xC3\xA4": signed characters or a locale would sort them otherwise.
    BOOST_TEST(signature_of({"\xC3\xA4", "a", "Z"}) == signature_of({"Za\xC3\xA4"}));
}

BOOST_AUTO_TEST_CASE(matches_only_in_full_and_in_lower_case)
{
    const std::string good = "a9993e364706816aba3e25717850c26c9cd0d89d";

    BOOST_TEST(signature_matches(good, {"a", "b", "c"}));
    BOOST_TEST(!signature_matches("", {"a", "b", "c"}));
    BOOST_TEST(!signature_matches(good.substr(0, 39), {"a", "b", "c"}));
    BOOST_TEST(!signature_matches(good + "0", {"a", "b", "c"}));
    BOOST_TEST(!signature_matches("A9993E364706816ABA3E25717850C26C9CD0D89D", {"a", "b", "c"}));
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] = bad[i] == '0' ? '1' : '0';
        BOOST_TEST(!signature_matches(bad, {"a", "b", "c"}));
    }
}

BOOST_AUTO_TEST_SUITE_END()
