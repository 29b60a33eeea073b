#include "sample.hpp"

using namespace wechat::texts;

namespace {

std::size_t most(std::string_view pattern, const Values& fixed, std::string locale = "en")
{
    return with(pattern, ContactText::speaker, std::move(locale)).most_bytes(ContactText::speaker, fixed, 64);
}

// The longest of all sendings: each running number from 0 to queue_max, an employee of 64 bytes.
std::size_t longest(std::string_view pattern, Values values, std::string locale)
{
    const auto catalog = with(pattern, ContactText::speaker, std::move(locale));
    values.employee = std::string(64, 'n');
    std::size_t bytes = 0;
    for (std::int64_t number = 0; number <= values.queue_max; ++number) {
        values.queued = values.sent = values.waiting = number;
        bytes = std::max(bytes, catalog.render(ContactText::speaker, values)->size());
    }
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(how_long_a_text_can_become, *boost::unit_test::label("S5"))

BOOST_AUTO_TEST_CASE(what_the_file_fixes_counts_as_it_is)
{
    const auto values = default_values();

    BOOST_TEST(most("您好", values) == 6U);
    BOOST_TEST(most("{customer} {leave_keyword}", values) == 19U);
    BOOST_TEST(most("{employee_messages, spellout} {window_hours}", values) == 8U);
    BOOST_TEST(most("It''s '{'ours'}' '", values) == std::string_view{"It's {ours} '"}.size());
}

BOOST_AUTO_TEST_CASE(what_runs_counts_as_its_longest)
{
    auto values = default_values();
    values.queue_max = 1000;

    BOOST_TEST(most("{employee}: ", values) == 66U);
    BOOST_TEST(most("{queued}", values) == std::string_view{"1,000"}.size());
    BOOST_TEST(most("{queued, spellout}", values) == std::string_view{"three hundred seventy-three"}.size());
    BOOST_TEST(most("{queued, plural, offset:1000 other{#}}", values) == std::string_view{"-1,000"}.size());
}

BOOST_AUTO_TEST_CASE(of_branches_the_longest_counts)
{
    const auto values = default_values();

    BOOST_TEST(
        most("a{queued, plural, one{bb} other{ccc}}{customer, select, x{dddd} other{}}", values) == 8U
    );
}

BOOST_AUTO_TEST_CASE(employees_messages_can_outnumber_the_queue)
{
    auto values = default_values();
    values.queue_max = 0;
    values.employee_messages = 10;

    BOOST_TEST(most("{sent}", values) == 2U);
}

BOOST_DATA_TEST_CASE(
    no_sending_is_longer_than_the_bound,
    boost::unit_test::data::make({
        "{employee}{queued}{sent}{waiting}",
        "{queued, spellout} {sent, spellout}",
        "{queued, plural, offset:3 =0{nothing at all} one{#} other{# of {queue_max, spellout}}}",
        "{queued, selectordinal, one{#st} two{#nd} few{#rd} other{#th}}",
        "{queued, plural, other{{sent, plural, other{# {employee}}} #}} '{#}' it''s",
        "{employee, select, other{{queued, plural, other{#}} # |}}",
    }) * boost::unit_test::data::make({"en", "zh-Hans", "ar", "de", "hi", "my"}),
    pattern,
    locale
)
{
    auto values = default_values();
    values.queue_max = 120;

    BOOST_TEST(longest(pattern, values, locale) <= most(pattern, values, locale));
}

BOOST_AUTO_TEST_SUITE_END()
