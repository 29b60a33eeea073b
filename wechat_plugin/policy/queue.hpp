/// Messages that wait for the contact (policy.md 6).
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/rules.hpp"

#include <vector>

namespace wechat::policy {

/// Puts a message at the queue's end. Its bound is for who asks (Q1).
void enqueue(
    const Message& message, Reason reason, const Rules& rules, Conversation& conversation, Effects& effects
);

/// What was on its way and cannot go returns to the queue's head, in its order, whatever the queue's bound; automatic
/// texts are dropped (A2, A3, R6). Messages that nobody may send any more are discarded (P3, L1, U1).
///
/// why  what each report says: the reason, and the platform's errcode and words if it was the platform
void return_to_queue(
    const std::vector<Outgoing>& returning,
    const Report& why,
    const Rules& rules,
    Conversation& conversation,
    Effects& effects
);

/// Sends what waits and may go: first in, first out, up to the employees' share (Q3), merged if so ruled (Q4).
void drain(const Rules& rules, Conversation& conversation, Time now, Effects& effects);

/// Takes out what has waited too long; it is told once for all of them (Q5).
void expire(const Rules& rules, Conversation& conversation, Time now, Effects& effects);

/// P3: those of employees who do not take part any more.
void discard_queued_of_others(Conversation& conversation, Effects& effects);

/// L1, U1: all that waits, and all that is on its way and has not started.
void discard_all(Conversation& conversation, Effects& effects);

/// Whether a message has no conversation any more into which it could go (P3, L1, U1).
[[nodiscard]] bool orphaned(const Message& message, const Conversation& conversation);

}  // namespace wechat::policy
