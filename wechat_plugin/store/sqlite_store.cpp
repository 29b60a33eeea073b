#include "store/rows.hpp"
#include "store/sqlite_schema.hpp"
#include "store/sqlite_unit.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace wechat::store {
namespace {

// As many units as one commit takes at most: it bounds how long the first one waits (bench: 256 rows, 20 ms at worst).
constexpr std::size_t units_per_commit = 256;

// How much a call of forget deletes: a commit's worth, so that callbacks never wait long behind it.
constexpr std::int64_t forgotten_at_once = 500;

// One writer on its own thread commits whatever waits, so many events share one fsync (group commit).
class SqliteStore final : public Store {
public:
    SqliteStore(const std::string& path, Post post) : database_(path, false), post_(std::move(post))
    {
        database_.run("PRAGMA journal_mode = WAL");
        database_.run("PRAGMA synchronous = FULL");
        // In the writer's thread at 1,000 pages: measured, a checkpoint thread was worse.
        database_.run("PRAGMA wal_autocheckpoint = 1000");
        too_new_ = !migrate(database_);
        if (too_new_)
            return;
        Statement name{database_, "SELECT name FROM store"};
        if (auto found = name.with(); found.next())
            name_ = found.text(0);
        reader_ = std::make_unique<Reader>(path);
        writer_ =
            std::make_unique<SqliteWriter>(database_);  // here, where a table that is missing can be told
        thread_ = std::thread([this] { write_until_stopped(); });
    }

    ~SqliteStore() override
    {
        if (!thread_.joinable())
            return;
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        wake_writer_.notify_one();
        thread_.join();
    }

    [[nodiscard]] bool too_new() const { return too_new_; }

    void run(Key key, Work work, Done done) override
    {
        enqueue({.key = std::move(key), .work = std::move(work), .on_writer = {}, .done = std::move(done)});
    }

    void settle(std::vector<std::int64_t> rows, Time now, Done done) override
    {
        const auto on_writer = [rows = std::move(rows), now](SqliteWriter& writer) {
            for (const auto row : rows)
                writer.settle(row, now);
        };
        enqueue({.key = {}, .work = {}, .on_writer = on_writer, .done = std::move(done)});
    }

    void forget(Time now, Done done) override
    {
        const auto more = std::make_shared<bool>(false);  // shared by the two ends of one piece
        const auto on_writer = [now, more](SqliteWriter& writer) {
            *more = writer.forget(now, forgotten_at_once);
        };
        auto told = [this, now, more, done = std::move(done)](const Result<void>& result) {
            if (result && *more)
                forget(now, done);
            else if (done)
                done(result);
        };
        enqueue({.key = {}, .work = {}, .on_writer = on_writer, .done = std::move(told)});
    }

    void flush() override
    {
        std::unique_lock lock{mutex_};
        all_written_.wait(lock, [this] { return waiting_.empty() && !writing_; });
    }

    Result<std::optional<policy::Conversation>> peek(const Key& key) override
    {
        return read([&](Reader& reader) -> std::optional<policy::Conversation> {
            auto found = reader.conversation.with(key.account.str(), key.contact.str());
            if (!found.next())
                return std::nullopt;
            return read_conversation(found.text(0)).value();
        });
    }

    Result<std::optional<Message>> peek_message(const ClientId& id) override
    {
        return read([&](Reader& reader) -> std::optional<Message> {
            auto found = reader.message.with(id.str());
            if (!found.next())
                return std::nullopt;
            return message_from(found);
        });
    }

    Result<std::optional<Key>> find_message(const ClientId& id) override
    {
        return read([&](Reader& reader) -> std::optional<Key> {
            auto found = reader.message_key.with(id.str());
            if (!found.next())
                return std::nullopt;
            return key_from(found, 0);
        });
    }

    Result<std::optional<Upload>>
    find_upload(const AppId& account, std::string_view type, std::string_view sha256, Time now) override
    {
        return read([&](Reader& reader) -> std::optional<Upload> {
            auto found =
                reader.upload.with(account.str(), std::string{type}, std::string{sha256}, to_seconds(now));
            if (!found.next())
                return std::nullopt;
            return Upload{
                .account = account,
                .type = std::string{type},
                .sha256 = std::string{sha256},
                .media_id = std::string{found.text(0)},
                .until = from_seconds(found.integer(1)),
            };
        });
    }

