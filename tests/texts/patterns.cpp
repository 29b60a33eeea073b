#include "sample.hpp"

#include <chrono>

using namespace wechat::texts;

namespace {

// "OFFSET: TEXT" for each fault of a pattern of contact.welcome.
std::vector<std::string> faults_of(std::string_view pattern, ContactText text = ContactText::welcome)
{
    Catalog catalog{"en"};
    std::vector<std::string> lines;
    for (const auto& fault : catalog.set(text, pattern))
        lines.push_back(std::to_string(fault.offset) + ": " + fault.text);
    return lines;
}

struct Bad {
    std::string_view pattern;
    std::string_view fault;
};

std::ostream& operator<<(std::ostream& out, const Bad& bad)
{
    return out << bad.pattern;
}

const std::vector<Bad> bad_patterns{
    {"Dear {employe}", R"(6: unknown variable "employe"; did you mean "employee"?)"},
    {"{0}",
     R"(1: unknown variable "0"; there are customer, employee, employee_messages, system_budget, )"
     "remind_hours, window_hours, hours_left, queued, sent, waiting, queue_max, leave_keyword"},
    {"{employee}", R"(1: the variable "employee" exists in contact.speaker only)"},
    {"您好，{custmer}", R"(10: unknown variable "custmer"; did you mean "customer"?)"},
    {"😀{custmer}", R"(5: unknown variable "custmer"; did you mean "customer"?)"},
    {"{queued", "0: a { without its }"},
    {"It's {queued, plural, one{x} other{y}", "5: a { without its }"},
    {"Hello {customer}} there", "16: a } without its {; a brace as a sign is written '}'"},
    {"{queued, plural, one{x}}", "0: plural and select need a branch named other"},
    {"{queued plural}", "1: expected a variable such as {customer} or {queued, plural, one{...} other{...}}"},
    {"{}", "1: expected a variable such as {customer} or {queued, plural, one{...} other{...}}"},
    {"{queued, plural, ones{x} other{y}}",
     R"(17: unknown plural branch "ones"; there are =0, =1 ..., zero, one, two, few, many and other)"},
    {"{queued, plural, offset:1.5 other{#}}", "24: an offset is a whole number from 0 to 1000"},
    {"{queued, plural, offset:1E300 other{#}}", "24: an offset is a whole number from 0 to 1000"},
    {"{queued, select, other{x}}", R"(17: select needs a text, and "queued" is a number: use plural)"},
    {"{customer, plural, other{x}}", R"(19: plural needs a number, and "customer" is a text)"},
    {"{customer, number}", R"(11: number needs a number, and "customer" is a text)"},
    {"{customer, spellout}", R"(11: spellout needs a number, and "customer" is a text)"},
    {"{queued, number, ::scale/1E1000000000}", "16: a number's style is integer, or none"},
    {"{queued, number, #,##0.000000000000}", "16: a number's style is integer, or none"},
    {"{queued, number, percent}", "16: a number's style is integer, or none"},
    {"{queued, spellout, %spellout-ordinal}", "18: spellout takes no style"},
    {"{queued, date}",
     R"(9: "date" is not offered here; there are number, spellout, plural, selectordinal and select)"},
    {"{queued, ordinal}",
     R"(9: "ordinal" is not offered here; there are number, spellout, plural, selectordinal and select)"},
    {"{queued, choice, 0#none|1#one}", "0: choice is not offered here: use plural or select"},
    {"", "0: an empty text; null sends none"},
    {" \n　", "0: an empty text; null sends none"},
    {"a\x01", "1: a control character"},
    {"caf\xE9", "0: not UTF-8"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_is_wrong_with_a_pattern)

BOOST_DATA_TEST_CASE(each_fault_has_its_place_and_its_words, bad_patterns)
{
    BOOST_TEST(
        faults_of(sample.pattern) == std::vector<std::string>{std::string{sample.fault}},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(all_faults_are_told_at_once_and_in_order)
{
    const auto faults = faults_of("{a} {queued, plural, one{{b}} other{{c, date}}} {queued, number, ::x}");

    BOOST_TEST_REQUIRE(faults.size() == 5U);
    BOOST_TEST(faults[0].starts_with("1: "));
    BOOST_TEST(faults[1].starts_with("26: "));
    BOOST_TEST(faults[2].starts_with("37: "));
    BOOST_TEST(faults[3].starts_with("40: "));
    BOOST_TEST(faults[4].starts_with("64: "));
}

BOOST_AUTO_TEST_CASE(the_speaker_may_name_the_employee)
{
    BOOST_TEST(faults_of("{employee}: ", ContactText::speaker).empty());
}

BOOST_AUTO_TEST_CASE(a_notice_may_not_name_the_employee)
{
    Catalog catalog{"en"};

    BOOST_TEST(catalog.set(EmployeeText::queued, "{employee}").size() == 1U);
}

BOOST_AUTO_TEST_CASE(nesting_ends_at_eight_levels)
{
    const auto nested = [](int levels) {
        std::string pattern = "x";
        for (int level = 1; level < levels; ++level)
            pattern = "{queued, plural, other{" + pattern + "}}";
        return pattern;
    };

    BOOST_TEST(faults_of(nested(8)).empty());
    BOOST_TEST(
        faults_of(nested(9)) == std::vector<std::string>{"183: nested deeper than 8 levels"},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(what_is_too_large_is_refused_at_once)
{
    std::string many;
    for (int i = 0; i < 201; ++i)
        many += "{sent}";
    std::string deep;
    for (int i = 0; i < 300; ++i)
        deep += "{sent, plural, other{";
    const auto start = std::chrono::steady_clock::now();

    BOOST_TEST(faults_of(std::string(8192, 'x')).empty());
    BOOST_TEST(
        faults_of(std::string(8193, 'x'))
            == std::vector<std::string>{"0: a text of 8193 bytes; at most 8192 are read"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        faults_of(many) == std::vector<std::string>{"1200: more than 200 variables"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        faults_of(deep) == std::vector<std::string>{"0: a { without its }"}, boost::test_tools::per_element()
    );
    BOOST_TEST(!faults_of(std::string(8192, '{')).empty());
    BOOST_TEST(!faults_of("{queued, number, ." + std::string(8000, '0') + "}").empty());
    BOOST_TEST(!faults_of("{queued, plural, offset:1E999999999 =1E999999999{#} other{#}}").empty());
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_SUITE_END()
