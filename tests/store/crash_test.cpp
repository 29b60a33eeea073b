#include "store/an_open_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace wechat;
using namespace wechat::store;

namespace {

// A unit's number stands in four places; whoever finds it in one must find it in all.
void write_unit(Unit& unit, int number)
{
    auto conversation = unit.load();
    conversation.slots_used = number;
    unit.save(conversation, noon + std::chrono::seconds{number});
    (void)unit.first_sight_of(number, noon);
    unit.put(message_of("m" + std::to_string(number)));
    unit.append(item_of(std::to_string(number)));
}

// Writes units without end and tells their numbers through the pipe once they are durable.
[[noreturn]] void write_for_ever(const std::string& path, int pipe)
{
    Answers answers;
    auto opened = open_sqlite(path, answers.post());
    if (!opened)
        _exit(1);
    int told = 0;
    for (int number = 1;; ++number) {
        (*opened)->run(
            lily,
            [number](Unit& unit) { write_unit(unit, number); },
            [&told, number, pipe](const Result<void>& result) {
                told = number;
                if (!result || write(pipe, &number, sizeof number) != sizeof number)
                    _exit(1);
            }
        );
        // A few are always on their way, so that commits hold several.
        if (number - told > 5 && !answers.until([&] { return number - told <= 2; }))
            _exit(1);
    }
}

// Reads numbers until so many have come, kills the writer in the middle of what it does, and reads the rest.
int last_told(int pipe, pid_t child, int kill_after)
{
    int last = 0, number = 0;
    while (read(pipe, &number, sizeof number) == sizeof number) {
        last = number;
        if (number == kill_after)
            kill(child, SIGKILL);
    }
    waitpid(child, nullptr, 0);
    return last;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_process_that_is_killed)

// Seeds choose the moment of the kill; the units after it are in some state of being written.
BOOST_DATA_TEST_CASE(keeps_all_it_was_told_and_nothing_by_halves, boost::unit_test::data::xrange(12), seed)
{
    AnOpenStore store;
    store.close();
    std::minstd_rand random{static_cast<unsigned>(seed) + 1};
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(pipe(ends.data()) == 0);
    const auto child = fork();
    if (child == 0) {
        close(ends[0]);
        write_for_ever(store.folder.file("channel.db"), ends[1]);
    }
    close(ends[1]);
    const int told = last_told(ends[0], child, static_cast<int>(random() % 200) + 1);
    close(ends[0]);

    store.reopen();

    const int last = store.load(lily).slots_used;
    BOOST_TEST(last >= told);
    BOOST_TEST(store.row_numbers().size() == static_cast<std::size_t>(last));
    for (int number = 1; number <= last; ++number) {
        BOOST_TEST(store.message(ClientId{"m" + std::to_string(number)}).has_value());
        if (number % 20 == 0 || number == last)
            BOOST_TEST(!store.sees(lily, number, noon));
    }
    BOOST_TEST(!store.message(ClientId{"m" + std::to_string(last + 1)}).has_value());
    BOOST_TEST(store.sees(lily, last + 1, noon));
}

BOOST_AUTO_TEST_SUITE_END()
