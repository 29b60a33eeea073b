#include "policy/participants.hpp"

#include "policy/budget.hpp"
#include "policy/notices.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/queue.hpp"

#include <algorithm>

namespace wechat::policy {

using texts::ContactText;

bool may_take_part(const Employee& sender, const Conversation& conversation)
{
    return sender.empty() || std::ranges::binary_search(conversation.participants, sender);
}

void settle_participants(Conversation& conversation)
{
    if (conversation.participants_settled || conversation.participants.empty())
        return;
    conversation.participants_settled = true;
    conversation.told_participants = conversation.participants;
}

namespace {

// What the contact will know once all that is on its way has arrived.
const std::vector<Employee>& soon_told(const Conversation& conversation)
{
    const auto last =
        std::find_if(conversation.outgoing.rbegin(), conversation.outgoing.rend(), tells_change);
    return last == conversation.outgoing.rend() ? conversation.told_participants : last->tells_of;
}

// A text that has not started tells of who takes part when it does. One that has nothing left to tell is taken
// back, and the window's announcement is free again (P2); a prompt goes all the same, it asks for a reply as well.
void update_what_is_told(Conversation& conversation, Effects& effects)
{
    for (auto& outgoing : conversation.outgoing)
        if (!outgoing.started && tells_change(outgoing))
            outgoing.tells_of = conversation.participants;
    if (conversation.participants != conversation.told_participants)
        return;
    const auto needless = [](const Outgoing& outgoing) {
        return outgoing.automatic == ContactText::participants_changed;
    };
    for (const auto& outgoing : take_back(needless, conversation, effects)) {
        drop(outgoing, "cancelled_out", effects);
        conversation.announced = false;
    }
}

}  // namespace

bool change_pending(const Conversation& conversation)
{
    return conversation.participants_settled && conversation.participants != soon_told(conversation);
}

void tell_change(const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    if (change_pending(conversation) && can_announce(rules, conversation, now))
        say(ContactText::participants_changed, rules, conversation, effects);
}

void on(
    const ParticipantsSet& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects
)
{
    auto participants = event.participants;
    std::ranges::sort(participants);
    const auto repeated = std::ranges::unique(participants);
    participants.erase(repeated.begin(), repeated.end());
    conversation.participants = std::move(participants);

    discard_queued_of_others(conversation, effects);  // P3
    if (conversation.phase != Phase::open)
        return;
    settle_participants(conversation);
    update_what_is_told(conversation, effects);
    if (!share_used_up(rules, conversation))
        tell_change(rules, conversation, now, effects);  // P1
}

}  // namespace wechat::policy
