#include "channels/folder.hpp"
#include "plugin/channel.hpp"
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

using namespace wechat::plugin;

namespace {

// A channel that runs, and whose store can be made unreadable beside it.
struct ARunningChannel : stage::Stage {
    ARunningChannel() : Stage(channel::Library::linked(channel::plugin_table<WeChatChannel>))
    {
        base_dir = folder.path.string();
        channels::test::write(
            folder.path / "harbour-bank.yaml",
            "customer: harbour-bank\nwechat:\n  app_id: wx1\n  app_secret: s\n  token: callbacktoken\n"
            "  encoding_aes_key: abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n  api: http://127.0.0.1:1\n"
        );
        BOOST_TEST_REQUIRE(bool(
            configure(R"({"listen":"127.0.0.1:0","store":"w.sqlite","customers":["harbour-bank.yaml"]})")
        ));
        BOOST_TEST_REQUIRE(bool(start()));
    }

    void sql(const char* statement)
    {
        sqlite3* database = nullptr;
        BOOST_TEST_REQUIRE(sqlite3_open((folder.path / "w.sqlite").c_str(), &database) == SQLITE_OK);
        BOOST_TEST(sqlite3_exec(database, statement, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
    }
    bool until(const std::function<bool()>& condition)
    {
        return lane.run_until(condition, std::chrono::minutes{1});
    }

    channels::test::Folder folder;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_cancel, ARunningChannel)

BOOST_AUTO_TEST_CASE(of_a_message_that_nobody_has_sent_is_told_so)
{
    instance.cancel("m1");

    BOOST_TEST_REQUIRE(until([&] { return !desk.reports().empty(); }));
    BOOST_TEST(desk.reports().front().first.reason == "unknown_message");
}

BOOST_AUTO_TEST_CASE(waits_for_a_store_that_cannot_be_read_before_it_calls_a_message_unknown)
{
    sql("ALTER TABLE message RENAME TO message_away");
    instance.cancel("m1");
    BOOST_TEST_REQUIRE(until([&] { return instance.busy() == 0U; }));
    BOOST_TEST(desk.reports().empty());

    sql("ALTER TABLE message_away RENAME TO message");
    advance(channel::Milliseconds{1000});

    BOOST_TEST_REQUIRE(until([&] { return !desk.reports().empty(); }));
    BOOST_TEST(desk.reports().front().first.reason == "unknown_message");
    BOOST_TEST(desk.reports().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
