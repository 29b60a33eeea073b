#include "store/an_open_store.hpp"
#include "support/in_a_child.hpp"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include <csignal>
#include <fstream>
#include <sys/resource.h>

using namespace wechat;
using namespace wechat::store;

namespace {

Fault fault_of_opening(const std::string& path)
{
    Answers answers;
    const auto opened = open_sqlite(path, answers.post());
    BOOST_TEST_REQUIRE(!opened.has_value());
    return opened.error();
}

void run_sql(const std::string& path, const char* sql)
{
    sqlite3* database = nullptr;
    BOOST_TEST_REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    BOOST_TEST(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

// Fills the store until there is no room; in a child process, for a limit on files that was lowered stays so. Gives 0 where the fault has its name and nothing of the unit is there.
int fill_up(const std::string& path)
{
    std::signal(SIGXFSZ, SIG_IGN);
    Answers answers;
    const auto opened = open_sqlite(path, answers.post());
    if (!opened)
        return 1;
    auto& store = **opened;
    const rlimit limit{1 << 20, 1 << 20};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 2;
    Content big;
    big.text.assign(64 << 10, 'x');
    std::size_t kept = 0;
    for (int i = 0; i < 100; ++i) {
        std::optional<Result<void>> told;
        const auto two_rows = [&](Unit& unit) {
            unit.append(Item{.id = "one", .content = big});
            unit.append(Item{.id = "two", .content = big});
        };
        store.run(lily, two_rows, [&](const Result<void>& result) { told = result; });
        if (!answers.until([&] { return told.has_value(); }))
            return 3;
        if (*told) {
            ++kept;
            continue;
        }
        if (told->error().code != errc::store_full)
            return 4;
        const auto rows = store.rows_after(0, 1000);
        return kept > 0 && rows && rows->size() == 2 * kept ? 0 : 5;
    }
    return 6;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_file_that_is_no_store)

BOOST_AUTO_TEST_CASE(a_directory_is_refused_by_its_name)
{
    const Folder folder;
    const auto fault = fault_of_opening(folder.path().string());

    BOOST_TEST((fault.code == errc::store_broken));
    BOOST_TEST(fault.detail.find(folder.path().string()) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_path_that_leads_nowhere_is_refused_by_its_name)
{
    const Folder folder;
    const auto fault = fault_of_opening(folder.file("missing/channel.db"));

    BOOST_TEST((fault.code == errc::store_broken));
    BOOST_TEST(fault.detail.find("missing/channel.db") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_kind_of_file_is_refused_by_its_name_and_stays_as_it_is)
{
    const Folder folder;
    const auto path = folder.file("letter.txt");
    const std::string words(2000, 'A');
    std::ofstream{path} << words;

    const auto fault = fault_of_opening(path);

    BOOST_TEST((fault.code == errc::store_broken));
    BOOST_TEST(fault.detail.find("letter.txt") != std::string::npos);
    std::ifstream file{path};
    BOOST_TEST(std::string(std::istreambuf_iterator<char>{file}, {}) == words);
}

BOOST_AUTO_TEST_CASE(one_without_a_table_is_refused)
{
    for (const auto* table : {"store", "conversation", "seen", "message", "outbox", "upload"}) {
        const Folder folder;
        const auto path = folder.file("channel.db");
        {
            Answers answers;
            BOOST_TEST(open_sqlite(path, answers.post()).has_value());
        }
        run_sql(path, ("DROP TABLE " + std::string{table}).c_str());

        BOOST_TEST((fault_of_opening(path).code == errc::store_broken), table);
    }
}

BOOST_AUTO_TEST_CASE(one_of_a_later_version_is_refused_and_stays_as_it_is)
{
    const Folder folder;
    const auto path = folder.file("channel.db");
    {
        Answers answers;
        BOOST_TEST(open_sqlite(path, answers.post()).has_value());
    }
    run_sql(path, "PRAGMA user_version = 99; CREATE TABLE of_the_future (x);");

    const auto fault = fault_of_opening(path);

    BOOST_TEST((fault.code == errc::store_too_new));
    BOOST_TEST(fault.detail.find(path) != std::string::npos);
    run_sql(path, "INSERT INTO of_the_future VALUES (1);");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_file_that_is_a_store)

BOOST_FIXTURE_TEST_CASE(everything_is_there_after_a_restart, AnOpenStore, *boost::unit_test::label("Q7"))
{
    policy::Conversation conversation;
    conversation.slots_used = 3;
    save(lily, conversation, noon);
    put(lily, message_of("m1"));
    const auto row = append(lily, item_of("i1"));
    BOOST_TEST(sees(lily, 7, noon));
    const auto name = store->name();

    reopen();

    BOOST_TEST(load(lily).slots_used == 3);
    BOOST_TEST((store->next_due().value() == noon));
    BOOST_TEST(message(ClientId{"m1"}).has_value());
    BOOST_TEST(row_numbers().contains(row));
    BOOST_TEST(!sees(lily, 7, noon));
    BOOST_TEST(store->name() == name);
}

BOOST_AUTO_TEST_CASE(two_stores_have_two_names)
{
    const AnOpenStore one, other;

    BOOST_TEST(one.store->name().size() == 12U);
    BOOST_TEST(one.store->name() != other.store->name());
}

BOOST_AUTO_TEST_CASE(a_full_disk_has_its_name_and_leaves_nothing_half_done)
{
    const Folder folder;
    const auto path = folder.file("channel.db");

    BOOST_TEST(in_a_child([&] { return fill_up(path); }) == 0);
}

BOOST_FIXTURE_TEST_CASE(one_that_another_program_writes_is_busy_for_all_that_waits_at_once, AnOpenStore)
{
    append(lily, item_of("i1"));
    sqlite3* other = nullptr;
    BOOST_TEST_REQUIRE(sqlite3_open(folder.file("channel.db").c_str(), &other) == SQLITE_OK);
    BOOST_TEST(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);

    std::vector<errc> told;
    for (int i = 0; i < 20; ++i)
        store->run(
            lily, [](Unit&) {}, [&](const Result<void>& result) { told.push_back(result.error().code); }
        );
    BOOST_TEST(answers.until([&] { return told.size() == 20; })
    );  // fails after 30 s: one by one it were 100 s
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);

    BOOST_TEST(std::ranges::all_of(told, [](errc code) { return code == errc::store_busy; }));
    BOOST_TEST(run(lily, [](Unit&) {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
