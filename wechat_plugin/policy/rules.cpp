#include "policy/rules.hpp"

#include <algorithm>
#include <array>

namespace wechat::policy {

int kept_slots(const Rules& rules)
{
    using texts::ContactText;
    constexpr std::array prompts{
        ContactText::on_hold, ContactText::reply_reminder, ContactText::on_hold_participants_changed};
    return std::ranges::any_of(prompts, [&](auto prompt) { return rules.texts->on(prompt); }) ? 1 : 0;
}

texts::Values values_of(const Rules& rules)
{
    const auto hours = [](Duration duration) {
        return std::int64_t{std::chrono::floor<std::chrono::hours>(duration).count()};
    };
    return {
        .customer = rules.customer,
        .employee_messages = rules.employee_messages,
        .system_budget = rules.employee_messages + 1,
        .remind_hours = hours(rules.remind_after),
        .window_hours = hours(rules.platform.window),
        .hours_left = hours(rules.platform.window - rules.remind_after),
        .queue_max = rules.queue.max_messages,
        .leave_keyword = rules.leave_keywords.empty() ? std::string{} : rules.leave_keywords.front(),
    };
}

}  // namespace wechat::policy
