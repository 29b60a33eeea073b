#include "policy/notices.hpp"

#include <utility>

namespace wechat::policy {

using texts::EmployeeText;

texts::Values values_of(const Rules& rules, const Conversation& conversation)
{
    auto values = values_of(rules);
    values.queued = std::ssize(conversation.queue);
    values.sent = conversation.employee_sent;
    values.waiting = std::ssize(conversation.queue);
    return values;
}

void tell(EmployeeText key, const Rules& rules, const Conversation& conversation, Effects& effects)
{
    effects.push_back(Tell{.key = key, .text = rules.texts->render(key, values_of(rules, conversation))});
}

void tell_limit_reached(const Rules& rules, Conversation& conversation, Effects& effects)
{
    if (!std::exchange(conversation.told_limit, true))
        tell(EmployeeText::limit_reached, rules, conversation, effects);
}

void tell_inactive(const Rules& rules, Conversation& conversation, Effects& effects)
{
    if (!std::exchange(conversation.told_inactive, true))
        tell(EmployeeText::inactive, rules, conversation, effects);
}

void tell_queued(Reason reason, const Rules& rules, Conversation& conversation, Effects& effects)
{
    if (std::exchange(conversation.told_queued, true))
        return;
    effects.push_back(Tell{
        .key = EmployeeText::queued,
        .text = rules.texts->render(EmployeeText::queued, values_of(rules, conversation)),
        .data = {{"reason", std::string{name_of(reason)}}},
    });
}

void report(std::span<const Message> messages, State state, Effects& effects)
{
    for (const auto& message : messages)
        effects.push_back(Report{.id = message.id, .state = state});
}

void remark(std::string code, std::map<std::string, std::string> data, Effects& effects)
{
    effects.push_back(Remark{.code = std::move(code), .data = std::move(data)});
}

}  // namespace wechat::policy
