#include "policy/queue.hpp"

#include "policy/budget.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/participants.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace wechat::policy {
namespace {

// Takes those messages out of the queue, in their order.
std::vector<Message>
take_from_queue(const std::function<bool(const Message&)>& which, Conversation& conversation)
{
    std::vector<Message> taken;
    std::ranges::copy_if(conversation.queue, std::back_inserter(taken), which);
    std::erase_if(conversation.queue, which);
    return taken;
}

// Q4: neighbouring texts of one employee, joined by one byte each, the name once before all of them (S6).
std::vector<Message> next_to_go(const Rules& rules, Conversation& conversation)
{
    auto& queue = conversation.queue;
    std::vector<Message> together{queue.front()};
    queue.pop_front();
    const auto first = together.front();
    if (!rules.queue.merge || first.kind != Kind::text)
        return together;
    auto bytes = prefix_of(rules, conversation, first.sender).size() + first.bytes;
    while (!queue.empty() && queue.front().kind == Kind::text && queue.front().sender == first.sender
           && bytes + 1 + queue.front().bytes <= text_limit) {
        bytes += 1 + queue.front().bytes;
        together.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    return together;
}

}  // namespace

void enqueue(
    const Message& message, Reason reason, const Rules& rules, Conversation& conversation, Effects& effects
)
{
    conversation.queue.push_back(message);
    effects.push_back(Report{
        .id = message.id,
        .state = State::queued,
        .reason = reason,
        .position = static_cast<std::uint32_t>(conversation.queue.size()),
    });
    tell_queued(reason, rules, conversation, effects);
}

void return_to_queue(
    const std::vector<Outgoing>& returning,
    const Report& why,
    const Rules& rules,
    Conversation& conversation,
    Effects& effects
)
{
    std::vector<Message> messages;
    for (const auto& outgoing : returning) {
        if (outgoing.automatic)
            drop(outgoing, name_of(why.reason), effects);
        else if (outgoing.sent_again)
            report(outgoing.messages, State::uncertain, effects);  // A7: the first try may have arrived
        else
            std::ranges::copy(outgoing.messages, std::back_inserter(messages));
    }
    const auto waits = [&](const Message& message) { return !orphaned(message, conversation); };
    const auto orphans = std::ranges::stable_partition(messages, waits);
    report(orphans, State::discarded, effects);
    messages.erase(orphans.begin(), orphans.end());

    conversation.queue.insert(conversation.queue.begin(), messages.begin(), messages.end());
    for (std::uint32_t position = 1; const auto& message : messages) {
        auto answer = why;
        answer.id = message.id;
        answer.state = State::queued;
        answer.position = position++;
        effects.push_back(std::move(answer));
        tell_queued(why.reason, rules, conversation, effects);
    }
}

void drain(const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    if (conversation.phase != Phase::open || !window_open(rules, conversation, now))
        return;
    expire(rules, conversation, now, effects);
    while (!conversation.queue.empty() && !share_used_up(rules, conversation))
        send(next_to_go(rules, conversation), rules, conversation, effects);
}

void expire(const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    const auto too_old = [&](const Message& message) {
        return message.accepted + rules.queue.max_age <= now;
    };
    const auto expired = take_from_queue(too_old, conversation);
    if (expired.empty())
        return;
    report(expired, State::expired, effects);
    tell(texts::EmployeeText::queue_expired, rules, conversation, effects);
}

void discard_queued_of_others(Conversation& conversation, Effects& effects)
{
    const auto lost = [&](const Message& message) { return orphaned(message, conversation); };
    report(take_from_queue(lost, conversation), State::discarded, effects);
}

void discard_all(Conversation& conversation, Effects& effects)
{
    const auto all = [](const Outgoing&) { return true; };
    for (const auto& outgoing : take_back(all, conversation, effects)) {
        if (outgoing.automatic)
            drop(outgoing, "conversation_ended", effects);
        else  // A7: the first try of one that is sent again may have arrived
            report(outgoing.messages, outgoing.sent_again ? State::uncertain : State::discarded, effects);
    }
    const std::vector<Message> waiting{conversation.queue.begin(), conversation.queue.end()};
    conversation.queue.clear();
    report(waiting, State::discarded, effects);
}

bool orphaned(const Message& message, const Conversation& conversation)
{
    return conversation.phase != Phase::open || !may_take_part(message.sender, conversation);
}

namespace {

// One that was to go and has not started is still ours. One that is sent again may have arrived: too late.
bool take_from_outgoing(const ClientId& id, Conversation& conversation, Effects& effects)
{
    const auto it_is = [&](const Message& message) { return message.id == id; };
    const auto holds_it = [&](const Outgoing& outgoing) {
        return !outgoing.sent_again && std::ranges::any_of(outgoing.messages, it_is);
    };
    const auto outgoing = std::ranges::find_if(conversation.outgoing, holds_it);
    if (outgoing == conversation.outgoing.end() || outgoing->started)
        return false;
    if (outgoing->messages.size() == 1)
        return !take_back(holds_it, conversation, effects).empty();
    std::erase_if(outgoing->messages, it_is);  // Q4: those merged with it go without it, as another attempt
    if (const auto attempt = std::exchange(outgoing->attempt, 0); attempt != 0)
        effects.push_back(Withdraw{.attempt = attempt});
    return true;
}

}  // namespace

void on(const EmployeeCancelled& event, const Rules&, Conversation& conversation, Time, Effects& effects)
{
    const auto it_is = [&](const Message& message) { return message.id == event.id; };
    const bool taken =
        !take_from_queue(it_is, conversation).empty() || take_from_outgoing(event.id, conversation, effects);
    if (taken)
        effects.push_back(Report{.id = event.id, .state = State::cancelled});
    else
        remark("nothing_to_cancel", {{"id", event.id.str()}}, effects);
}

}  // namespace wechat::policy
