#include "texts/texts.hpp"

#include "texts/message.hpp"
#include "texts/pattern.hpp"

#include <utility>

namespace wechat::texts {
namespace {

constexpr std::array<std::string_view, contact_texts> contact_names{
    "follow_prompt",
    "welcome",
    "on_hold",
    "participants_changed",
    "reply_reminder",
    "on_hold_participants_changed",
    "left",
    "speaker",
};

constexpr std::array<std::string_view, employee_texts> employee_names{
    "welcome",
    "limit_reached",
    "no_reply",
    "reply_due",
    "inactive",
    "queued",
    "resumed",
    "queue_expired",
    "contact_left",
    "contact_unfollowed",
};

static_assert(contact_names[static_cast<std::size_t>(ContactText::speaker)] == "speaker");
static_assert(
    employee_names[static_cast<std::size_t>(EmployeeText::contact_unfollowed)] == "contact_unfollowed"
);

template <class Text>
constexpr std::size_t index(Text text)
{
    return static_cast<std::size_t>(text);
}

using Slot = std::shared_ptr<const Pattern>;

std::vector<PatternFault>
place(Slot& slot, std::optional<std::string_view> pattern, const std::string& locale, bool employee_known)
{
    std::vector<PatternFault> faults;
    if (!pattern) {
        slot.reset();
        return faults;
    }
    auto message = take_apart(*pattern, employee_known, faults);
    if (faults.empty())
        slot = std::make_shared<const Pattern>(*pattern, locale, std::move(message));
    return faults;
}

std::optional<std::string> words_of(const Slot& slot, const Values& values)
{
    return slot ? std::optional{slot->render(values)} : std::nullopt;
}

}  // namespace

std::string_view name_of(ContactText text)
{
    return contact_names[index(text)];
}
std::string_view name_of(EmployeeText text)
{
    return employee_names[index(text)];
}

Catalog::Catalog(std::string locale) : locale_(std::move(locale)) {}
Catalog::Catalog(const Catalog&) = default;
Catalog& Catalog::operator=(const Catalog&) = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

std::vector<PatternFault> Catalog::set(ContactText text, std::optional<std::string_view> pattern)
{
    return place(contact_[index(text)], pattern, locale_, text == ContactText::speaker);
}

std::vector<PatternFault> Catalog::set(EmployeeText text, std::optional<std::string_view> pattern)
{
    return place(employee_[index(text)], pattern, locale_, false);
}

bool Catalog::on(ContactText text) const
{
    return contact_[index(text)] != nullptr;
}
bool Catalog::on(EmployeeText text) const
{
    return employee_[index(text)] != nullptr;
}

std::optional<std::string> Catalog::render(ContactText text, const Values& values) const
{
    return words_of(contact_[index(text)], values);
}

std::optional<std::string> Catalog::render(EmployeeText text, const Values& values) const
{
    return words_of(employee_[index(text)], values);
}

std::size_t Catalog::most_bytes(ContactText text, const Values& fixed, std::size_t max_employee) const
{
    const auto& slot = contact_[index(text)];
    return slot ? slot->most_bytes(fixed, max_employee) : 0;
}

bool Catalog::speaks_of(ContactText text, std::string_view variable) const
{
    const auto& slot = contact_[index(text)];
    return slot && slot->speaks_of(variable);
}

bool Catalog::speaks_of(EmployeeText text, std::string_view variable) const
{
    const auto& slot = employee_[index(text)];
    return slot && slot->speaks_of(variable);
}

}  // namespace wechat::texts
