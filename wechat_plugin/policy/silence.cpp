#include "policy/budget.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/participants.hpp"
#include "policy/queue.hpp"
#include "policy/step.hpp"

#include <algorithm>

namespace wechat::policy {

using texts::ContactText;
using texts::EmployeeText;

namespace {

// R1; nothing where the window is over by then (R8).
std::optional<Time> reminder_due(const Rules& rules, const Conversation& conversation)
{
    if (conversation.phase != Phase::open || conversation.reminded)
        return std::nullopt;
    const auto due = *conversation.last_message + rules.remind_after;
    return window_open(rules, conversation, due) ? std::optional{due} : std::nullopt;
}

// R6
std::optional<Time> inactivity_due(const Rules& rules, const Conversation& conversation)
{
    if (conversation.phase != Phase::open || conversation.told_inactive)
        return std::nullopt;
    return *conversation.last_message + rules.platform.window;
}

// Q5
std::optional<Time> expiry_due(const Rules& rules, const Conversation& conversation)
{
    if (conversation.queue.empty())
        return std::nullopt;
    return std::ranges::min(conversation.queue, {}, &Message::accepted).accepted + rules.queue.max_age;
}

// R3 to R5; nothing: there is nothing to ask for.
std::optional<ContactText> prompt_for(const Rules& rules, const Conversation& conversation)
{
    const bool on_hold = share_used_up(rules, conversation);
    const bool changed = change_pending(conversation);
    if (on_hold && changed)
        return ContactText::on_hold_participants_changed;
    if (on_hold)
        return ContactText::on_hold;
    if (changed)
        return ContactText::reply_reminder;
    return std::nullopt;
}

void prompt(const Rules& rules, Conversation& conversation, Effects& effects)
{
    const auto text = prompt_for(rules, conversation);
    if (!text)
        return;
    const bool no_slot = conversation.refused_for_slots || conversation.slots_used >= rules.platform.messages;
    if (no_slot && rules.texts->on(*text))
        remark("prompt_skipped", {{"text", std::string{name_of(*text)}}}, effects);  // R5
    else
        say(*text, rules, conversation, effects);
}

void remind(const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    conversation.reminded = true;
    if (!window_open(rules, conversation, now))
        return;  // R8: it fell due while we were down, and is too late now
    tell(
        conversation.employee_reached ? EmployeeText::no_reply : EmployeeText::reply_due,  // R2
        rules,
        conversation,
        effects
    );
    prompt(rules, conversation, effects);
}

}  // namespace

std::optional<Time> wake_at(const Rules& rules, const Conversation& conversation)
{
    const auto silence = earlier(reminder_due(rules, conversation), inactivity_due(rules, conversation));
    return earlier(silence, expiry_due(rules, conversation));
}

// A late tick finds several things due: each is done in the order in which it fell due (R8).
void on(const Tick&, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    for (auto due = wake_at(rules, conversation); due && *due <= now; due = wake_at(rules, conversation)) {
        if (due == reminder_due(rules, conversation))
            remind(rules, conversation, now, effects);
        else if (due == inactivity_due(rules, conversation))
            tell_inactive(rules, conversation, effects);
        else
            expire(rules, conversation, now, effects);
    }
}

}  // namespace wechat::policy
