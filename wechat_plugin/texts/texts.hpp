/// The automatic texts of one customer in one locale: ICU patterns in, words out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::texts {

/// Texts to the contact: announcements, prompts and the speaker's prefix. Named as the file's keys (policy.md 9).
enum class ContactText {
    follow_prompt,                 // O2
    welcome,                       // O3
    on_hold,                       // R3
    participants_changed,          // P1, Q3
    reply_reminder,                // R4
    on_hold_participants_changed,  // R5
    left,                          // L1
    speaker,                       // S6: stands before an employee's text
};

/// Notices: texts to the employees; they cost no slot.
enum class EmployeeText {
    welcome,             // O3
    limit_reached,       // S2
    no_reply,            // R2
    reply_due,           // R2
    inactive,            // R6
    queued,              // Q2
    resumed,             // Q3
    queue_expired,       // Q5
    contact_left,        // L1
    contact_unfollowed,  // U1
};

inline constexpr std::size_t contact_texts = 8;
inline constexpr std::size_t employee_texts = 10;

/// The text's key: "on_hold_participants_changed".
[[nodiscard]] std::string_view name_of(ContactText text);
[[nodiscard]] std::string_view name_of(EmployeeText text);

/// What a text may speak of; the names are the variables of policy.md 9.
struct Values {
    std::string customer = {};
    std::string employee = {};           // of contact.speaker only
    std::int64_t employee_messages = 0;  // B1
    std::int64_t system_budget = 0;      // employee_messages + 1
    std::int64_t remind_hours = 0;       // R1
    std::int64_t window_hours = 0;       // W1
    std::int64_t hours_left = 0;         // window - reminder
    std::int64_t queued = 0;             // messages that wait now
    std::int64_t sent = 0;               // messages of the employees in this window
    std::int64_t waiting = 0;            // of the queue, those that stay behind when it is drained (Q3)
    std::int64_t queue_max = 0;          // Q1
    std::string leave_keyword = {};      // the first of the customer's
};

/// A pattern, compiled. Copies share it; any thread may render it.
class Pattern;

/// What is wrong with a pattern, and at which byte of it.
struct PatternFault {
    std::size_t offset = 0;
    std::string text = {};
};

/// The texts of one customer in his locale, compiled. Immutable; any thread may render.
class Catalog {
public:
    /// locale: an ICU locale id, "en" or "zh-Hans": plural rules and numbers spelled out follow it.
    explicit Catalog(std::string locale);
    Catalog(const Catalog&);
    Catalog& operator=(const Catalog&);
    Catalog(Catalog&&) noexcept;
    Catalog& operator=(Catalog&&) noexcept;
    ~Catalog();

    /// Compiles and sets one text; nothing: it is switched off. Gives all its faults, and then changes nothing.
    ///
    /// Faults of a pattern: broken syntax, an unknown variable, a variable that this text has not, a format other than
    /// number (style integer or none), spellout, plural, selectordinal and select, plural or select without `other`,
    /// nothing but white space, a control character, not UTF-8, over 8 KiB, nested or repeated beyond reason.
    [[nodiscard]] std::vector<PatternFault> set(ContactText text, std::optional<std::string_view> pattern);
    [[nodiscard]] std::vector<PatternFault> set(EmployeeText text, std::optional<std::string_view> pattern);

    [[nodiscard]] bool on(ContactText text) const;
    [[nodiscard]] bool on(EmployeeText text) const;

    /// The words, UTF-8; nothing: this text is switched off.
    [[nodiscard]] std::optional<std::string> render(ContactText text, const Values& values) const;
    [[nodiscard]] std::optional<std::string> render(EmployeeText text, const Values& values) const;

    /// The most bytes the text can have: fixed holds what one customer's file fixes (customer, leave_keyword and the
    /// numbers of the policy); queued, sent and waiting run from 0 to the larger of queue_max and employee_messages;
    /// employee counts as max_employee bytes. 0 for a text that is switched off.
    [[nodiscard]] std::size_t
    most_bytes(ContactText text, const Values& fixed, std::size_t max_employee) const;

    /// Whether the text names the variable, in any of its branches.
    [[nodiscard]] bool speaks_of(ContactText text, std::string_view variable) const;
    [[nodiscard]] bool speaks_of(EmployeeText text, std::string_view variable) const;

    [[nodiscard]] const std::string& locale() const { return locale_; }

private:
    std::string locale_;
    std::array<std::shared_ptr<const Pattern>, contact_texts> contact_;
    std::array<std::shared_ptr<const Pattern>, employee_texts> employee_;
};

/// The locales in which texts are built in.
inline constexpr std::array<std::string_view, 2> built_in_locales{"en", "zh-Hans"};

/// The built-in texts of a locale ("en", "zh-Hans"); nothing: none are built in.
[[nodiscard]] const Catalog* built_in(std::string_view locale);

/// The patterns behind them, as they would stand in a customer's file.
[[nodiscard]] std::optional<std::string_view> built_in_pattern(std::string_view locale, ContactText text);
[[nodiscard]] std::optional<std::string_view> built_in_pattern(std::string_view locale, EmployeeText text);

}  // namespace wechat::texts
