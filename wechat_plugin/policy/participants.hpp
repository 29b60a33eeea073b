/// Who takes part, and what the contact has been told of it (policy.md 7, P1 to P3).
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/rules.hpp"

namespace wechat::policy {

/// Whether this sender's messages are the conversation's (O4). The host itself, an empty sender, needs not take part.
[[nodiscard]] bool may_take_part(const Employee& sender, const Conversation& conversation);

/// From now on the participants are known: a change after this one is told (P1).
void settle_participants(Conversation& conversation);

/// Whether the contact does not know, and is not about to learn, who takes part (P1, P2).
[[nodiscard]] bool change_pending(const Conversation& conversation);

/// Tells a pending change by this window's announcement, if that is still to be had (B2).
void tell_change(const Rules& rules, Conversation& conversation, Time now, Effects& effects);

}  // namespace wechat::policy
