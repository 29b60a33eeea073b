/// What follows from each event: one function an event, in the file of its section of policy.md.
#pragma once

#include "policy/conversation.hpp"
#include "policy/effect.hpp"
#include "policy/event.hpp"
#include "policy/rules.hpp"

namespace wechat::policy {

// opening.cpp
void on(const ContactWrote&, const Rules&, Conversation&, Time now, Effects&);
void on(const ContactFollowed&, const Rules&, Conversation&, Time now, Effects&);
void on(const ContactDid&, const Rules&, Conversation&, Time now, Effects&);
// leaving.cpp
void on(const ContactUnfollowed&, const Rules&, Conversation&, Time now, Effects&);
// sending.cpp
void on(const EmployeeSent&, const Rules&, Conversation&, Time now, Effects&);
// queue.cpp
void on(const EmployeeCancelled&, const Rules&, Conversation&, Time now, Effects&);
// participants.cpp
void on(const ParticipantsSet&, const Rules&, Conversation&, Time now, Effects&);
// starting.cpp
void on(const AttemptStarting&, const Rules&, Conversation&, Time now, Effects&);
void on(const AttemptPutOff&, const Rules&, Conversation&, Time now, Effects&);
// answers.cpp
void on(const AttemptEnded&, const Rules&, Conversation&, Time now, Effects&);
// silence.cpp
void on(const Tick&, const Rules&, Conversation&, Time now, Effects&);

}  // namespace wechat::policy
