/// May an employee's message go, must it wait, or is it refused? Asked by EmployeeSent and by capability alike.
#pragma once

#include "policy/capability.hpp"

namespace wechat::policy {

struct Ruling {
    Capability::Verdict verdict = Capability::Verdict::send;
    Reason reason = Reason::none;
};

[[nodiscard]] Ruling
rule_on(const Message& message, const Rules& rules, const Conversation& conversation, Time now);

/// Why a message that nothing forbids must wait (S3, S4); nothing: it may go.
[[nodiscard]] std::optional<Reason>
why_queued(const Rules& rules, const Conversation& conversation, Time now);

/// The ruling for people, in a sentence; never the message itself.
[[nodiscard]] std::string
words_for(Reason reason, const Message& message, const Rules& rules, const Conversation& conversation);

}  // namespace wechat::policy
