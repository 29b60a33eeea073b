/// What is on its way to the contact: one line per conversation, of which only the first is in the pump's hands (S7).
///
/// Whatever stands in the line has been counted: its slot, and of employees' messages their share (B1, B5).
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/rules.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::policy {

[[nodiscard]] bool is_prompt(const Outgoing& outgoing);        // B3: uses the kept slot
[[nodiscard]] bool is_announcement(const Outgoing& outgoing);  // B2
[[nodiscard]] bool tells_change(const Outgoing& outgoing);     // R4, R5, P1: of participants
[[nodiscard]] bool draws_on_window(const Outgoing& outgoing);  // not on a follow's grant (W2)

/// Whether the pump has this attempt: only the first in line is in its hands, any other is over or never was.
[[nodiscard]] bool in_the_air(std::uint64_t attempt, const Conversation& conversation);

/// Whether it draws on the present window, not on one that a message of the contact has replaced since.
[[nodiscard]] bool of_this_window(const Outgoing& outgoing, const Conversation& conversation);

/// Whether the contact reads it as text: a text, or a place, which becomes one.
[[nodiscard]] bool reads_as_text(const Message& message);

/// What stands before this employee's text (S6); empty: nothing does.
[[nodiscard]] std::string
prefix_of(const Rules& rules, const Conversation& conversation, const Employee& sender);

/// Sends employees' messages as one, behind what is on its way.
void send(std::vector<Message> messages, const Rules& rules, Conversation& conversation, Effects& effects);

/// Sends an automatic text, behind what is on its way. One that is switched off costs nothing: the host learns it.
void say(texts::ContactText text, const Rules& rules, Conversation& conversation, Effects& effects);

/// The welcome in the answer to the callback that is being applied (O3); the announcement of B2 all the same.
void answer_with_welcome(const Rules& rules, Conversation& conversation, Effects& effects);

/// Sends contact.follow_prompt, out of the grant that lasts until then (O2, W2).
void say_in_grant(Time until, const Rules& rules, Conversation& conversation, Effects& effects);

/// Hands the first in line to the pump, unless the pump has it.
void hand_out(const Rules& rules, Conversation& conversation, Effects& effects);

/// Slot and share of a send that has not happened are free again (A6).
void give_back(const Outgoing& outgoing, Conversation& conversation);

/// Takes those out of the line, in their order, that have not started; the pump learns it if it has one of them.
[[nodiscard]] std::vector<Outgoing>
take_back(const std::function<bool(const Outgoing&)>& which, Conversation& conversation, Effects& effects);

/// Automatic texts are never queued: they are dropped, and logged (A3).
void drop(const Outgoing& automatic, std::string_view reason, Effects& effects);

}  // namespace wechat::policy
