#include "store/sqlite_unit.hpp"

#include "store/rows.hpp"

#include <chrono>

namespace wechat::store {
namespace {

constexpr Duration remembered = std::chrono::hours{168};  // plugin-api 3.8, 3.9: 7 days

// A value that the store itself wrote and cannot read is a broken store: the transaction ends.
template <class T>
T whole(Result<T> read)
{
    if (!read)
        throw SqliteFailure(SQLITE_CORRUPT, describe(read.error()));
    return std::move(*read);
}

bool last_state(policy::State state)
{
    return state >= policy::State::sent;  // abi.h: from SENT on the channel tries no more
}

}  // namespace

SqliteWriter::SqliteWriter(const Database& database)
    : find_account_(database, "SELECT id FROM account WHERE app_id = ?"),
      add_account_(database, "INSERT INTO account (app_id) VALUES (?)"),
      find_conversation_(database, "SELECT id, state FROM conversation WHERE account = ? AND contact = ?"),
      add_conversation_(database, "INSERT INTO conversation (account, contact, state) VALUES (?, ?, '{}')"),
      see_(database, "INSERT INTO seen (conversation, event, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      save_(database, "UPDATE conversation SET state = ?, wake_at = ? WHERE id = ?"),
      find_message_(
          database,
          "SELECT client_id, sender, content, state, revision, changed FROM message WHERE client_id = ?"
      ),
      put_message_(
          database,
          "INSERT INTO message (client_id, conversation, sender, content, state, revision, changed)"
          " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (client_id) DO UPDATE SET"
          " state = excluded.state, revision = excluded.revision, changed = excluded.changed, settled = NULL"
      ),
      append_(database, "INSERT INTO outbox (conversation, direction, payload) VALUES (?, ?, ?)"),
      remove_(database, "DELETE FROM outbox WHERE id = ? RETURNING payload"),
      set_started_(database, "UPDATE outbox SET started = ? WHERE id = ?"),
      settle_message_(database, "UPDATE message SET settled = ? WHERE client_id = ? AND revision = ?"),
      forget_seen_(
          database,
          "DELETE FROM seen WHERE (conversation, event) IN"
          " (SELECT conversation, event FROM seen WHERE at < ? ORDER BY at LIMIT ?)"
      ),
      forget_messages_(
          database,
          "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE settled < ? ORDER BY settled LIMIT "
          "?)"
      ),
      remember_answer_(database, "UPDATE seen SET answer = ? WHERE conversation = ? AND event = ?"),
      answer_to_(database, "SELECT answer FROM seen WHERE conversation = ? AND event = ?"),
      remember_upload_(
          database,
          "INSERT INTO upload (app_id, type, sha256, media_id, until) VALUES (?, ?, ?, ?, ?)"
          " ON CONFLICT (app_id, type, sha256) DO UPDATE SET media_id = excluded.media_id, until = "
          "excluded.until"
      ),
      forget_uploads_(
          database,
          "DELETE FROM upload WHERE (app_id, type, sha256) IN"
          " (SELECT app_id, type, sha256 FROM upload WHERE until < ? ORDER BY until LIMIT ?)"
      ),
      database_(database)
{}

SqliteWriter::Found SqliteWriter::conversation(const Key& key)
{
    auto& account = accounts_[key.account.str()];
    if (account == 0) {
        if (auto found = find_account_.with(key.account.str()); found.next()) {
            account = found.integer(0);
        } else {
            add_account_.with(key.account.str()).run();
            account = sqlite3_last_insert_rowid(database_.get());
        }
    }
    if (auto found = find_conversation_.with(account, key.contact.str()); found.next())
        return {found.integer(0), std::string{found.text(1)}};
    add_conversation_.with(account, key.contact.str()).run();
    return {sqlite3_last_insert_rowid(database_.get()), "{}"};
}

void SqliteWriter::settle(std::int64_t row, Time now)
{
    auto removed = remove_.with(row);
    if (!removed.next())
        return;  // done already: a repeated settle
    if (is_report(removed.text(0))) {
        const auto report = std::get<Report>(whole(read_payload(removed.text(0))));
        if (last_state(report.report.state))
            settle_message_
                .with(to_seconds(now), report.report.id.str(), static_cast<std::int64_t>(report.revision))
                .run();
    }
    removed.run();
}

bool SqliteWriter::forget(Time now, std::int64_t most)
{
    const auto until = to_seconds(now - remembered);
    forget_seen_.with(until, most).run();
    const bool more = sqlite3_changes(database_.get()) == most;
    forget_messages_.with(until, most).run();
    const bool more_messages = sqlite3_changes(database_.get()) == most;
    forget_uploads_.with(to_seconds(now), most).run();
    return more || more_messages || sqlite3_changes(database_.get()) == most;
}

bool SqliteUnit::first_sight_of(std::int64_t event_id, Time now)
{
    writer_.see_.with(conversation_, event_id, to_seconds(now)).run();
    return sqlite3_changes(writer_.database_.get()) == 1;
}

void SqliteUnit::remember_answer(std::int64_t event_id, std::string_view text)
{
    writer_.remember_answer_.with(std::string{text}, conversation_, event_id).run();
}

std::string SqliteUnit::answer_to(std::int64_t event_id)
{
    auto found = writer_.answer_to_.with(conversation_, event_id);
    return found.next() ? std::string{found.text(0)} : std::string{};
}

policy::Conversation SqliteUnit::load()
{
    return whole(read_conversation(state_));
}

void SqliteUnit::save(const policy::Conversation& conversation, std::optional<Time> wake_at)
{
    std::optional<std::int64_t> due;
    if (wake_at)
        due = to_seconds(*wake_at);
    state_ = to_row(conversation);
    writer_.save_.with(state_, due, conversation_).run();
}

Message message_from(const Cursor& row)
{
    Message message = {
        .id = ClientId{std::string{row.text(0)}},
        .sender = Employee{std::string{row.text(1)}},
        .content = whole(read_content(row.text(2))),
        .state = whole(read_report(row.text(3))),
        .revision = static_cast<std::uint64_t>(row.integer(4)),
        .changed = from_seconds(row.integer(5)),
    };
    return message;
}

std::optional<Message> SqliteUnit::message(const ClientId& id)
{
    auto found = writer_.find_message_.with(id.str());
    if (!found.next())
        return std::nullopt;
    return message_from(found);
}

void SqliteUnit::put(const Message& message)
{
    writer_.put_message_
        .with(
            message.id.str(),
            conversation_,
            message.sender.str(),
            to_row(message.content),
            to_row(message.state),
            static_cast<std::int64_t>(message.revision),
            to_seconds(message.changed)
        )
        .run();
}

std::int64_t SqliteUnit::append(const Payload& payload)
{
    writer_.append_.with(conversation_, static_cast<std::int64_t>(direction_of(payload)), to_row(payload))
        .run();
    return sqlite3_last_insert_rowid(writer_.database_.get());
}

void SqliteUnit::remove(std::int64_t row)
{
    writer_.remove_.with(row).run();
}

void SqliteUnit::remember(const Upload& upload)
{
    writer_.remember_upload_
        .with(upload.account.str(), upload.type, upload.sha256, upload.media_id, to_seconds(upload.until))
        .run();
}

void SqliteUnit::set_started(std::int64_t row, bool started)
{
    writer_.set_started_.with(static_cast<std::int64_t>(started), row).run();
}

}  // namespace wechat::store
