#include "config/messages.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace wechat::config {
namespace {

using texts::Catalog;
using texts::ContactText;
using texts::EmployeeText;

template <class Text>
void set_text(const Reader& in, Catalog& catalog, Text text)
{
    if (in.node().kind == Node::Kind::null) {
        static_cast<void>(catalog.set(text, std::nullopt));  // switching off has no faults
        return;
    }
    if (in.node().kind != Node::Kind::scalar) {
        in.expected("a text, or null to send none");
        return;
    }
    for (const auto& fault : catalog.set(text, in.node().text))
        in.complain_at(place_in(in.source(), in.node(), fault.offset), "bad_text", fault.text);
}

template <auto text>
constexpr auto sets = [](const Reader& in, Catalog& catalog) { set_text(in, catalog, text); };

template <auto text>
Key<Catalog> row(std::string_view sentence)
{
    return {.name = texts::name_of(text), .sentence = sentence, .read = sets<text>};
}

const std::array contact_rows{
    row<ContactText::follow_prompt>("When the contact follows the account: asks for a first message (O2)."),
    row<ContactText::welcome>("When the first message opens the conversation; names the way out of it (O3)."),
    row<ContactText::on_hold>(
        "When the employees' messages are used up and the contact stays silent: asks for a reply (R3)."
    ),
    row<ContactText::participants_changed>("When other employees take part than before (P1)."),
    row<ContactText::reply_reminder>(
        "When the contact stays silent and does not know of other employees yet (R4)."
    ),
    row<ContactText::on_hold_participants_changed>("on_hold and reply_reminder in one text (R5)."),
    row<ContactText::left>("When the contact has left the conversation (L1)."),
    row<ContactText::speaker>(
        "Stands before an employee's text where two or more take part (S6); speaks of {employee}."
    ),
};

const std::array employee_rows{
    row<EmployeeText::welcome>("When a conversation opens (O3)."),
    row<EmployeeText::limit_reached>(
        "When the last message that may be sent without an answer has gone out (S2)."
    ),
    row<EmployeeText::no_reply>("When the contact has not answered for remind_after (R2)."),
    row<EmployeeText::reply_due>("When nobody has answered the contact for remind_after (R2)."),
    row<EmployeeText::inactive>("When the window has closed (R6)."),
    row<EmployeeText::queued>("When the first message waits (Q2)."),
    row<EmployeeText::resumed>(
        "When the contact has written, and what waited is being sent (Q3); speaks of {sent} and {waiting}."
    ),
    row<EmployeeText::queue_expired>("When messages have waited for too long (Q5)."),
    row<EmployeeText::contact_left>("When the contact has left the conversation (L1)."),
    row<EmployeeText::contact_unfollowed>("When the contact no longer follows the account (U1)."),
};

static_assert(contact_rows.size() == texts::contact_texts && employee_rows.size() == texts::employee_texts);

template <class Text, std::size_t count>
std::array<Text, count> every()
{
    std::array<Text, count> all = {};
    for (std::size_t i = 0; i < count; ++i)
        all[i] = static_cast<Text>(i);
    return all;
}

constexpr std::array locale_rows{
    Key<Catalog>{
        "contact",
        "Texts to the contact.",
        [](const Reader& in, Catalog& catalog) { in.keys(contact_keys(), catalog); },
    },
    Key<Catalog>{
        "employee",
        "Texts to the employees; they cost no slot.",
        [](const Reader& in, Catalog& catalog) { in.keys(employee_keys(), catalog); },
    },
};

// S5, told when the file is loaded, not when the contact waits for the text.
void check_lengths(const Reader& in, const Catalog& catalog, const policy::Rules& rules)
{
    const auto* const contact = in.node().find("contact");
    if (!contact)
        return;
    const auto values = policy::values_of(rules);
    for (const auto text : every<ContactText, texts::contact_texts>()) {
        const auto* const node = contact->find(texts::name_of(text));
        if (!node)
            continue;
        const auto bytes = catalog.most_bytes(text, values, longest_employee);
        if (bytes > policy::text_limit)
            in.of(*node).complain(
                "bad_text",
                "this text can have " + std::to_string(bytes) + " bytes; WeChat takes at most "
                    + std::to_string(policy::text_limit)
            );
    }
}

template <class Text>
std::string path_of(Text text)
{
    constexpr bool to_contact = std::is_same_v<Text, ContactText>;
    return (to_contact ? "contact." : "employee.") + std::string{texts::name_of(text)};
}

// Calls with each text of either kind.
void for_each_text(const auto& call)
{
    std::ranges::for_each(every<ContactText, texts::contact_texts>(), call);
    std::ranges::for_each(every<EmployeeText, texts::employee_texts>(), call);
}

const Node& node_of(const Reader& section, auto text)
{
    constexpr bool to_contact = std::is_same_v<decltype(text), ContactText>;
    return section.node().nearest({to_contact ? "contact" : "employee", texts::name_of(text)});
}

// A locale that is not built in has no texts but these.
void check_complete(const Reader& in, std::size_t locale_at, std::string_view locale)
{
    std::string missing;
    for_each_text([&](auto text) {
        const auto* const kind =
            in.node().find(std::is_same_v<decltype(text), ContactText> ? "contact" : "employee");
        if (!kind || !kind->find(texts::name_of(text)))
            missing += (missing.empty() ? "" : ", ") + path_of(text);
    });
    if (!missing.empty())
        in.complain_at(
            locale_at,
            "missing_key",
            "no texts are built in for the locale \"" + std::string{locale}
                + "\", and these are missing: " + missing
        );
}

// Where each text of a section stands.
void note_origins(const Reader& in, texts::Wording& wording)
{
    for (const auto& [audience, section] : in.node().entries) {
        for (const auto& [key, value] : section.entries) {
            const auto line = static_cast<std::size_t>(in.source().complaint(key.at, {}, {}).line);
            auto pattern = value.kind == Node::Kind::scalar ? std::optional{value.text} : std::nullopt;
            wording.own[audience.text + '.' + key.text] = {line, std::move(pattern)};
        }
    }
}

texts::Wording read_section(const Reader& in, const std::string& locale, const policy::Rules& rules)
{
    const auto* const base = texts::built_in(locale);
    texts::Wording wording{base ? *base : Catalog{locale}};
    in.keys(locale_keys(), wording.catalog);
    check_lengths(in, wording.catalog, rules);
    note_origins(in, wording);
    return wording;
}

texts::Wordings built_in_wordings()
{
    texts::Wordings all;
    for (const auto locale : texts::built_in_locales)
        all.emplace(locale, texts::Wording{*texts::built_in(locale)});
    return all;
}

// Nothing stands where a text names the word by which to leave.
void check_leave_keyword(const Reader& root, const CustomerFile& customer)
{
    if (!customer.rules.leave_keywords.empty())
        return;
    for_each_text([&](auto text) {
        if (!customer.rules.texts->speaks_of(text, "leave_keyword"))
            return;
        const auto* const messages = root.node().find("messages");
        const auto* const section = messages ? messages->find(customer.locale) : nullptr;
        const auto* own = section ? &node_of(root.of(*section), text) : nullptr;
        if (!own || own->kind != Node::Kind::scalar)
            own = &root.node().nearest({"policy", "leave_keywords"});
        root.of(*own).complain(
            "bad_text", path_of(text) + " speaks of {leave_keyword}, but the list leave_keywords is empty"
        );
    });
}

Catalog read_locales(const Reader& root, CustomerFile& customer)
{
    customer.wordings = built_in_wordings();
    const auto* const own = texts::built_in(customer.locale);
    auto catalog = own ? *own : Catalog{customer.locale};
    bool found = own != nullptr;
    const Node none;
    const auto* const given = root.node().find("messages");
    const auto& messages = given ? *given : none;
    if (messages.kind != Node::Kind::map && messages.kind != Node::Kind::nothing)
        root.of(messages).expected("a locale such as en, and its texts");
    for (const auto& [key, value] : messages.entries) {
        if (!is_locale(key.text)) {
            root.of(key).expected("a locale such as en or zh-Hans");
            continue;
        }
        auto read = read_section(root.of(value), key.text, customer.rules);
        const auto& wording = customer.wordings.insert_or_assign(key.text, std::move(read)).first->second;
        if (key.text != customer.locale)
            continue;
        catalog = wording.catalog;
        if (!own)
            check_complete(root.of(value), key.at, key.text);
        found = true;
    }
    if (!found && root.node().find("locale"))
        root.of(root.node().nearest({"locale"}))
            .complain(
                "bad_value",
                "no texts for the locale \"" + customer.locale
                    + "\": write them under messages, or take en or zh-Hans"
            );
    return catalog;
}

}  // namespace

std::span<const Key<Catalog>> locale_keys()
{
    return locale_rows;
}
std::span<const Key<Catalog>> contact_keys()
{
    return contact_rows;
}
std::span<const Key<Catalog>> employee_keys()
{
    return employee_rows;
}

bool is_locale(std::string_view text)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    for (bool language = true;; language = false) {
        const auto part = text.substr(0, text.find('-'));
        const bool fits = language ? part.size() <= 3 && std::ranges::all_of(part, letter)
                                   : part.size() <= 8 && std::ranges::all_of(part, letter_or_digit);
        if (part.size() < 2 || !fits)
            return false;
        if (part.size() == text.size())
            return true;
        text.remove_prefix(part.size() + 1);
    }
}

void read_messages(const Reader& root, CustomerFile& customer)
{
    customer.rules.texts = std::make_shared<const Catalog>(read_locales(root, customer));
    check_leave_keyword(root, customer);
}

}  // namespace wechat::config
