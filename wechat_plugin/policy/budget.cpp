#include "policy/budget.hpp"

#include <algorithm>

namespace wechat::policy {

bool window_open(const Rules& rules, const Conversation& conversation, Time now)
{
    return conversation.last_message && !conversation.closed_by_wechat
        && now < *conversation.last_message + rules.platform.window - rules.margin;
}

int free_slots(const Rules& rules, const Conversation& conversation)
{
    const int kept = conversation.prompted ? 0 : kept_slots(rules);
    return std::max(0, rules.platform.messages - conversation.slots_used - kept);
}

int share_left(const Rules& rules, const Conversation& conversation)
{
    const int unsent = std::max(0, rules.employee_messages - conversation.employee_sent);
    return std::min(unsent, free_slots(rules, conversation));
}

bool share_used_up(const Rules& rules, const Conversation& conversation)
{
    return share_left(rules, conversation) == 0;
}

bool can_announce(const Rules& rules, const Conversation& conversation, Time now)
{
    return window_open(rules, conversation, now) && !conversation.announced
        && free_slots(rules, conversation) > 0;
}

}  // namespace wechat::policy
