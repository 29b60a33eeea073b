/// The host's tables as functions: what the router writes, one transaction at a time. No rules in here.
#pragma once

#include "database.hpp"
#include "invitations.hpp"
#include "model.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// All of it: inside a transaction of the store, on the store's thread. Throws DatabaseError.
class Records {
public:
    explicit Records(const Database& database);

    /// The part of public ids that differs between stores.
    [[nodiscard]] const std::string& store_id() const { return store_id_; }

    /// Makes a channel known; before anything of it is kept, in a transaction of its own.
    void add_channel(std::string_view channel);

    /// Finds the conversation; makes it where there is none.
    [[nodiscard]] Conversation
    conversation(std::string_view channel, std::string_view customer, std::string_view contact);
    [[nodiscard]] std::optional<Conversation> conversation(ConversationId id);
    /// Keeps what may change of it: open to unread.
    void save(const Conversation& conversation);

    /// Keeps what a channel offered, once per (channel, item); gives 0 where it is known.
    MessageId add_item(const Conversation& conversation, std::string_view item, const Message& message);
    /// What was kept of it.
    [[nodiscard]] std::optional<Message> item(std::string_view channel, std::string_view item);
    /// Keeps a message's media, mime, name and data.
    void set_files(const Message& message);
    /// Keeps an employee's message, pending; gives 0 where its client id is known in the conversation.
    MessageId add_outgoing(const Message& message);

    /// An employee's message by its client id.
    [[nodiscard]] std::optional<Message> outgoing(ConversationId conversation, std::string_view client_id);
    void set_progress(MessageId message, const Progress& progress);
    void set_cancelling(MessageId message, bool cancelling);

    // What a run that has ended left to do, in order.
    [[nodiscard]] std::vector<Message> pending_messages(std::string_view channel);
    [[nodiscard]] std::vector<Message> cancelled_messages(std::string_view channel);
    [[nodiscard]] std::vector<Conversation> unconfirmed_participants(std::string_view channel);

    [[nodiscard]] InvitationRecords& invitations() { return invitations_; }

    void log_message(const Message& message);
    void log_progress(const Message& message, channel::Time at);
    void log_conversation(ConversationId conversation, channel::Time at);

private:
    [[nodiscard]] std::int64_t channel_number(std::string_view channel);

    const Database& database_;
    Statement find_channel_, add_channel_;
    Statement find_conversation_, add_conversation_, get_conversation_, save_conversation_;
    Statement add_item_, find_item_, set_files_, add_outgoing_, find_outgoing_, set_progress_,
        set_cancelling_;
    Statement pending_, cancelling_, unconfirmed_;
    Statement log_, prune_;
    InvitationRecords invitations_;
    std::map<std::string, std::int64_t, std::less<>> channels_;  // by id
    std::string store_id_;
    std::int64_t logged_ = 0;
};

}  // namespace host
