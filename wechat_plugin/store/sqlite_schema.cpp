#include "store/sqlite_schema.hpp"

#include <array>

namespace wechat::store {
namespace {

// Each entry brings the schema one version further. Released ones never change.
constexpr std::array versions{
    // 1. Text keys stand once, in account and conversation; everything else is keyed by integers: measured, an upsert
    //    by a text key costs a fifth of the rate.
    R"(
    CREATE TABLE store (name TEXT NOT NULL);
    INSERT INTO store VALUES (lower(hex(randomblob(6))));

    CREATE TABLE account (id INTEGER PRIMARY KEY, app_id TEXT NOT NULL UNIQUE);

    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account,
        contact TEXT NOT NULL,
        state TEXT NOT NULL,     -- policy::Conversation as rows.hpp writes it
        wake_at INTEGER,         -- seconds since the epoch; null: only somebody's doing changes it
        UNIQUE (account, contact)
    );
    CREATE INDEX conversation_due ON conversation (wake_at) WHERE wake_at IS NOT NULL;

    CREATE TABLE seen (          -- events of the platform: MsgId, or a hash with the highest bit set
        conversation INTEGER NOT NULL,
        event INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (conversation, event)
    ) WITHOUT ROWID;
    CREATE INDEX seen_at ON seen (at);

    CREATE TABLE message (       -- employees' messages by the host's id (S8)
        id INTEGER PRIMARY KEY,
        client_id TEXT NOT NULL UNIQUE,
        conversation INTEGER NOT NULL,
        sender TEXT NOT NULL,
        content TEXT NOT NULL,
        state TEXT NOT NULL,     -- policy::Report as rows.hpp writes it
        revision INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        settled INTEGER          -- when the host had settled its last state; forgotten 7 days later
    );
    CREATE INDEX message_settled ON message (settled) WHERE settled IS NOT NULL;

    CREATE TABLE outbox (        -- AUTOINCREMENT: a number is never used again, ids of items hold it
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation INTEGER NOT NULL,
        direction INTEGER NOT NULL,  -- 0 to the host, 1 to the platform
        started INTEGER NOT NULL DEFAULT 0,
        payload TEXT NOT NULL
    );
    )",
    // 2. Files that the platform has of us; direction 2 of the outbox: files of contacts that are still to be had.
    R"(
    CREATE TABLE upload (
        app_id TEXT NOT NULL,
        type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        media_id TEXT NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (app_id, type, sha256)
    ) WITHOUT ROWID;
    CREATE INDEX upload_until ON upload (until);
    ALTER TABLE seen ADD COLUMN answer TEXT;  -- a passive reply, for the event's further deliveries
    )",
};

int version_of(const Database& database)
{
    Statement version{database, "PRAGMA user_version"};
    auto rows = version.with();
    return rows.next() ? static_cast<int>(rows.integer(0)) : 0;
}

}  // namespace

bool migrate(const Database& database)
{
    const auto newest = static_cast<int>(versions.size());
    database.run("BEGIN IMMEDIATE");
    const int present = version_of(database);
    if (present > newest) {
        database.run("ROLLBACK");
        return false;
    }
    for (int version = present; version < newest; ++version)
        database.run(versions[static_cast<std::size_t>(version)]);
    database.run(("PRAGMA user_version = " + std::to_string(newest)).c_str());
    database.run("COMMIT");
    return true;
}

}  // namespace wechat::store
