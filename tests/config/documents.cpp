#include "sample.hpp"

#include <chrono>

using namespace wechat::config;

namespace {

struct Bad {
    std::string yaml;
    std::string complaint;
};

std::ostream& operator<<(std::ostream& out, const Bad& bad)
{
    return out << bad.yaml;
}

std::string repeated(std::string_view text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

const std::vector<Bad> no_documents{
    {"", "1:1: expected keys such as customer: and wechat:"},
    {"# nothing\n", "1:1: expected keys such as customer: and wechat:"},
    {"- a\n- b\n", "1:1: expected keys such as customer: and wechat:"},
    {"customer: a\nwechat:\n\tapp_id: b\n", "3:1: a tab; YAML is indented with spaces"},
    {"customer: [a\n", "2:1: not YAML: end of sequence flow not found"},
    {"wechat: {app_id: \"b}\nlocale: en\n", "1:18: a quote that is never closed"},
    {"customer: a\n  wechat: b\n", "2:9: not YAML: illegal map value"},
    {"customer: a\x01\n", "1:12: a control character"},
    {std::string{"customer: \0a\n", 13}, "1:11: a control character"},
    {"customer: a\nlocale: caf\xE9\n", "2:1: this line is not UTF-8"},
    {"x: " + repeated("[", 16) + repeated("]", 16), "1:19: nested deeper than 16 levels"},
    {"x: [" + repeated("a, ", 20'000) + "]", "1:29996: more than 10000 values"},
    {std::string(file_limit + 1, '#'), "1:1: larger than 1048576 bytes"},
};

const std::vector<Bad> not_used_here{
    {"locale: &here en\n", "7:9: anchors and aliases are not used here"},
    {"policy: !!map {}\n", "7:9: tags are not used here"},
    {"locale: !secret en\n", "7:9: tags are not used here"},
    {"[a]: b\n", "7:1: a key must be a word"},
    {"---\ncustomer: b\n", "7:1: a second document; a file holds one"},
    {"locale: \"en\n", "7:9: a quote that is never closed"},
    {"messages: {en: {contact: {left: 'it''s ", "7:40: not YAML: illegal EOF in scalar"},
    {"<<: {}\n", "7:1: unknown key \"<<\""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_is_no_document)

BOOST_DATA_TEST_CASE(it_is_refused_with_its_place, no_documents)
{
    BOOST_TEST(complaints_of(sample.yaml) == Lines{sample.complaint}, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(what_yaml_has_beyond_values_is_refused, not_used_here)
{
    BOOST_TEST(with_account(sample.yaml) == Lines{sample.complaint}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_alias_is_refused_and_not_complained_of_twice)
{
    BOOST_TEST(
        with_account("locale: &l en\npolicy: {remind_after: *l}\n")
            == (Lines{
                "7:9: anchors and aliases are not used here", "8:24: anchors and aliases are not used here"}),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(columns_count_characters)
{
    BOOST_TEST(
        with_account("policy: {leave_keywords: [再见, \"\"], x: 1}\n")
            == (Lines{"7:31: expected a word of 1 to 64 bytes, found \"\"", "7:36: unknown key \"x\""}),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(nothing_takes_long)
{
    const auto start = std::chrono::steady_clock::now();
    const std::vector<std::string> bombs{
        repeated("[", 1'000'000),
        repeated("{a: ", 250'000),
        repeated("? ", 500'000),
        repeated("- ", 500'000),
        repeated("a: &a [*a]\n", 80'000),
        repeated("\"", 1'000'001),
        repeated("a", 1'000'000),
        repeated("a\n", 500'000),
        repeated("a: |\n", 200'000),
        repeated("k: v\n", 200'000),
        repeated("#\n", 500'000),
        repeated("---\n", 250'000),
        repeated("!", 1'000'000),
        repeated("%", 1'000'000),
        "a: " + repeated("x ", 500'000),
        "a: \"" + repeated("\\u4f60", 160'000) + "\"",
        "a: >\n" + repeated("\n", 1'000'000),
    };
    for (const auto& bomb : bombs)
        BOOST_TEST(!read_customer(bomb, "bomb.yaml").complaints.empty());

    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{30}));
}

BOOST_AUTO_TEST_SUITE_END()
