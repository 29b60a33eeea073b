#include "sample.hpp"

#include <thread>

using namespace wechat::texts;

BOOST_AUTO_TEST_SUITE(words_from_a_pattern)

BOOST_AUTO_TEST_CASE(numbers_come_from_the_policy_in_digits_or_spelled_out)
{
    const auto values = default_values();

    BOOST_TEST(say("{employee_messages} of {system_budget, number, integer}", values) == "3 of 4");
    BOOST_TEST(say("{employee_messages, spellout} messages", values) == "three messages");
    BOOST_TEST(say("{employee_messages, spellout}条消息", values, "zh-Hans") == "三条消息");
}

BOOST_AUTO_TEST_CASE(every_variable_has_its_own_value)
{
    const Values values{"c", "e", 1, 2, 3, 4, 5, 6, 7, 8, 9, "l"};

    BOOST_TEST(
        say("{customer}{employee}{employee_messages}{system_budget}{remind_hours}{window_hours}{hours_left}{"
            "queued}"
            "{sent}{waiting}{queue_max}{leave_keyword}",
            values)
        == "ce123456789l"
    );
}

BOOST_AUTO_TEST_CASE(plural_and_select_choose_a_branch)
{
    auto values = default_values();
    constexpr auto pattern = "{queued, plural, offset:1 =0{none} =1{one} one{# more} other{# more!}}";

    values.queued = 0;
    BOOST_TEST(say(pattern, values) == "none");
    values.queued = 2;
    BOOST_TEST(say(pattern, values) == "1 more");
    values.queued = 5;
    BOOST_TEST(say(pattern, values) == "4 more!");
    BOOST_TEST(say("{queued, selectordinal, one{#st} two{#nd} few{#rd} other{#th}}", values) == "5th");
    BOOST_TEST(say("{employee, select, Ana{Dr. Ana} other{{employee}}}", values) == "Dr. Ana");
}

BOOST_AUTO_TEST_CASE(apostrophes_quote_as_icu_does_by_default)
{
    const auto values = default_values();

    BOOST_TEST(say("It's {employee}'s, '{employee}' it''s", values) == "It's Ana's, {employee} it's");
    BOOST_TEST(say("'}' and '{''", values) == "} and {'");
}

BOOST_AUTO_TEST_CASE(a_value_is_never_read_as_a_pattern)
{
    auto values = default_values();
    values.employee = "{queued} '{' # 王";

    BOOST_TEST(say("{employee}: ", values) == "{queued} '{' # 王: ");
}

BOOST_AUTO_TEST_CASE(a_text_switched_off_says_nothing)
{
    auto catalog = with("Hello");

    BOOST_TEST(catalog.on(ContactText::welcome));
    BOOST_TEST(!catalog.on(ContactText::on_hold));
    BOOST_TEST(!catalog.render(ContactText::on_hold, {}).has_value());
    BOOST_TEST(catalog.set(ContactText::welcome, std::nullopt).empty());
    BOOST_TEST(!catalog.on(ContactText::welcome));
    BOOST_TEST(catalog.most_bytes(ContactText::welcome, {}, 64) == 0U);
}

BOOST_AUTO_TEST_CASE(a_refused_pattern_leaves_the_text_as_it_was)
{
    auto catalog = with("Hello");

    BOOST_TEST(!catalog.set(ContactText::welcome, "{nobody}").empty());
    BOOST_TEST(catalog.render(ContactText::welcome, {}).value() == "Hello");
}

BOOST_AUTO_TEST_CASE(a_catalog_knows_of_what_its_texts_speak)
{
    const auto catalog = with("{queued, plural, one{To end, send {leave_keyword}} other{#}}");

    BOOST_TEST(catalog.speaks_of(ContactText::welcome, "queued"));
    BOOST_TEST(catalog.speaks_of(ContactText::welcome, "leave_keyword"));
    BOOST_TEST(!catalog.speaks_of(ContactText::welcome, "customer"));
    BOOST_TEST(!catalog.speaks_of(ContactText::left, "queued"));
}

BOOST_AUTO_TEST_CASE(many_threads_may_render_one_text)
{
    const auto catalog =
        with("{queued, plural, one{# of {queue_max, spellout}} other{# of {queue_max, spellout}}}");
    std::array<std::string, 4> said;

    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < said.size(); ++i)
        threads.emplace_back([&catalog, &words = said[i], i] {
            auto values = default_values();
            values.queued = static_cast<std::int64_t>(i);
            for (int times = 0; times < 50; ++times)
                words = catalog.render(ContactText::welcome, values).value();
        });
    for (auto& thread : threads)
        thread.join();

    BOOST_TEST(
        said == (std::array<std::string, 4>{"0 of ten", "1 of ten", "2 of ten", "3 of ten"}),
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()
