/// What the host has kept, for who shows it: reads beside the writer, and sees what has been committed.
#pragma once

#include "database.hpp"
#include "invitations.hpp"
#include "model.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// One thread's own view of the store. Throws DatabaseError.
class Reader {
public:
    explicit Reader(const std::filesystem::path& file);

    /// Newest first; an empty channel or customer is any.
    [[nodiscard]] std::vector<Conversation>
    conversations(std::string_view channel, std::string_view customer, std::int64_t limit);
    [[nodiscard]] std::optional<Conversation> conversation(ConversationId id);
    [[nodiscard]] std::optional<ConversationId>
    find(std::string_view channel, std::string_view customer, std::string_view contact);

    /// The last ones before a message (0: before none), oldest first.
    [[nodiscard]] std::vector<Message>
    messages(ConversationId conversation, MessageId before, std::int64_t limit);
    [[nodiscard]] std::optional<Message> message(MessageId id);
    /// The last one that somebody said himself; where nobody has, the last of any kind.
    [[nodiscard]] std::optional<Message> last_said(ConversationId conversation);
    [[nodiscard]] std::optional<Message> outgoing(ConversationId conversation, std::string_view client_id);

    /// Newest first; an empty channel or customer is any.
    [[nodiscard]] std::vector<Invitation>
    invitations(std::string_view channel, std::string_view customer, std::int64_t limit);
    [[nodiscard]] std::optional<Invitation> invitation(InvitationId id);
    /// An employee's messages that the channel has, and that wait there.
    [[nodiscard]] std::int64_t waiting(ConversationId conversation);
    /// All of them, by the channel's id.
    [[nodiscard]] std::map<std::string, std::int64_t> waiting();

    /// What happened after an event, in order.
    [[nodiscard]] std::vector<Event> events(EventId after, std::int64_t limit);
    [[nodiscard]] EventId last_event();

private:
    Database database_;
    Statement conversations_, conversation_, find_, messages_, message_, last_said_, outgoing_, waiting_, all_waiting_,
        events_, last_event_;
    Statement invitations_, invitation_;
};

}  // namespace host
