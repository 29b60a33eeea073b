#include "policy/budget.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/queue.hpp"

namespace wechat::policy {

using texts::ContactText;

namespace {

// L1, U1: a conversation that has ended sends nothing but the farewell.
bool in_its_conversation(const Outgoing& outgoing, const Conversation& conversation)
{
    return conversation.phase == Phase::open
        || (conversation.phase == Phase::left && outgoing.automatic == ContactText::left);
}

bool grant_lasts(const Outgoing& outgoing, const Conversation& conversation, Time now)
{
    const auto followed = *outgoing.not_after - grant_time;
    const bool has_written = conversation.last_message && *conversation.last_message > followed;
    return now < *outgoing.not_after && !has_written;
}

bool may_start(const Outgoing& outgoing, const Rules& rules, const Conversation& conversation, Time now)
{
    if (!draws_on_window(outgoing))
        return grant_lasts(outgoing, conversation, now);
    return in_its_conversation(outgoing, conversation) && window_open(rules, conversation, now);
}

}  // namespace

void on(
    const AttemptStarting& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects
)
{
    if (!in_the_air(event.attempt, conversation) || conversation.outgoing.front().started)
        return;
    auto& first = conversation.outgoing.front();
    if (may_start(first, rules, conversation, now)) {
        first.started = true;
        effects.push_back(Start{.attempt = event.attempt});
        return;
    }
    // R6: the employees' messages behind it cannot go either; automatic texts are asked about when their turn comes.
    const bool automatic = first.automatic.has_value();
    const auto cannot_go = [&](const Outgoing& outgoing) {
        return automatic ? outgoing.attempt == event.attempt : !outgoing.automatic;
    };
    const auto returning = take_back(cannot_go, conversation, effects);
    return_to_queue(returning, {.reason = Reason::inactive}, rules, conversation, effects);
}

namespace {

// What was put off draws on the present window. A text may find that this one needs no prompt (R7), or has another
// announcement already (B2).
bool still_wanted(const Outgoing& outgoing, const Conversation& conversation)
{
    if (!in_its_conversation(outgoing, conversation))
        return false;
    const bool overtaken = is_prompt(outgoing) || (is_announcement(outgoing) && conversation.announced);
    return of_this_window(outgoing, conversation) || !overtaken;
}

}  // namespace

// A5: it has not happened, and will be started again; unless it has lost its sense meanwhile (L1, U1).
void on(const AttemptPutOff& event, const Rules& rules, Conversation& conversation, Time, Effects& effects)
{
    if (!in_the_air(event.attempt, conversation))
        return;
    auto& first = conversation.outgoing.front();
    first.started = false;
    if (!draws_on_window(first))
        return;
    if (still_wanted(first, conversation)) {
        first.window = conversation.window;
        conversation.announced = conversation.announced || is_announcement(first);
        return;
    }
    const auto is_first = [&](const Outgoing& outgoing) { return outgoing.attempt == event.attempt; };
    const auto returning = take_back(is_first, conversation, effects);
    return_to_queue(returning, {.reason = Reason::inactive}, rules, conversation, effects);
}

}  // namespace wechat::policy
