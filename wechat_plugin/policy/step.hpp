/// The policy's one door: what follows from an event. No clock, no socket, no log, no random.
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/event.hpp"
#include "policy/rules.hpp"

#include <optional>

namespace wechat::policy {

struct Decision {
    Conversation conversation = {};
    Effects effects = {};
};

/// Decides what follows from an event, for one conversation, at one moment.
///
/// Effects stand in the order in which they are to be seen within each of three streams: what the contact gets, what
/// the employees get, each message's own states. Cannot fail; deterministic.
[[nodiscard]] Decision step(const Rules& rules, Conversation conversation, const Event& event, Time now);

/// When a Tick is due; nothing: only somebody's doing can change this conversation. May lie in the past.
[[nodiscard]] std::optional<Time> wake_at(const Rules& rules, const Conversation& conversation);

}  // namespace wechat::policy
