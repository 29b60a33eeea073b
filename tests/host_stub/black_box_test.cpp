#include "black_box.hpp"
#include "stage.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(after_a_crash)

BOOST_AUTO_TEST_CASE(the_next_run_names_the_last_calls)
{
    const TemporaryFolder folder;
    {
        BlackBox box{folder.path() / "calls"};
        BOOST_TEST(box.last_run().empty());
        box.name(0, "sms");
        box.note(0, "load");
        box.note(0, "send");
        box.name(1, "wechat");
        box.note(1, "a function whose name is longer than its place");
    }
    BlackBox box{folder.path() / "calls"};
    BOOST_TEST(
        box.last_run() == (Words{"sms: send", "wechat: a function whose name is longer"}), per_element()
    );
    box.clear();
    BOOST_TEST(BlackBox{folder.path() / "calls"}.last_run().empty());
}

BOOST_AUTO_TEST_CASE(a_host_that_stopped_well_names_nobody)
{
    Stage stage;
    stage.start();
    const auto file = stage.config.store.string() + ".calls";
    BOOST_TEST(!BlackBox{file}.last_run().empty());  // it runs: if it ended now, this would be said
    stage.restart();
    stage.host.reset();
    BOOST_TEST(BlackBox{file}.last_run().empty());
}

BOOST_AUTO_TEST_CASE(without_a_file_the_host_runs_all_the_same)
{
    BlackBox box{"/nowhere/at/all/calls"};
    box.name(0, "sms");
    box.note(0, "send");
    BOOST_TEST(box.last_run().empty());
}

// A process cannot survive an abort; the run after it can say who it was.
BOOST_AUTO_TEST_CASE(a_plugin_that_aborts_while_it_is_loaded_is_named_by_the_next_run)
{
    const TemporaryFolder folder;
    const auto store = folder.path() / "host.sqlite";
    const auto process = ::fork();
    if (process == 0) {
        ::signal(SIGABRT, SIG_DFL);
        Config config;
        config.base_dir = folder.path();
        config.store = store;
        config.media = folder.path() / "media";
        config.channels = {{.id = "rogue-1", .library = ABORTS_ON_LOAD, .settings = "{}"}};
        const Log quiet{static_cast<channel::Level>(CHANNEL_LOG_ERROR + 1)};
        Host host{config, quiet};
        host.start();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(process, &status, 0);

    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(BlackBox{store.string() + ".calls"}.last_run() == (Words{"rogue-1: load"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