    Result<std::vector<Row>> rows_after(std::int64_t after, std::size_t most) override
    {
        return read([&](Reader& reader) {
            std::vector<Row> rows;
            auto found = reader.rows.with(after, static_cast<std::int64_t>(most));
            while (found.next())
                rows.push_back(row_from(found));
            return rows;
        });
    }

    Result<std::optional<Row>> row(std::int64_t id) override
    {
        return read([&](Reader& reader) -> std::optional<Row> {
            auto found = reader.row.with(id);
            if (!found.next())
                return std::nullopt;
            return row_from(found);
        });
    }

    Result<std::vector<Key>> due_until(Time now, std::size_t most) override
    {
        return read([&](Reader& reader) {
            std::vector<Key> keys;
            auto found = reader.due.with(to_seconds(now), static_cast<std::int64_t>(most));
            while (found.next())
                keys.push_back(key_from(found, 0));
            return keys;
        });
    }

    Result<std::optional<Time>> next_due() override
    {
        return read([&](Reader& reader) -> std::optional<Time> {
            auto found = reader.next_due.with();
            if (!found.next() || found.null(0))
                return std::nullopt;
            return from_seconds(found.integer(0));
        });
    }

    Counts counts() override
    {
        auto counted = read([&](Reader& reader) {
            Counts counts;
            if (auto found = reader.counts.with(); found.next()) {
                counts.conversations = found.integer(0);
                counts.outbox_to_host = found.integer(1);
                counts.outbox_to_platform = found.integer(2);
                counts.fetches = found.integer(3);
            }
            return counts;
        });
        Counts counts = counted ? *counted : Counts{};
        counts.commits = commits_;
        counts.transactions = units_;
        return counts;
    }

    const std::string& name() const override { return name_; }

private:
    // A unit of work about a conversation, or one about the store itself.
    struct Waiting {
        Key key = {};
        Work work = {};
        std::function<void(SqliteWriter&)> on_writer = {};
        Done done = {};
    };

    struct Reader {
        explicit Reader(const std::string& path)
            : database(path, true),
              conversation(
                  database,
                  "SELECT state FROM conversation JOIN account ON account.id = account"
                  " WHERE app_id = ? AND contact = ?"
              ),
              message(
                  database,
                  "SELECT client_id, sender, content, state, revision, changed FROM message WHERE client_id "
                  "= ?"
              ),
              message_key(
                  database,
                  "SELECT app_id, contact FROM message JOIN conversation ON conversation.id = conversation"
                  " JOIN account ON account.id = account WHERE client_id = ?"
              ),
              rows(
                  database,
                  "SELECT outbox.id, conversation, app_id, contact, payload, started FROM outbox"
                  " JOIN conversation ON conversation.id = conversation JOIN account ON account.id = account"
                  " WHERE outbox.id > ? ORDER BY outbox.id LIMIT ?"
              ),
              row(database,
                  "SELECT outbox.id, conversation, app_id, contact, payload, started FROM outbox"
                  " JOIN conversation ON conversation.id = conversation JOIN account ON account.id = account"
                  " WHERE outbox.id = ?"),
              due(database,
                  "SELECT app_id, contact FROM conversation JOIN account ON account.id = account"
                  " WHERE wake_at <= ? ORDER BY wake_at LIMIT ?"),
              next_due(database, "SELECT min(wake_at) FROM conversation WHERE wake_at IS NOT NULL"),
              counts(
                  database,
                  "SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM outbox WHERE direction "
                  "= 0),"
                  " (SELECT count(*) FROM outbox WHERE direction = 1),"
                  " (SELECT count(*) FROM outbox WHERE direction = 2)"
              ),
              upload(
                  database,
                  "SELECT media_id, until FROM upload WHERE app_id = ? AND type = ? AND sha256 = ? AND until "
                  "> ?"
              )
        {}
        Database database;
        Statement conversation, message, message_key, rows, row, due, next_due, counts, upload;
    };

