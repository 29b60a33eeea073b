// Stores of earlier versions open, and nothing of them is lost.
#include "store/an_open_store.hpp"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

using namespace wechat;
using namespace wechat::store;
using namespace std::chrono_literals;

namespace {

// Version 1 as it was written then: tables, and a little of everything in them.
constexpr auto version_1 = R"(
    CREATE TABLE store (name TEXT NOT NULL);
    INSERT INTO store VALUES ('0123456789ab');
    CREATE TABLE account (id INTEGER PRIMARY KEY, app_id TEXT NOT NULL UNIQUE);
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account,
        contact TEXT NOT NULL,
        state TEXT NOT NULL,
        wake_at INTEGER,
        UNIQUE (account, contact)
    );
    CREATE INDEX conversation_due ON conversation (wake_at) WHERE wake_at IS NOT NULL;
    CREATE TABLE seen (
        conversation INTEGER NOT NULL,
        event INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (conversation, event)
    ) WITHOUT ROWID;
    CREATE INDEX seen_at ON seen (at);
    CREATE TABLE message (
        id INTEGER PRIMARY KEY,
        client_id TEXT NOT NULL UNIQUE,
        conversation INTEGER NOT NULL,
        sender TEXT NOT NULL,
        content TEXT NOT NULL,
        state TEXT NOT NULL,
        revision INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        settled INTEGER
    );
    CREATE INDEX message_settled ON message (settled) WHERE settled IS NOT NULL;
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation INTEGER NOT NULL,
        direction INTEGER NOT NULL,
        started INTEGER NOT NULL DEFAULT 0,
        payload TEXT NOT NULL
    );

    INSERT INTO account VALUES (4, 'wx01');
    INSERT INTO conversation VALUES (9, 4, 'o-lily',
        '{"phase":1,"window":2,"last_message":1700000000,"slots_used":2,"participants":["ana"]}', 1700086400);
    INSERT INTO seen VALUES (9, 7, 1700000000);
    INSERT INTO message VALUES (1, 'm1', 9, 'ana', '{"text":"Hi"}', '{"state":20,"reason":1,"position":1}',
        3, 1700000000, NULL);
    INSERT INTO outbox (id, conversation, direction, started, payload) VALUES
        (11, 9, 0, 0, '{"item":{"kind":1,"id":"i1","happened":1700000000,"content":{"text":"Hello"}}}'),
        (12, 9, 1, 1, '{"send":{"attempt":5,"messages":["m1"],"prefix":"ana: "}}'),
        (13, 9, 0, 0, '{"report":{"report":{"id":"m1","state":20,"reason":1},"revision":3,"happened":1700000000}}');
    PRAGMA user_version = 1;
)";

struct OfVersion1 : AnOpenStore {
    OfVersion1()
    {
        close();
        const auto path = folder.file("channel.db");
        for (const auto* end : {"", "-wal", "-shm"})
            std::filesystem::remove(path + end);
        run_sql(path, version_1);
        reopen();
    }
    static void run_sql(const std::string& path, const char* sql)
    {
        sqlite3* database = nullptr;
        BOOST_TEST_REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
        BOOST_TEST(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
    }
    int version()
    {
        sqlite3* database = nullptr;
        BOOST_TEST_REQUIRE(sqlite3_open(folder.file("channel.db").c_str(), &database) == SQLITE_OK);
        int version = 0;
        const auto take = [](void* to, int, char** values, char**) {
            *static_cast<int*>(to) = std::stoi(values[0]);
            return 0;
        };
        sqlite3_exec(database, "PRAGMA user_version", take, &version, nullptr);
        sqlite3_close(database);
        return version;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_store_of_version_1, OfVersion1)

BOOST_AUTO_TEST_CASE(becomes_one_of_today_s)
{
    BOOST_TEST(version() == 2);
    reopen();
    BOOST_TEST(version() == 2);
}

BOOST_AUTO_TEST_CASE(keeps_its_name_and_the_numbers_of_its_conversations)
{
    std::int64_t number = 0;
    BOOST_TEST(run(lily, [&](Unit& unit) { number = unit.conversation(); }).has_value());

    BOOST_TEST(store->name() == "0123456789ab");
    BOOST_TEST(number == 9);
}

BOOST_AUTO_TEST_CASE(keeps_its_conversations_and_when_they_are_due)
{
    const auto conversation = load(lily);

    BOOST_TEST((conversation.phase == policy::Phase::open));
    BOOST_TEST(conversation.window == 2U);
    BOOST_TEST((conversation.last_message == noon));
    BOOST_TEST(conversation.slots_used == 2);
    BOOST_TEST((conversation.participants == std::vector{Employee{"ana"}}));
    BOOST_TEST((store->next_due().value() == noon + 24h));
}

BOOST_AUTO_TEST_CASE(keeps_the_events_it_has_seen_which_were_answered_nothing)
{
    std::string answer = "something";
    BOOST_TEST(run(lily, [&](Unit& unit) { answer = unit.answer_to(7); }).has_value());

    BOOST_TEST(!sees(lily, 7, noon));
    BOOST_TEST(answer.empty());
}

BOOST_AUTO_TEST_CASE(keeps_its_messages)
{
    const auto kept = message(ClientId{"m1"});

    BOOST_TEST_REQUIRE(kept.has_value());
    BOOST_TEST(kept->sender.str() == "ana");
    BOOST_TEST(kept->content.text == "Hi");
    BOOST_TEST((kept->state.state == policy::State::queued));
    BOOST_TEST((kept->state.reason == policy::Reason::on_hold));
    BOOST_TEST(kept->revision == 3U);
}

BOOST_AUTO_TEST_CASE(keeps_its_outbox_in_order)
{
    const auto rows = store->rows_after(0, 100);
    BOOST_TEST_REQUIRE((rows.has_value() && rows->size() == 3U));

    const auto& item = std::get<Item>(rows->at(0).payload);
    BOOST_TEST(rows->at(0).id == 11);
    BOOST_TEST((rows->at(0).key == lily));
    BOOST_TEST(item.id == "i1");
    BOOST_TEST(item.content.value().text == "Hello");
    const auto& send = std::get<policy::Send>(rows->at(1).payload);
    BOOST_TEST(rows->at(1).started);
    BOOST_TEST(send.attempt == 5U);
    BOOST_TEST(send.prefix == "ana: ");
    const auto& report = std::get<Report>(rows->at(2).payload);
    BOOST_TEST((report.report.state == policy::State::queued));
    BOOST_TEST(report.revision == 3U);
    BOOST_TEST(append(lily, item_of("i2")) == 14);
}

BOOST_AUTO_TEST_CASE(takes_what_is_new)
{
    const Upload upload{
        .account = lily.account, .type = "image", .sha256 = "s", .media_id = "M1", .until = noon + 1h};
    const auto work = [&](Unit& unit) {
        unit.remember(upload);
        unit.remember_answer(7, "Welcome");
    };
    BOOST_TEST(run(lily, work).has_value());
    append(lily, Fetch{.item = "i1", .content = {.kind = Kind::image}, .since = noon});
    reopen();

    BOOST_TEST(store->find_upload(lily.account, "image", "s", noon)->has_value());
    BOOST_TEST(store->counts().fetches == 1);
}

BOOST_AUTO_TEST_SUITE_END()
