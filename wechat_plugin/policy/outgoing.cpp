#include "policy/outgoing.hpp"

#include "policy/notices.hpp"

#include <algorithm>
#include <utility>

namespace wechat::policy {

using texts::ContactText;

bool is_prompt(const Outgoing& outgoing)
{
    return outgoing.automatic == ContactText::on_hold || outgoing.automatic == ContactText::reply_reminder
        || outgoing.automatic == ContactText::on_hold_participants_changed;
}

bool is_announcement(const Outgoing& outgoing)
{
    return outgoing.automatic == ContactText::welcome || outgoing.automatic == ContactText::left
        || outgoing.automatic == ContactText::participants_changed;
}

bool tells_change(const Outgoing& outgoing)
{
    return outgoing.automatic == ContactText::participants_changed
        || outgoing.automatic == ContactText::reply_reminder
        || outgoing.automatic == ContactText::on_hold_participants_changed;
}

bool draws_on_window(const Outgoing& outgoing)
{
    return outgoing.window != 0;
}

bool in_the_air(std::uint64_t attempt, const Conversation& conversation)
{
    return attempt != 0 && !conversation.outgoing.empty() && conversation.outgoing.front().attempt == attempt;
}

bool of_this_window(const Outgoing& outgoing, const Conversation& conversation)
{
    return outgoing.window == conversation.window;
}

bool reads_as_text(const Message& message)
{
    return message.kind == Kind::text || message.kind == Kind::location;
}

std::string prefix_of(const Rules& rules, const Conversation& conversation, const Employee& sender)
{
    if (sender.empty() || conversation.participants.size() < 2)
        return {};
    auto values = values_of(rules, conversation);
    values.employee = sender.str();
    return rules.texts->render(ContactText::speaker, values).value_or("");
}

void send(std::vector<Message> messages, const Rules& rules, Conversation& conversation, Effects& effects)
{
    ++conversation.slots_used;
    ++conversation.employee_sent;
    conversation.outgoing.push_back({.messages = std::move(messages), .window = conversation.window});
    hand_out(rules, conversation, effects);
}

namespace {

// S5: an account without the right to send texts need not be refused by WeChat first.
bool can_say(const Rules& rules)
{
    return rules.supported.contains(Kind::text);
}

}  // namespace

void say(ContactText text, const Rules& rules, Conversation& conversation, Effects& effects)
{
    Outgoing outgoing{.automatic = text, .window = conversation.window};
    if (tells_change(outgoing))
        outgoing.tells_of = conversation.participants;
    const auto words = rules.texts->render(text, values_of(rules, conversation));
    if (!words) {
        effects.push_back(Echo{.key = text});
        if (tells_change(outgoing))
            conversation.told_participants = outgoing.tells_of;
        return;
    }
    if (!can_say(rules)) {
        drop(outgoing, name_of(Reason::unsupported_content), effects);
        return;
    }
    outgoing.text = *words;
    ++conversation.slots_used;
    (is_prompt(outgoing) ? conversation.prompted : conversation.announced) = true;
    conversation.outgoing.push_back(std::move(outgoing));
    hand_out(rules, conversation, effects);
}

// Whether WeChat counts a reply among the slots is nowhere said: we count it (B5).
void answer_with_welcome(const Rules& rules, Conversation& conversation, Effects& effects)
{
    const auto words = rules.texts->render(ContactText::welcome, values_of(rules, conversation));
    if (words) {
        ++conversation.slots_used;
        conversation.announced = true;
        effects.push_back(Answer{.text = *words});
    }
    effects.push_back(Echo{.key = ContactText::welcome, .text = words, .by_answer = words.has_value()});
}

void say_in_grant(Time until, const Rules& rules, Conversation& conversation, Effects& effects)
{
    const auto words = rules.texts->render(ContactText::follow_prompt, values_of(rules, conversation));
    if (!words) {
        effects.push_back(Echo{.key = ContactText::follow_prompt});
        return;
    }
    if (!can_say(rules)) {
        drop({.automatic = ContactText::follow_prompt}, name_of(Reason::unsupported_content), effects);
        return;
    }
    conversation.outgoing.push_back(
        {.automatic = ContactText::follow_prompt, .text = *words, .not_after = until}
    );
    hand_out(rules, conversation, effects);
}

namespace {

// An accepted message never fails because the participants have become more since: rather no name than no message.
std::string fitting_prefix(const Outgoing& outgoing, const Rules& rules, const Conversation& conversation)
{
    const auto& first = outgoing.messages.front();
    if (!reads_as_text(first))
        return {};
    std::size_t bytes = outgoing.messages.size() - 1;  // Q4: the line breaks between merged texts
    for (const auto& message : outgoing.messages)
        bytes += message.bytes;
    auto prefix = prefix_of(rules, conversation, first.sender);
    return prefix.size() + bytes <= text_limit ? prefix : std::string{};
}

}  // namespace

void hand_out(const Rules& rules, Conversation& conversation, Effects& effects)
{
    if (conversation.outgoing.empty() || conversation.outgoing.front().attempt != 0)
        return;
    auto& first = conversation.outgoing.front();
    first.attempt = ++conversation.attempts;
    Send send{.attempt = first.attempt, .text = first.text, .automatic = first.automatic};
    for (const auto& message : first.messages)
        send.messages.push_back(message.id);
    if (!first.automatic)
        send.prefix = fitting_prefix(first, rules, conversation);
    effects.push_back(std::move(send));
}

void give_back(const Outgoing& outgoing, Conversation& conversation)
{
    // The kept slot stays the prompt's, even if the prompt could not be sent (B3).
    const bool kept = is_prompt(outgoing) && outgoing.window == conversation.window;
    if (kept || !draws_on_window(outgoing))
        return;
    conversation.slots_used = std::max(0, conversation.slots_used - 1);
    if (!outgoing.automatic)
        conversation.employee_sent = std::max(0, conversation.employee_sent - 1);
}

std::vector<Outgoing>
take_back(const std::function<bool(const Outgoing&)>& which, Conversation& conversation, Effects& effects)
{
    std::vector<Outgoing> taken;
    std::deque<Outgoing> staying;
    for (auto& outgoing : conversation.outgoing) {
        if (outgoing.started || !which(outgoing)) {
            staying.push_back(std::move(outgoing));
            continue;
        }
        if (outgoing.attempt != 0)
            effects.push_back(Withdraw{.attempt = outgoing.attempt});
        give_back(outgoing, conversation);
        taken.push_back(std::move(outgoing));
    }
    conversation.outgoing = std::move(staying);
    return taken;
}

void drop(const Outgoing& automatic, std::string_view reason, Effects& effects)
{
    remark(
        "automatic_text_dropped",
        {{"text", std::string{name_of(*automatic.automatic)}}, {"reason", std::string{reason}}},
        effects
    );
}

}  // namespace wechat::policy
