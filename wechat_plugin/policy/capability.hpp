/// What would become of a message now, and why something waits: answers for hosts and people; nothing changes.
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/rules.hpp"

#include <optional>
#include <string>

namespace wechat::policy {

struct Capability {
    enum class Verdict { send, queue, refuse };
    Verdict verdict = Verdict::send;
    Reason reason = Reason::none;
    int cost = 1;
    int slots_left = 0;  // of the employees' share
    std::optional<Time> window_ends = {};
    std::string words = {};  // for a person
};

/// Says what EmployeeSent would lead to. The same functions decide there, so the two cannot disagree.
[[nodiscard]] Capability
capability(const Rules& rules, const Conversation& conversation, const Message& message, Time now);

/// Why messages wait, what frees them and when the window closes, in a sentence; empty: nothing waits.
///
/// "waits: 3 of 3 used; freed by the contact's next message; window closes in 5 h 12 min"
[[nodiscard]] std::string why_waiting(const Rules& rules, const Conversation& conversation, Time now);

}  // namespace wechat::policy
