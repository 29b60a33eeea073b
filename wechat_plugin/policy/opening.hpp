/// A message of the contact opens a window (W1), and starts everything anew (R7).
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"

namespace wechat::policy {

/// Starts a window at the contact's message. What is on its way counts in it, because WeChat may count it there:
/// rather a slot too few than one too many. Texts that the message has overtaken are dropped.
void open_window(Time at, Conversation& conversation, Effects& effects);

}  // namespace wechat::policy
