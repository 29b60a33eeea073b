#include "sample.hpp"

using namespace wechat;
using namespace wechat::config;
using texts::ContactText;
using texts::EmployeeText;

namespace {

struct Bad {
    std::string_view messages;
    std::string_view complaint;
};

std::ostream& operator<<(std::ostream& out, const Bad& bad)
{
    return out << bad.messages;
}

const std::vector<Bad> bad_messages{
    {"messages: {en: {contact: {welcom: Hi}}}\n", R"(7:27: unknown key "welcom"; did you mean "welcome"?)"},
    {"messages: {en: {contacts: {}}}\n", R"(7:17: unknown key "contacts"; did you mean "contact"?)"},
    {"messages: {english!: {}}\n", R"(7:12: expected a locale such as en or zh-Hans, found "english!")"},
    {"messages: Hello\n", R"(7:11: expected a locale such as en, and its texts, found "Hello")"},
    {"messages: {en: {contact: {welcome: [Hi]}}}\n",
     "7:36: expected a text, or null to send none, found a list"},
    {"messages:\n  en:\n    contact:\n      welcome:\n",
     "10:15: expected a text, or null to send none, found nothing"},
    {"messages: {en: {contact: {welcome: ''}}}\n", "7:37: an empty text; null sends none"},

    // Where in the scalar the fault is, however the scalar is written.
    {"messages:\n  en:\n    contact:\n      welcome: 您好 {nobody}, hello\n",
     "10:20: unknown variable \"nobody\"; there are customer, employee, employee_messages, system_budget, "
     "remind_hours, "
     "window_hours, hours_left, queued, sent, waiting, queue_max, leave_keyword"},
    {"messages:\n  en:\n    contact:\n      welcome: \"Say \\\"hi\\\" \\u4f60 {custmer}\"\n",
     R"(10:36: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages:\n  en:\n    contact:\n      welcome: 'It''s {custmer}'\n",
     R"(10:24: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages:\n  en:\n    contact:\n      welcome: |\n        Hello\n\n        dear {custmer}\n",
     R"(13:15: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages:\n  en:\n    contact:\n      welcome: >- # folded\n        Hello\n        dear  \n        "
     "{custmer}\n",
     R"(13:10: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages:\n  en:\n    contact:\n      welcome: \"Hello\n        dear \\\n        {custmer}\"\n",
     R"(12:10: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages:\n  en:\n    contact:\n      welcome: Hello\n        dear\n\n        {custmer}\n",
     R"(13:10: unknown variable "custmer"; did you mean "customer"?)"},

    // Texts of a locale that is not the customer's are checked, too.
    {"messages: {fr: {contact: {left: \"{custmer}\"}}}\n",
     R"(7:35: unknown variable "custmer"; did you mean "customer"?)"},
    {"messages: {en: {employee: {queued: \"{employee}\"}}}\n",
     R"(7:38: the variable "employee" exists in contact.speaker only)"},
    {"policy: {leave_keywords: []}\n",
     "7:26: contact.welcome speaks of {leave_keyword}, but the list leave_keywords is empty"},
    {"policy: {leave_keywords: []}\nmessages: {en: {contact: {welcome: \"Send {leave_keyword}\"}}}\n",
     "8:36: contact.welcome speaks of {leave_keyword}, but the list leave_keywords is empty"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_automatic_texts)

BOOST_DATA_TEST_CASE(a_bad_one_has_its_line_and_column, bad_messages)
{
    BOOST_TEST(
        with_account(sample.messages) == Lines{std::string{sample.complaint}},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(what_is_left_out_is_built_in_and_null_sends_none)
{
    const auto file =
        customer_with("locale: zh-Hans\n"
                      "messages:\n"
                      "  zh-Hans: {contact: {welcome: 您好！, left: null}, employee: {queued: ~}}\n"
                      "  en: {contact: {on_hold: Not ours}}\n");
    const auto& texts = *file.rules.texts;

    BOOST_TEST(texts.render(ContactText::welcome, {}).value() == "您好！");
    BOOST_TEST(!texts.on(ContactText::left));
    BOOST_TEST(!texts.on(EmployeeText::queued));
    BOOST_TEST(
        texts.render(ContactText::on_hold, {}).value()
        == texts::built_in("zh-Hans")->render(ContactText::on_hold, {}).value()
    );
}

BOOST_AUTO_TEST_CASE(each_locale_is_kept_with_the_lines_of_its_own_texts)
{
    const auto reading = read_customer(
        account_and(
            "messages:\n  zh-Hans:\n    contact:\n      welcome: 您好\n      on_hold: null\n  fr:\n    "
            "employee: {queued: Attente}\n"
        ),
        "harbour-bank.yaml"
    );
    BOOST_REQUIRE(reading.customer.has_value());
    const auto& wordings = reading.customer->wordings;

    BOOST_REQUIRE(wordings.size() == 3U);
    BOOST_TEST(wordings.at("en").own.empty());
    const auto& chinese = wordings.at("zh-Hans");
    BOOST_TEST(own_origin(chinese, ContactText::welcome)->line == 10U);
    BOOST_TEST(*own_origin(chinese, ContactText::welcome)->pattern == "您好");
    BOOST_TEST(own_origin(chinese, ContactText::on_hold)->line == 11U);
    BOOST_TEST(!own_origin(chinese, ContactText::on_hold)->pattern.has_value());
    BOOST_TEST(own_origin(chinese, ContactText::left) == nullptr);
    BOOST_TEST(own_origin(wordings.at("fr"), EmployeeText::queued)->line == 13U);
    BOOST_TEST(reading.customer->rules.texts->locale() == "en");
}

BOOST_AUTO_TEST_CASE(without_leave_keywords_no_text_may_speak_of_one, *boost::unit_test::label("L1"))
{
    const auto file =
        customer_with("policy: {leave_keywords: []}\nmessages: {en: {contact: {welcome: Welcome.}}}\n");

    BOOST_TEST(file.rules.leave_keywords.empty());
}

BOOST_AUTO_TEST_CASE(a_locale_of_ones_own_needs_every_text)
{
    std::string section = "locale: de\nmessages:\n  de:\n    contact:\n";
    for (std::size_t i = 0; i < texts::contact_texts; ++i)
        section += "      " + std::string{name_of(static_cast<ContactText>(i))} + ": Hallo\n";
    section += "    employee:\n";
    for (std::size_t i = 0; i + 1 < texts::employee_texts; ++i)
        section += "      " + std::string{name_of(static_cast<EmployeeText>(i))} + ": ~\n";

    BOOST_TEST(
        with_account(section)
            == Lines{"9:3: no texts are built in for the locale \"de\", and these are missing: "
                     "employee.contact_unfollowed"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        with_account(section + "      contact_unfollowed: Weg\n") == Lines{}, boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(
    a_text_to_the_contact_stays_within_the_limit_whatever_it_says, *boost::unit_test::label("S5")
)
{
    const auto text_of = [](std::size_t bytes) {
        return "messages: {en: {contact: {welcome: \"" + std::string(bytes - 2, 'x') + "{queued}\"}}}\n";
    };
    const auto notice = "messages: {en: {employee: {welcome: \"" + std::string(3000, 'x') + "\"}}}\n";

    BOOST_TEST(with_account(text_of(2048)) == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(
        with_account(text_of(2049))
            == Lines{"7:36: this text can have 2049 bytes; WeChat takes at most 2048"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(with_account(notice) == Lines{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_speakers_name_counts_with_its_longest, *boost::unit_test::label("S6"))
{
    const auto prefix =
        "messages: {en: {contact: {speaker: \"{employee}" + std::string(1800, '.') + "\"}}}\n";

    BOOST_TEST(
        with_account(prefix) == Lines{"7:36: this text can have 2055 bytes; WeChat takes at most 2048"},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()
