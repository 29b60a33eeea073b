/// The contact leaves (L1, L2).
#pragma once

#include "policy/effect.hpp"
#include "policy/event.hpp"
#include "policy/rules.hpp"

namespace wechat::policy {

/// What follows from a message that is a leave keyword.
void leave(
    const ContactWrote& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects
);

}  // namespace wechat::policy
