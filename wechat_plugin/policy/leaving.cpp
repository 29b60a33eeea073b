#include "policy/leaving.hpp"

#include "policy/budget.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/opening.hpp"
#include "policy/outgoing.hpp"
#include "policy/queue.hpp"

#include <algorithm>

namespace wechat::policy {

using texts::ContactText;
using texts::EmployeeText;

void leave(
    const ContactWrote& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects
)
{
    if (conversation.phase != Phase::open) {
        remark("leave_keyword_ignored", {}, effects);  // L2: nothing is open
        return;
    }
    discard_all(conversation, effects);
    open_window(std::min(event.at, now), conversation, effects);
    conversation.phase = Phase::left;
    if (can_announce(rules, conversation, now))
        say(ContactText::left, rules, conversation, effects);
    effects.push_back(Tell{
        .key = EmployeeText::contact_left,
        .text = rules.texts->render(EmployeeText::contact_left, values_of(rules, conversation)),
        .data = {{"keyword", event.text}},
    });
}

void on(const ContactUnfollowed&, const Rules& rules, Conversation& conversation, Time, Effects& effects)
{
    discard_all(conversation, effects);
    if (conversation.phase == Phase::unfollowed)
        return;  // U1: told already
    conversation.phase = Phase::unfollowed;
    tell(EmployeeText::contact_unfollowed, rules, conversation, effects);
}

}  // namespace wechat::policy
