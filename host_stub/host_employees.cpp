// What employees do: kept first, then handed to the channel.
#include "media.hpp"
#include "parts.hpp"
#include "public_ids.hpp"

#include <algorithm>
#include <utility>

namespace host {
namespace {

Problem unknown_conversation()
{
    return {"unknown_conversation", "There is no such conversation."};
}
Problem unavailable(const std::string& why)
{
    return {"unavailable", "The host cannot store: " + why};
}

}  // namespace

void Host::send(ConversationId conversation, Draft draft, Progressed kept, Progressed receipt)
{
    struct Sent {
        std::optional<Conversation> conversation;
        Message message;
        bool is_new = false;
    };
    const auto result = std::make_shared<Sent>();  // shared by the work and what follows it
    const auto work =
        [&parts = *parts_, conversation, draft = std::move(draft), result, now = now()](Records& records) {
            *result = {};
            result->conversation = records.conversation(conversation);
            if (!result->conversation)
                return;
            auto& message = result->message;
            message = {
                .conversation = conversation,
                .from = Author::employee,
                .employee = draft.employee,
                .client_id = draft.client_id,
                .kind = draft.content.kind,
                .text = draft.content.text,
                .mime = draft.content.mime,
                .name = draft.content.name,
                .data = draft.content.data,
                .at = now,
            };
            if (const auto known = records.outgoing(conversation, draft.client_id)) {
                message = *known;
                return;
            }
            if (!draft.content.path.empty()) {
                const auto owner = contract_id(records.store_id(), conversation, draft.client_id);
                message.media = keep_file(parts.config.media, owner, draft.content.path);
            }
            message.id = records.add_outgoing(message);
            result->is_new = true;
            result->conversation->unread = 0;
            result->conversation->last_at = std::max(result->conversation->last_at, now);
            records.save(*result->conversation);
            records.log_message(message);
        };
    const auto done = [&parts = *parts_, result, kept = std::move(kept), receipt = std::move(receipt)](
                          const std::string& fault
                      ) {
        if (!fault.empty())
            return kept(unavailable(fault));
        if (!result->conversation)
            return kept(unknown_conversation());
        const auto& message = result->message;
        if (message.progress.state == pending && receipt)
            parts.waiters.add(message.id, Waiters::Until::first_report, receipt);
        kept(message);
        auto* const line = parts.line(result->conversation->channel);
        if (result->is_new && line)
            line->send(message, *result->conversation, false);
    };
    parts_->store->run(work, done);
}

void Host::cancel(ConversationId conversation, std::string client_id, Progressed ended)
{
    struct Found {
        std::optional<Conversation> conversation;
        std::optional<Message> message;
    };
    const auto found = std::make_shared<Found>();  // shared by the work and what follows it
    const auto work = [conversation, client_id = std::move(client_id), found](Records& records) {
        *found = {records.conversation(conversation), records.outgoing(conversation, client_id)};
        if (found->message && !found->message->progress.is_final())
            records.set_cancelling(found->message->id, true);
    };
    const auto done = [&parts = *parts_, found, ended = std::move(ended)](const std::string& fault) {
        if (!fault.empty())
            return ended(unavailable(fault));
        if (!found->conversation)
            return ended(unknown_conversation());
        if (!found->message)
            return ended(Problem{"unknown_message", "There is no message with this client_id."});
        if (found->message->progress.is_final())
            return ended(*found->message);
        parts.waiters.add(found->message->id, Waiters::Until::final_state, ended);
        if (auto* const line = parts.line(found->conversation->channel))
            line->cancel(*found->message, *found->conversation);
    };
    parts_->store->run(work, done);
}

void Host::set_participants(ConversationId conversation, Employees participants, Kept kept)
{
    const auto changed =
        std::make_shared<std::optional<Conversation>>();  // shared by the work and what follows it
    const auto work =
        [conversation, participants = std::move(participants), changed, now = now()](Records& records) {
            *changed = records.conversation(conversation);
            if (!*changed)
                return;
            (*changed)->participants = participants;
            ++(*changed)->participants_due;
            (*changed)->unread = 0;
            records.save(**changed);
            records.log_conversation(conversation, now);
        };
    const auto done = [&parts = *parts_, changed, kept = std::move(kept)](const std::string& fault) {
        if (!fault.empty())
            return kept(unavailable(fault));
        if (!*changed)
            return kept(unknown_conversation());
        kept(std::nullopt);
        if (auto* const line = parts.line((*changed)->channel))
            line->tell_participants(**changed);
    };
    parts_->store->run(work, done);
}

bool Host::typing(const Conversation& conversation, bool on) const
{
    auto* const line = parts_->line(conversation.channel);
    if (!line || !line->library().offers(CHANNEL_TYPING))
        return false;
    const auto tell = [conversation, on](channel::Instance& instance, const channel::Done&) {
        instance.typing(conversation.customer, conversation.contact, on);
    };
    // Told only where the channel did not take it.
    line->begin(tell, [&log = parts_->log, id = line->id()](const channel::Result& refused) {
        log(channel::Level::debug, "typing_not_shown", refused.json, {{"channel", id}});
    });
    return true;
}

channel::Capability Host::check(const Conversation& conversation, const Draft& draft) const
{
    const auto* const line = parts_->line(conversation.channel);
    if (!line)
        throw channel::Error{channel::Status::unavailable, "unknown_channel", "This channel is not running."};
    channel::Message message{
        .client_id = draft.client_id,
        .account = conversation.customer,
        .contact = conversation.contact,
        .sender = draft.employee,
    };
    if (draft.content.kind != "text" || !draft.content.text.empty())
        message.content = draft.content;
    return line->instance().check(message);
}

}  // namespace host
