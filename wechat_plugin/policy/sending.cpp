#include "policy/sending.hpp"

#include "policy/budget.hpp"
#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/participants.hpp"
#include "policy/queue.hpp"

namespace wechat::policy {

using Verdict = Capability::Verdict;

namespace {

std::size_t bytes_on_the_phone(const Message& message, const Rules& rules, const Conversation& conversation)
{
    return prefix_of(rules, conversation, message.sender).size() + message.bytes;  // S6
}

std::optional<Reason> why_contact_forbids(Phase phase)
{
    switch (phase) {
    case Phase::unknown: return Reason::contact_must_start;     // O1
    case Phase::left: return Reason::contact_left;              // L2
    case Phase::unfollowed: return Reason::contact_unfollowed;  // U1
    case Phase::open: return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Reason>
why_refused(const Message& message, const Rules& rules, const Conversation& conversation)
{
    if (const auto reason = why_contact_forbids(conversation.phase))
        return reason;
    if (!may_take_part(message.sender, conversation))
        return Reason::not_a_participant;  // O4
    if (!rules.supported.contains(message.kind))
        return Reason::unsupported_content;  // S5
    if (message.unfit != Reason::none)
        return message.unfit;  // S5
    if (!reads_as_text(message))
        return std::nullopt;
    if (message.bytes == 0)
        return Reason::empty_text;
    if (bytes_on_the_phone(message, rules, conversation) > text_limit)
        return Reason::text_too_long;  // S5
    return std::nullopt;
}

}  // namespace

std::optional<Reason> why_queued(const Rules& rules, const Conversation& conversation, Time now)
{
    if (!window_open(rules, conversation, now))
        return Reason::inactive;  // S4
    if (share_used_up(rules, conversation) || !conversation.queue.empty())
        return Reason::on_hold;  // S3
    return std::nullopt;
}

Ruling rule_on(const Message& message, const Rules& rules, const Conversation& conversation, Time now)
{
    if (const auto reason = why_refused(message, rules, conversation))
        return {Verdict::refuse, *reason};
    const auto reason = why_queued(rules, conversation, now);
    if (!reason)
        return {Verdict::send, Reason::none};  // S1
    if (rules.queue.max_messages == 0)
        return {Verdict::refuse, *reason};  // Q1
    if (std::ssize(conversation.queue) >= rules.queue.max_messages)
        return {Verdict::refuse, Reason::queue_full};  // Q1
    return {Verdict::queue, *reason};
}

std::string
words_for(Reason reason, const Message& message, const Rules& rules, const Conversation& conversation)
{
    const auto number = [](auto value) { return std::to_string(value); };
    switch (reason) {
    case Reason::none: return "it goes out";
    case Reason::on_hold: return "it waits for the contact's next message";
    case Reason::inactive:
        return "the contact has been silent too long; it waits for the contact's next message";
    case Reason::contact_must_start: return "the contact has never written";
    case Reason::contact_left: return "the contact has left the conversation";
    case Reason::contact_unfollowed: return "the contact does not follow the account any more";
    case Reason::not_a_participant: return "the sender does not take part in this conversation";
    case Reason::text_too_long:
        return "the limit is " + number(text_limit) + " bytes of UTF-8, the text has "
             + number(bytes_on_the_phone(message, rules, conversation));
    case Reason::empty_text: return "the text has no words";
    case Reason::unsupported_content:
        return message.unfit_words.empty() ? "the account cannot send " + std::string{name_of(message.kind)}
                                           : message.unfit_words;
    case Reason::queue_full:
        return number(conversation.queue.size()) + " messages wait already, the limit is "
             + number(rules.queue.max_messages);
    case Reason::unknown_message: return "nobody has sent such a message";
    case Reason::file_unreadable:
    case Reason::file_too_large:
    case Reason::unsupported_format:
    case Reason::recording_too_long:
    case Reason::incomplete_content: return message.unfit_words;
    }
    return {};
}

void on(const EmployeeSent& event, const Rules& rules, Conversation& conversation, Time now, Effects& effects)
{
    auto message = event.message;
    message.accepted = now;
    const auto ruling = rule_on(message, rules, conversation, now);
    if (ruling.verdict == Verdict::refuse) {
        effects.push_back(Report{
            .id = message.id,
            .state = State::refused,
            .reason = ruling.reason,
            .words = words_for(ruling.reason, message, rules, conversation),
        });
        return;
    }
    settle_participants(conversation);
    if (ruling.verdict == Verdict::queue) {
        enqueue(message, ruling.reason, rules, conversation, effects);
        return;
    }
    effects.push_back(Report{.id = message.id, .state = State::accepted});
    send({std::move(message)}, rules, conversation, effects);
}

}  // namespace wechat::policy
