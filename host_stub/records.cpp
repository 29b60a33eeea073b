#include "records.hpp"

#include "rows.hpp"

namespace host {
namespace {

// A console that was away longer reads the conversations anew instead.
constexpr std::int64_t events_kept = 200'000;
constexpr std::int64_t events_between_prunings = 10'000;

std::optional<std::string> null_if_empty(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional{text};
}

std::int64_t milliseconds(channel::Time time)
{
    return time.time_since_epoch().count();
}

}  // namespace

Records::Records(const Database& database)
    : database_(database),
      find_channel_(database.prepare("SELECT number FROM channels WHERE id = ?")),
      add_channel_(database.prepare("INSERT INTO channels (id) VALUES (?) ON CONFLICT DO NOTHING")),
      find_conversation_(database.prepare(
          select(conversation_rows, "WHERE c.channel = ? AND c.customer = ? AND c.contact = ?")
      )),
      add_conversation_(
          database.prepare("INSERT INTO conversations (channel, customer, contact) VALUES (?, ?, ?)")
      ),
      get_conversation_(database.prepare(select(conversation_rows, "WHERE c.id = ?"))),
      save_conversation_(database.prepare(
          "UPDATE conversations SET open = ?, state = ?, scene = ?, participants = ?, participants_due = ?, "
          "last_at = ?, unread = ? WHERE id = ?"
      )),
      add_item_(database.prepare(
          "INSERT INTO messages (conversation, author, at, kind, text, channel, item, key, data, media, "
          "mime, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
      )),
      find_item_(database.prepare(select(message_rows, "WHERE m.channel = ? AND m.item = ?"))),
      set_files_(database.prepare("UPDATE messages SET media = ?, mime = ?, name = ?, data = ? WHERE id = ?")
      ),
      add_outgoing_(database.prepare(
          "INSERT INTO messages (conversation, author, at, kind, text, data, media, mime, name, "
          "client_id, employee, state, revision, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) "
          "ON CONFLICT DO NOTHING"
      )),
      find_outgoing_(database.prepare(select(message_rows, "WHERE m.conversation = ? AND m.client_id = ?"))),
      set_progress_(database.prepare(
          "UPDATE messages SET state = ?, revision = ?, reason = ?, note = ?, position = ? WHERE id = ?"
      )),
      set_cancelling_(database.prepare(
          "UPDATE messages SET cancelling = ?1 WHERE id = ?2 AND ifnull(cancelling, 0) <> ?1"
      )),
      pending_(database.prepare(select(
          message_rows,
          "JOIN conversations c ON c.id = m.conversation WHERE m.state = 0 AND c.channel = ? ORDER BY m.id"
      ))),
      cancelling_(database.prepare(select(
          message_rows,
          "JOIN conversations c ON c.id = m.conversation WHERE m.cancelling = 1 AND c.channel = ? ORDER BY "
          "m.id"
      ))),
      unconfirmed_(database.prepare(
          select(conversation_rows, "WHERE c.participants_due > 0 AND c.channel = ? ORDER BY c.id")
      )),
      log_(database.prepare(
          "INSERT INTO events (type, conversation, at, message, state, revision, reason, note, position) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      )),
      prune_(database.prepare("DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?")),
      invitations_(database)
{
    auto ask = database.prepare("SELECT value FROM meta WHERE name = 'run'");
    if (!ask.step())
        throw DatabaseError{"the store has no id"};
    store_id_ = ask.text(0);
}

void Records::add_channel(std::string_view channel)
{
    add_channel_.with(channel).run();
}

std::int64_t Records::channel_number(std::string_view channel)
{
    if (const auto known = channels_.find(channel); known != channels_.end())
        return known->second;
    const auto read_number = +[](const Statement& row) { return row.number(0); };
    const auto number = one(find_channel_.with(channel), read_number);
    if (!number)
        throw DatabaseError{"the channel " + std::string{channel} + " has not been added"};
    channels_.emplace(channel, *number);
    return *number;
}

Conversation
Records::conversation(std::string_view channel, std::string_view customer, std::string_view contact)
{
    const auto number = channel_number(channel);
    if (auto known = one(find_conversation_.with(number, customer, contact), read_conversation))
        return *std::move(known);
    add_conversation_.with(number, customer, contact).run();
    return *one(find_conversation_.with(number, customer, contact), read_conversation);
}

std::optional<Conversation> Records::conversation(ConversationId id)
{
    return one(get_conversation_.with(id), read_conversation);
}

void Records::save(const Conversation& conversation)
{
    save_conversation_
        .with(
            conversation.open ? 1 : 0,
            conversation.state,
            conversation.scene,
            to_json(conversation.participants),
            conversation.participants_due,
            milliseconds(conversation.last_at),
            conversation.unread,
            conversation.id
        )
        .run();
}

MessageId Records::add_item(const Conversation& conversation, std::string_view item, const Message& message)
{
    add_item_
        .with(
            conversation.id,
            static_cast<std::int64_t>(message.from),
            milliseconds(message.at),
            message.kind,
            message.text,
            channel_number(conversation.channel),
            item,
            null_if_empty(message.key),
            null_if_empty(message.data),
            null_if_empty(message.media),
            null_if_empty(message.mime),
            null_if_empty(message.name)
        )
        .run();
    return database_.changes() > 0 ? database_.last_id() : 0;
}

std::optional<Message> Records::item(std::string_view channel, std::string_view item)
{
    return one(find_item_.with(channel_number(channel), item), read_message);
}

void Records::set_files(const Message& message)
{
    set_files_
        .with(
            null_if_empty(message.media),
            null_if_empty(message.mime),
            null_if_empty(message.name),
            null_if_empty(message.data),
            message.id
        )
        .run();
}

MessageId Records::add_outgoing(const Message& message)
{
    add_outgoing_
        .with(
            message.conversation,
            static_cast<std::int64_t>(Author::employee),
            milliseconds(message.at),
            message.kind,
            message.text,
            null_if_empty(message.data),
            null_if_empty(message.media),
            null_if_empty(message.mime),
            null_if_empty(message.name),
            message.client_id,
            message.employee
        )
        .run();
    return database_.changes() > 0 ? database_.last_id() : 0;
}

std::optional<Message> Records::outgoing(ConversationId conversation, std::string_view client_id)
{
    return one(find_outgoing_.with(conversation, client_id), read_message);
}

void Records::set_progress(MessageId message, const Progress& progress)
{
    set_progress_
        .with(
            static_cast<std::int64_t>(progress.state),
            static_cast<std::int64_t>(progress.revision),
            null_if_empty(progress.reason),
            null_if_empty(progress.text),
            static_cast<std::int64_t>(progress.position),
            message
        )
        .run();
}

void Records::set_cancelling(MessageId message, bool cancelling)
{
    set_cancelling_.with(cancelling ? 1 : 0, message).run();
}

std::vector<Message> Records::pending_messages(std::string_view channel)
{
    return all(pending_.with(channel_number(channel)), read_message);
}

std::vector<Message> Records::cancelled_messages(std::string_view channel)
{
    return all(cancelling_.with(channel_number(channel)), read_message);
}

std::vector<Conversation> Records::unconfirmed_participants(std::string_view channel)
{
    return all(unconfirmed_.with(channel_number(channel)), read_conversation);
}

void Records::log_message(const Message& message)
{
    log_.with(
            static_cast<std::int64_t>(Event::Type::message),
            message.conversation,
            milliseconds(message.at),
            message.id,
            0,
            0,
            std::optional<std::string>{},
            std::optional<std::string>{},
            0
    )
        .run();
    if (++logged_ % events_between_prunings == 0)
        prune_.with(events_kept).run();
}

void Records::log_progress(const Message& message, channel::Time at)
{
    const auto& progress = message.progress;
    log_.with(
            static_cast<std::int64_t>(Event::Type::state),
            message.conversation,
            milliseconds(at),
            message.id,
            static_cast<std::int64_t>(progress.state),
            static_cast<std::int64_t>(progress.revision),
            null_if_empty(progress.reason),
            null_if_empty(progress.text),
            static_cast<std::int64_t>(progress.position)
    )
        .run();
}

void Records::log_conversation(ConversationId conversation, channel::Time at)
{
    log_.with(
            static_cast<std::int64_t>(Event::Type::conversation),
            conversation,
            milliseconds(at),
            std::int64_t{0},
            0,
            0,
            std::optional<std::string>{},
            std::optional<std::string>{},
            0
    )
        .run();
}

}  // namespace host
