#include "policy/budget.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/queue.hpp"

#include <algorithm>
#include <utility>

namespace wechat::policy {

using Outcome = AttemptEnded::Outcome;

namespace {

Outgoing take_first(Conversation& conversation)
{
    auto first = std::move(conversation.outgoing.front());
    conversation.outgoing.pop_front();
    return first;
}

bool employees_on_their_way(const Conversation& conversation)
{
    return std::ranges::any_of(conversation.outgoing, [](const auto& outgoing) {
        return !outgoing.automatic;
    });
}

// A1, and A7: as far as slots and notices go, what may have arrived has (B5).
void gone_out(
    const Outgoing& outgoing,
    const Report& how,
    const Rules& rules,
    Conversation& conversation,
    Effects& effects
)
{
    if (outgoing.automatic) {
        const bool uncertain = how.state == State::uncertain;
        effects.push_back(Echo{.key = *outgoing.automatic, .text = outgoing.text, .uncertain = uncertain});
        if (tells_change(outgoing))
            conversation.told_participants = outgoing.tells_of;
        return;
    }
    for (const auto& message : outgoing.messages) {
        effects.push_back(how);
        std::get<Report>(effects.back()).id = message.id;
    }
    if (of_this_window(outgoing, conversation))
        conversation.employee_reached = true;  // R2
    const bool last_of_share = share_used_up(rules, conversation) && !employees_on_their_way(conversation);
    if (conversation.phase == Phase::open && last_of_share)
        tell_limit_reached(rules, conversation, effects);  // S2
}

void send_once_more(Outgoing outgoing, Conversation& conversation)
{
    outgoing.attempt = 0;
    outgoing.started = false;
    outgoing.window = conversation.window;
    conversation.outgoing.push_front(std::move(outgoing));
}

// A7. Only employees' messages are sent again: an automatic text is not worth being read twice.
void uncertain(
    Outgoing outgoing,
    const AttemptEnded& event,
    const Rules& rules,
    Conversation& conversation,
    Time now,
    Effects& effects
)
{
    const bool again = rules.resend_uncertain && !outgoing.sent_again && !outgoing.automatic
                    && conversation.phase == Phase::open && window_open(rules, conversation, now)
                    && free_slots(rules, conversation) > 0;
    if (!again) {
        const Report how{.state = State::uncertain, .words = event.words};
        gone_out(outgoing, how, rules, conversation, effects);
        return;
    }
    ++conversation.slots_used;  // B5: the first try keeps its own
    conversation.employee_reached = conversation.employee_reached || of_this_window(outgoing, conversation);
    outgoing.sent_again = true;
    send_once_more(std::move(outgoing), conversation);
}

// A6
void failed(const Outgoing& outgoing, const AttemptEnded& event, Conversation& conversation, Effects& effects)
{
    give_back(outgoing, conversation);
    if (outgoing.automatic) {
        drop(outgoing, "failed " + std::to_string(event.errcode), effects);
        return;
    }
    for (const auto& message : outgoing.messages)
        effects.push_back(Report{
            .id = message.id,
            .state = State::failed,
            .reason = event.reason,
            .errcode = event.errcode,
            .words = event.words,
            .rid = event.rid,
        });
}

// WeChat spoke of a window that a message of the contact has replaced since. In the new one it may go (W1).
void refused_before(
    Outgoing outgoing, const Report& why, const Rules& rules, Conversation& conversation, Effects& effects
)
{
    const auto lost = [&](const Message& message) { return orphaned(message, conversation); };
    const bool gone = std::ranges::any_of(outgoing.messages, lost);
    if (!outgoing.automatic && !outgoing.sent_again && !gone) {
        send_once_more(std::move(outgoing), conversation);
        return;
    }
    give_back(outgoing, conversation);
    return_to_queue({std::move(outgoing)}, why, rules, conversation, effects);
}

// A2, A3: WeChat knows better than our ledger (W4). Believe it, and lose nothing.
void refused(
    Outgoing outgoing,
    const AttemptEnded& event,
    const Rules& rules,
    Conversation& conversation,
    Effects& effects
)
{
    const bool no_slot = event.outcome == Outcome::no_slot_left;
    const Report why{
        .reason = no_slot ? Reason::on_hold : Reason::inactive,
        .errcode = event.errcode,
        .words = event.words,
        .rid = event.rid,
    };
    if (!draws_on_window(outgoing)) {
        drop(outgoing, name_of(why.reason), effects);  // W2: a grant says nothing of the window
        return;
    }
    if (!of_this_window(outgoing, conversation)) {
        refused_before(std::move(outgoing), why, rules, conversation, effects);
        return;
    }
    give_back(outgoing, conversation);
    std::vector<Outgoing> returning{std::move(outgoing)};
    std::ranges::move(take_back(draws_on_window, conversation, effects), std::back_inserter(returning));
    if (no_slot) {
        conversation.slots_used = rules.platform.messages;
        conversation.refused_for_slots = true;
    } else {
        conversation.closed_by_wechat = true;
    }
    if (conversation.phase == Phase::open && no_slot)
        tell_limit_reached(rules, conversation, effects);
    else if (conversation.phase == Phase::open)
        tell_inactive(rules, conversation, effects);
    return_to_queue(returning, why, rules, conversation, effects);
}

}  // namespace

void on(const AttemptEnded& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    if (!in_the_air(event.attempt, conversation))
        return;
    auto ended = take_first(conversation);
    const bool refusal = event.outcome == Outcome::no_slot_left || event.outcome == Outcome::window_closed
                      || event.outcome == Outcome::not_following;
    if (event.outcome == Outcome::sent)
        gone_out(ended, {.state = State::sent}, rules, conversation, effects);  // A1
    else if (event.outcome == Outcome::uncertain)
        uncertain(std::move(ended), event, rules, conversation, now, effects);
    else if (event.outcome == Outcome::failed)
        failed(ended, event, conversation, effects);
    else if (refusal)
        refused(std::move(ended), event, rules, conversation, effects);
}

}  // namespace wechat::policy
