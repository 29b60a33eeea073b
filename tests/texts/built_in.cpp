#include "base/utf8.hpp"
#include "sample.hpp"

using namespace wechat::texts;

namespace {

constexpr std::array locales{"en", "zh-Hans"};

template <class Text, std::size_t size>
std::array<Text, size> all()
{
    std::array<Text, size> texts = {};
    for (std::size_t i = 0; i < size; ++i)
        texts[i] = static_cast<Text>(i);
    return texts;
}

const auto contact = all<ContactText, contact_texts>();
const auto employee = all<EmployeeText, employee_texts>();

std::string said(const char* locale, auto text, const Values& values)
{
    return built_in(locale)->render(text, values).value();
}

bool says(const std::string& words, std::string_view part)
{
    return words.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_built_in_texts)

BOOST_AUTO_TEST_CASE(each_locale_has_every_text)
{
    for (const auto* locale : locales) {
        for (const auto text : contact)
            BOOST_TEST(built_in(locale)->on(text), locale << ' ' << name_of(text));
        for (const auto text : employee)
            BOOST_TEST(built_in(locale)->on(text), locale << ' ' << name_of(text));
    }
    BOOST_TEST(built_in("de") == nullptr);
    BOOST_TEST(!built_in_pattern("de", ContactText::left).has_value());
}

BOOST_AUTO_TEST_CASE(the_catalog_says_what_the_patterns_say)
{
    for (const auto* locale : locales) {
        Catalog copy{locale};
        for (const auto text : contact) {
            BOOST_TEST(
                copy.set(text, built_in_pattern(locale, text)).empty(), locale << ' ' << name_of(text)
            );
            BOOST_TEST(copy.render(text, default_values()).value() == said(locale, text, default_values()));
        }
        for (const auto text : employee) {
            BOOST_TEST(
                copy.set(text, built_in_pattern(locale, text)).empty(), locale << ' ' << name_of(text)
            );
            BOOST_TEST(copy.render(text, default_values()).value() == said(locale, text, default_values()));
        }
    }
}

BOOST_AUTO_TEST_CASE(texts_to_the_contact_stay_under_600_bytes, *boost::unit_test::label("S5"))
{
    auto values = default_values();
    values.queue_max = 1000;
    for (const auto* locale : locales)
        for (const auto text : contact)
            BOOST_TEST(
                built_in(locale)->most_bytes(text, values, 128) < 600U, locale << ' ' << name_of(text)
            );
}

BOOST_AUTO_TEST_CASE(no_text_has_space_around_it_but_the_speakers_prefix)
{
    for (const auto* locale : locales) {
        BOOST_TEST(said(locale, ContactText::speaker, default_values()) == "Ana: ");
        for (const auto text : contact) {
            const auto words = said(locale, text, default_values());
            BOOST_TEST((text == ContactText::speaker || words == wechat::trimmed(words)));
        }
        for (const auto text : employee) {
            const auto words = said(locale, text, default_values());
            BOOST_TEST(words == wechat::trimmed(words));
        }
    }
}

BOOST_AUTO_TEST_CASE(
    the_number_of_messages_is_the_policys, *boost::unit_test::label("B1") * boost::unit_test::label("S2")
)
{
    auto values = default_values();

    BOOST_TEST(
        said("en", EmployeeText::limit_reached, values)
        == "The contact has not yet answered the last three messages. Further messages will wait until the "
           "contact "
           "replies."
    );
    BOOST_TEST(
        said("zh-Hans", EmployeeText::limit_reached, values)
        == "已连续发送三条消息，客户尚未回复。后续消息将等待客户回复后再发送。"
    );
    values.employee_messages = 2;
    BOOST_TEST(says(said("zh-Hans", ContactText::on_hold, values), "发送两条消息"));
    values.employee_messages = 1;
    BOOST_TEST(says(said("en", ContactText::on_hold, values), "sent you a message and"));
}

BOOST_AUTO_TEST_CASE(the_welcome_names_the_way_out, *boost::unit_test::label("O3"))
{
    for (const auto* locale : locales)
        BOOST_TEST(says(said(locale, ContactText::welcome, default_values()), "#LEAVE"));
}

BOOST_AUTO_TEST_CASE(hours_are_the_policys, *boost::unit_test::label("R2") * boost::unit_test::label("R6"))
{
    auto values = default_values();
    values.remind_hours = 30;
    values.hours_left = 18;
    for (const auto* locale : locales) {
        BOOST_TEST(says(said(locale, EmployeeText::no_reply, values), "30"));
        BOOST_TEST(says(said(locale, EmployeeText::no_reply, values), "18"));
        BOOST_TEST(says(said(locale, EmployeeText::reply_due, values), "30"));
        BOOST_TEST(says(said(locale, EmployeeText::reply_due, values), "18"));
        BOOST_TEST(says(said(locale, EmployeeText::inactive, values), "48"));
    }
}

BOOST_AUTO_TEST_CASE(no_waiting_is_promised_where_nothing_is_queued, *boost::unit_test::label("Q1"))
{
    auto values = default_values();
    values.queue_max = 0;

    BOOST_TEST(
        says(said("en", EmployeeText::limit_reached, values), "Nothing more can be sent until the contact")
    );
    BOOST_TEST(says(said("zh-Hans", EmployeeText::inactive, values), "无法继续发送消息"));
}

BOOST_AUTO_TEST_CASE(what_is_resumed_is_counted, *boost::unit_test::label("Q3"))
{
    auto values = default_values();
    values.sent = 1;
    values.waiting = 0;
    BOOST_TEST(
        said("en", EmployeeText::resumed, values)
        == "The contact has written: one waiting message is being sent."
    );

    values.sent = 3;
    values.waiting = 2;
    BOOST_TEST(
        said("en", EmployeeText::resumed, values)
        == "The contact has written: 3 waiting messages are being sent, and 2 are still waiting."
    );
    BOOST_TEST(
        said("zh-Hans", EmployeeText::resumed, values)
        == "客户已发来消息：正在发送等待中的 3 条消息，另有 2 条仍在等待。"
    );
}

BOOST_AUTO_TEST_SUITE_END()
