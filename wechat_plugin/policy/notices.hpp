/// What the employees are told (notices), and what becomes of their messages (reports).
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/rules.hpp"

#include <map>
#include <span>
#include <string>

namespace wechat::policy {

/// What a text may say of this conversation now.
[[nodiscard]] texts::Values values_of(const Rules& rules, const Conversation& conversation);

void tell(texts::EmployeeText key, const Rules& rules, const Conversation& conversation, Effects& effects);

// Each at most once per window.
void tell_limit_reached(const Rules& rules, Conversation& conversation, Effects& effects);          // S2
void tell_inactive(const Rules& rules, Conversation& conversation, Effects& effects);               // R6
void tell_queued(Reason reason, const Rules& rules, Conversation& conversation, Effects& effects);  // Q2

void report(std::span<const Message> messages, State state, Effects& effects);
void remark(std::string code, std::map<std::string, std::string> data, Effects& effects);

}  // namespace wechat::policy
