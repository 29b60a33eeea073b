#include "policy/capability.hpp"

#include "policy/budget.hpp"
#include "policy/sending.hpp"

namespace wechat::policy {

namespace {

std::string in_words(Duration left)
{
    const auto minutes = std::chrono::floor<std::chrono::minutes>(left).count();
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string what_is_used(const Rules& rules, const Conversation& conversation)
{
    if (conversation.refused_for_slots)
        return "WeChat takes no more";  // A2
    return std::to_string(conversation.employee_sent) + " of " + std::to_string(rules.employee_messages)
         + " used";
}

}  // namespace

Capability capability(const Rules& rules, const Conversation& conversation, const Message& message, Time now)
{
    const auto ruling = rule_on(message, rules, conversation, now);
    const bool open = conversation.phase == Phase::open && window_open(rules, conversation, now);
    Capability answer{
        .verdict = ruling.verdict,
        .reason = ruling.reason,
        .words = words_for(ruling.reason, message, rules, conversation),
    };
    if (open) {
        answer.slots_left = share_left(rules, conversation);
        answer.window_ends = *conversation.last_message + rules.platform.window;
    }
    return answer;
}

std::string why_waiting(const Rules& rules, const Conversation& conversation, Time now)
{
    if (conversation.queue.empty())
        return {};
    const std::string freed = "; freed by the contact's next message";
    if (!window_open(rules, conversation, now))
        return "waits: the window is closed" + freed;
    const auto left = *conversation.last_message + rules.platform.window - now;
    return "waits: " + what_is_used(rules, conversation) + freed + "; window closes in " + in_words(left);
}

}  // namespace wechat::policy