    static Key key_from(const Cursor& row, int column)
    {
        return {AppId{std::string{row.text(column)}}, OpenId{std::string{row.text(column + 1)}}};
    }

    static Row row_from(const Cursor& row)
    {
        return {
            .id = row.integer(0),
            .conversation = row.integer(1),
            .key = key_from(row, 2),
            .payload = read_payload(row.text(4)).value(),
            .started = row.integer(5) != 0,
        };
    }

    template <class Read>
    auto read(const Read& work) -> Result<decltype(work(std::declval<Reader&>()))>
    try {
        const std::lock_guard lock{reader_mutex_};
        return work(*reader_);
    } catch (const SqliteFailure& failure) {
        return failure.fault();
    } catch (const std::exception& failure) {
        return fail(errc::store_broken, failure.what());
    }

    void enqueue(Waiting waiting)
    {
        {
            const std::lock_guard lock{mutex_};
            waiting_.push_back(std::move(waiting));
        }
        wake_writer_.notify_one();
    }

    void write_until_stopped()
    {
        for (;;) {
            std::vector<Waiting> batch;
            {
                std::unique_lock lock{mutex_};
                writing_ = false;
                if (waiting_.empty())
                    all_written_.notify_all();
                wake_writer_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
                if (waiting_.empty())
                    return;
                const auto size = std::min(waiting_.size(), units_per_commit);
                const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
                batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
                waiting_.erase(waiting_.begin(), end);
                writing_ = true;
            }
            commit(*writer_, std::move(batch));
        }
    }

    // All in one transaction; where that fails, each in one of its own, so that one bad unit harms no other. Not where
    // another program has the file: no unit is to blame, and each of them would wait for it anew.
    void commit(SqliteWriter& writer, std::vector<Waiting> batch)
    {
        std::vector<Result<void>> results(batch.size());
        if (const auto together = attempt(writer, batch.data(), batch.size()); !together) {
            if (batch.size() == 1 || together.error().code == errc::store_busy)
                std::ranges::fill(results, together);
            else
                for (std::size_t i = 0; i < batch.size(); ++i)
                    results[i] = attempt(writer, &batch[i], 1);
        }
        post_([batch = std::move(batch), results = std::move(results)] {
            for (std::size_t i = 0; i < batch.size(); ++i)
                if (batch[i].done)
                    batch[i].done(results[i]);
        });
    }

    Result<void> attempt(SqliteWriter& writer, const Waiting* first, std::size_t count)
    try {
        database_.run("BEGIN IMMEDIATE");
        for (const auto* unit = first; unit != first + count; ++unit) {
            if (unit->on_writer) {
                unit->on_writer(writer);
            } else {
                SqliteUnit view{writer, writer.conversation(unit->key)};
                unit->work(view);
            }
        }
        database_.run("COMMIT");
        commits_ += 1;
        units_ += static_cast<std::int64_t>(count);
        return {};
    } catch (const SqliteFailure& failure) {
        roll_back(writer);
        return failure.fault();
    } catch (const std::exception& failure) {
        roll_back(writer);
        return fail(errc::store_broken, failure.what());
    }

    void roll_back(SqliteWriter& writer)
    {
        writer.forget_numbers();
        if (sqlite3_get_autocommit(database_.get()) == 0)
            sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }

    Database database_;
    Post post_;
    bool too_new_ = false;
    std::string name_;
    std::mutex reader_mutex_;
    std::unique_ptr<Reader> reader_;
    std::unique_ptr<SqliteWriter> writer_;  // of the writer's thread once that runs

    std::mutex mutex_;
    std::condition_variable wake_writer_, all_written_;
    std::vector<Waiting> waiting_;
    bool writing_ = false;
    bool stopping_ = false;
    std::atomic<std::int64_t> commits_ = 0, units_ = 0;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, Post post)
try {
    auto store = std::make_unique<SqliteStore>(path, std::move(post));
    if (store->too_new())
        return fail(errc::store_too_new, path + " was written by a later version of this program");
    return std::unique_ptr<Store>{std::move(store)};
} catch (const SqliteFailure& failure) {
    auto fault = failure.fault();
    fault.detail = path + ": " + fault.detail;
    return fault;
}

}  // namespace wechat::store
