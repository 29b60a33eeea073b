#include "reader.hpp"

#include "rows.hpp"

#include <algorithm>
#include <limits>

namespace host {
namespace {

// Spelled out in the statements, so that the index of what waits serves them.
static_assert(CHANNEL_QUEUED == 20);

Event read_event(const Statement& row)
{
    return {
        .id = row.number(0),
        .type = static_cast<Event::Type>(row.number(1)),
        .conversation = row.number(2),
        .message = row.number(4),
        .progress =
            {.state = static_cast<std::int32_t>(row.number(5)),
             .revision = static_cast<std::uint64_t>(row.number(6)),
             .reason = row.text(7),
             .text = row.text(8),
             .position = static_cast<std::uint32_t>(row.number(9))},
        .at = channel::Time{channel::Milliseconds{row.number(3)}},
    };
}

std::int64_t read_number(const Statement& row)
{
    return row.number(0);
}

}  // namespace

Reader::Reader(const std::filesystem::path& file)
    : database_(file, Database::Access::read),
      conversations_(database_.prepare(select(
          conversation_rows,
          "WHERE (?1 = '' OR h.id = ?1) AND (?2 = '' OR c.customer = ?2) "
          "ORDER BY c.last_at DESC, c.id DESC LIMIT ?3"
      ))),
      conversation_(database_.prepare(select(conversation_rows, "WHERE c.id = ?"))),
      find_(database_.prepare("SELECT c.id FROM conversations c JOIN channels h ON h.number = c.channel "
                              "WHERE h.id = ? AND c.customer = ? AND c.contact = ?")),
      messages_(database_.prepare(
          select(message_rows, "WHERE m.conversation = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?")
      )),
      message_(database_.prepare(select(message_rows, "WHERE m.id = ?"))),
      last_said_(database_.prepare(select(
          message_rows,
          "WHERE m.conversation = ? AND m.kind NOT IN ('event', 'auto') ORDER BY m.id DESC LIMIT 1"
      ))),
      outgoing_(database_.prepare(select(message_rows, "WHERE m.conversation = ? AND m.client_id = ?"))),
      waiting_(database_.prepare("SELECT count(*) FROM messages WHERE conversation = ? AND state = 20")),
      all_waiting_(database_.prepare(
          "SELECT h.id, count(*) FROM messages m JOIN conversations c ON c.id = m.conversation "
          "JOIN channels h ON h.number = c.channel WHERE m.state = 20 GROUP BY h.id"
      )),
      events_(database_.prepare(
          "SELECT id, type, conversation, at, message, state, revision, reason, note, position FROM events "
          "WHERE id > ? ORDER BY id LIMIT ?"
      )),
      last_event_(database_.prepare("SELECT ifnull(max(id), 0) FROM events")),
      invitations_(database_.prepare(select(
          invitation_rows,
          "WHERE (?1 = '' OR h.id = ?1) AND (?2 = '' OR i.customer = ?2) ORDER BY i.id DESC LIMIT ?3"
      ))),
      invitation_(database_.prepare(select(invitation_rows, "WHERE i.id = ?")))
{}

std::vector<Conversation>
Reader::conversations(std::string_view channel, std::string_view customer, std::int64_t limit)
{
    return all(conversations_.with(channel, customer, limit), read_conversation);
}

std::optional<Conversation> Reader::conversation(ConversationId id)
{
    return one(conversation_.with(id), read_conversation);
}

std::optional<ConversationId>
Reader::find(std::string_view channel, std::string_view customer, std::string_view contact)
{
    return one(find_.with(channel, customer, contact), read_number);
}

std::vector<Message> Reader::messages(ConversationId conversation, MessageId before, std::int64_t limit)
{
    const auto end = before > 0 ? before : std::numeric_limits<MessageId>::max();
    auto newest_first = all(messages_.with(conversation, end, limit), read_message);
    std::ranges::reverse(newest_first);
    return newest_first;
}

std::optional<Message> Reader::message(MessageId id)
{
    return one(message_.with(id), read_message);
}

std::optional<Message> Reader::last_said(ConversationId conversation)
{
    if (auto said = one(last_said_.with(conversation), read_message))
        return said;
    auto any = messages(conversation, 0, 1);
    return any.empty() ? std::nullopt : std::optional{std::move(any.front())};
}

std::optional<Message> Reader::outgoing(ConversationId conversation, std::string_view client_id)
{
    return one(outgoing_.with(conversation, client_id), read_message);
}

std::vector<Invitation>
Reader::invitations(std::string_view channel, std::string_view customer, std::int64_t limit)
{
    return all(invitations_.with(channel, customer, limit), read_invitation);
}

std::optional<Invitation> Reader::invitation(InvitationId id)
{
    return one(invitation_.with(id), read_invitation);
}

std::int64_t Reader::waiting(ConversationId conversation)
{
    return one(waiting_.with(conversation), read_number).value_or(0);
}

std::map<std::string, std::int64_t> Reader::waiting()
{
    std::map<std::string, std::int64_t> by_channel;
    while (all_waiting_.step())
        by_channel[all_waiting_.text(0)] = all_waiting_.number(1);
    return by_channel;
}

std::vector<Event> Reader::events(EventId after, std::int64_t limit)
{
    return all(events_.with(after, limit), read_event);
}

EventId Reader::last_event()
{
    return one(last_event_, read_number).value_or(0);
}

}  // namespace host
