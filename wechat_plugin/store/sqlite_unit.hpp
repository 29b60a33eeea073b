/// One conversation inside one SQLite transaction.
#pragma once

#include "store/sqlite.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace wechat::store {

/// The statements of the writer, prepared once.
class SqliteWriter {
public:
    explicit SqliteWriter(const Database& database);

    /// A conversation's row.
    struct Found {
        std::int64_t number = 0;
        std::string state = {};
    };
    /// A conversation, which is made if it is new.
    [[nodiscard]] Found conversation(const Key& key);
    /// After a rollback: numbers given meanwhile may be gone.
    void forget_numbers() { accounts_.clear(); }

    /// An outbox row is done; where it told a message's last state, the message's 7 days begin.
    void settle(std::int64_t row, Time now);
    /// Forgets at most `most` each of events and messages that are older than 7 days, and of uploads; gives whether there may be more.
    bool forget(Time now, std::int64_t most);

private:
    friend class SqliteUnit;
    std::unordered_map<std::string, std::int64_t> accounts_;

    Statement find_account_, add_account_, find_conversation_, add_conversation_;
    Statement see_, save_, find_message_, put_message_;
    Statement append_, remove_, set_started_, settle_message_, forget_seen_, forget_messages_;
    Statement remember_answer_, answer_to_, remember_upload_, forget_uploads_;
    const Database& database_;
};

class SqliteUnit final : public Unit {
public:
    SqliteUnit(SqliteWriter& writer, SqliteWriter::Found found)
        : writer_(writer), conversation_(found.number), state_(std::move(found.state))
    {}

    [[nodiscard]] std::int64_t conversation() const override { return conversation_; }
    [[nodiscard]] bool first_sight_of(std::int64_t event_id, Time now) override;
    void remember_answer(std::int64_t event_id, std::string_view text) override;
    [[nodiscard]] std::string answer_to(std::int64_t event_id) override;
    [[nodiscard]] policy::Conversation load() override;
    void save(const policy::Conversation& conversation, std::optional<Time> wake_at) override;
    [[nodiscard]] std::optional<Message> message(const ClientId& id) override;
    void put(const Message& message) override;
    std::int64_t append(const Payload& payload) override;
    void remove(std::int64_t row) override;
    void set_started(std::int64_t row, bool started) override;
    void remember(const Upload& upload) override;

private:
    SqliteWriter& writer_;
    std::int64_t conversation_;
    std::string state_;  // as it stands in the row
};

/// A message from a row of: client_id, sender, content, state, revision, changed.
[[nodiscard]] Message message_from(const Cursor& row);

}  // namespace wechat::store
