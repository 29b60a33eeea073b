#include "policy/opening.hpp"

#include "policy/budget.hpp"
#include "policy/keyword.hpp"
#include "policy/leaving.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/participants.hpp"
#include "policy/queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wechat::policy {

using texts::ContactText;
using texts::EmployeeText;

namespace {

// They ask for what has just happened, or take leave of somebody who is back.
bool overtaken(const Outgoing& outgoing)
{
    return is_prompt(outgoing) || outgoing.automatic == ContactText::follow_prompt
        || outgoing.automatic == ContactText::left;
}

void count_what_is_on_its_way(Conversation& conversation)
{
    for (auto& outgoing : conversation.outgoing) {
        if (!draws_on_window(outgoing))
            continue;
        ++conversation.slots_used;
        if (!outgoing.automatic)
            ++conversation.employee_sent;
        if (outgoing.started)
            continue;  // its outcome may yet speak of the window before
        outgoing.window = conversation.window;
        conversation.announced = conversation.announced || is_announcement(outgoing);
    }
}

}  // namespace

void open_window(Time at, Conversation& conversation, Effects& effects)
{
    for (const auto& outgoing : take_back(overtaken, conversation, effects))
        drop(outgoing, "contact_wrote", effects);
    ++conversation.window;
    conversation.last_message = at;
    conversation.closed_by_wechat = false;
    conversation.refused_for_slots = false;
    conversation.slots_used = 0;
    conversation.employee_sent = 0;
    conversation.employee_reached = false;
    conversation.announced = false;
    conversation.prompted = false;
    conversation.reminded = false;
    conversation.told_limit = false;
    conversation.told_queued = false;
    conversation.told_inactive = false;
    count_what_is_on_its_way(conversation);
}

namespace {

// O3. A message that comes so late that its window is over already still opens the conversation.
void open_conversation(Time at, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    effects.push_back(OfferMessage{});
    open_window(at, conversation, effects);
    conversation.phase = Phase::open;
    conversation.participants_settled = false;
    if (rules.welcome_by == WelcomeBy::passive && can_announce(rules, conversation, now))
        answer_with_welcome(rules, conversation, effects);
    else if (can_announce(rules, conversation, now))
        say(ContactText::welcome, rules, conversation, effects);
    tell(EmployeeText::welcome, rules, conversation, effects);
}

void tell_resumed(std::size_t waited, const Rules& rules, const Conversation& conversation, Effects& effects)
{
    auto values = values_of(rules, conversation);
    values.queued = static_cast<std::int64_t>(waited);
    values.waiting = std::ssize(conversation.queue);
    values.sent = values.queued - values.waiting;
    effects.push_back(Tell{
        .key = EmployeeText::resumed,
        .text = rules.texts->render(EmployeeText::resumed, values),
        .data =
            {
                {"queued", std::to_string(values.queued)},
                {"sent", std::to_string(values.sent)},
                {"waiting", std::to_string(values.waiting)},
            },
    });
}

// Q3. How much goes is known only once it has gone, but the employees read it first.
void resume(Time at, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    effects.push_back(OfferMessage{});
    open_window(at, conversation, effects);
    expire(rules, conversation, now, effects);
    const auto waited = conversation.queue.size();
    Effects sending;
    tell_change(rules, conversation, now, sending);
    drain(rules, conversation, now, sending);
    if (waited != 0 && window_open(rules, conversation, now))
        tell_resumed(waited, rules, conversation, effects);
    std::ranges::move(sending, std::back_inserter(effects));
}

}  // namespace

void on(const ContactWrote& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    const auto at = std::min(event.at, now);
    const bool delivered_late = conversation.last_message && at < *conversation.last_message;
    if (event.menu_item || delivered_late)  // W2: nothing opens; W1: the later message has opened it
        effects.push_back(OfferMessage{});
    else if (is_leave_keyword(rules, event.text))
        leave(event, rules, conversation, now, effects);
    else if (conversation.phase == Phase::open)
        resume(at, rules, conversation, now, effects);
    else
        open_conversation(at, rules, conversation, now, effects);
}

void on(
    const ContactFollowed& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects
)
{
    effects.push_back(OfferEvent{.name = "followed", .data = {{"scene", event.scene}}});
    const auto at = std::min(event.at, now);
    if (conversation.phase == Phase::open && at < *conversation.last_message)
        return;  // he has written since: the push came late, and the prompt asks for what he did
    if (now < at + grant_time)
        say_in_grant(at + grant_time, rules, conversation, effects);  // O2
    else
        remark("automatic_text_dropped", {{"text", "follow_prompt"}, {"reason", "grant_over"}}, effects);
}

void on(const ContactDid& event, const Rules&, Conversation&, Time, Effects& effects)
{
    effects.push_back(OfferEvent{.name = event.name, .data = event.data});
}

}  // namespace wechat::policy
