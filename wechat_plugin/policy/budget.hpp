/// What may still be sent in this window: the ledger of policy.md 2, read and never written here.
///
/// An estimate: the platform's answer is the truth (W4).
#pragma once

#include "policy/conversation.hpp"
#include "policy/rules.hpp"

namespace wechat::policy {

/// Whether we may still send: until a margin before WeChat stops (R6), or until WeChat has stopped (A3).
[[nodiscard]] bool window_open(const Rules& rules, const Conversation& conversation, Time now);

/// Slots that anything but the prompt may still use (B3); 0 or more.
[[nodiscard]] int free_slots(const Rules& rules, const Conversation& conversation);

/// Messages that the employees may still send without an answer (B1); 0 or more.
[[nodiscard]] int share_left(const Rules& rules, const Conversation& conversation);
[[nodiscard]] bool share_used_up(const Rules& rules, const Conversation& conversation);

/// Whether this window's one announcement can still be made (B2).
[[nodiscard]] bool can_announce(const Rules& rules, const Conversation& conversation, Time now);

}  // namespace wechat::policy
