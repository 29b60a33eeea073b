#include "schema.hpp"

#include "database.hpp"

#include <array>

namespace host {
namespace {

constexpr int version = 3;

// Rows are small and keyed by integers; texts as keys stand only where repeats are recognised.
constexpr const char* version_1 = R"sql(
CREATE TABLE channels (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels,
    customer TEXT NOT NULL,
    contact TEXT NOT NULL,
    open INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'new',
    scene TEXT NOT NULL DEFAULT '',
    participants TEXT NOT NULL DEFAULT '[]',
    participants_due INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (channel, customer, contact)
);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations,
    author INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    channel INTEGER,       -- of what a channel offered, with item: the key of "shown once"
    item TEXT,
    key TEXT,
    data TEXT,
    media TEXT, mime TEXT, name TEXT,
    client_id TEXT,        -- of an employee's message, as are all that follow
    employee TEXT,
    state INTEGER,
    revision INTEGER,
    reason TEXT, note TEXT,
    position INTEGER,
    cancelling INTEGER     -- 1: the channel has not answered a cancel yet
);
CREATE INDEX messages_conversation ON messages (conversation);
CREATE UNIQUE INDEX messages_item ON messages (channel, item) WHERE item IS NOT NULL;
CREATE UNIQUE INDEX messages_client ON messages (conversation, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_pending ON messages (id) WHERE state = 0;
CREATE INDEX messages_cancelling ON messages (id) WHERE cancelling = 1;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    message INTEGER,
    state INTEGER, revision INTEGER, reason TEXT, note TEXT, position INTEGER
);

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta VALUES ('run', lower(hex(randomblob(4))));  -- makes ids differ between stores: see public_ids.hpp
)sql";

constexpr const char* version_2 = R"sql(
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels,
    customer TEXT NOT NULL,
    scene TEXT NOT NULL,
    employees TEXT NOT NULL,
    url TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL  -- 0: never
);
CREATE INDEX invitations_scene ON invitations (channel, customer, scene);
)sql";

// What waits, counted without reading all that was ever said. 20: CHANNEL_QUEUED.
constexpr const char* version_3 =
    "CREATE INDEX IF NOT EXISTS messages_waiting ON messages (conversation) WHERE state = 20";

// What makes each version from the one before; the first from nothing.
constexpr std::array steps{version_1, version_2, version_3};
static_assert(steps.size() == version);

}  // namespace

void prepare_schema(const Database& database)
{
    auto ask = database.prepare("PRAGMA user_version");
    const std::int64_t found = ask.step() ? ask.number(0) : 0;
    ask.run();
    if (found == version)
        return;
    if (found < 0 || found > version)
        throw DatabaseError{
            "the store has schema " + std::to_string(found) + ", this program knows "
            + std::to_string(version)};
    database.run("BEGIN IMMEDIATE");
    for (auto step = static_cast<std::size_t>(found); step < steps.size(); ++step)
        database.run(steps[step]);
    database.run(("PRAGMA user_version = " + std::to_string(version)).c_str());
    database.run("COMMIT");
}

}  // namespace host
