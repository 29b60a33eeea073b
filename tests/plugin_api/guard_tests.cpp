// Whatever a channel throws, wherever: the host gets class, code and text, and goes on.
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>

namespace {

struct Thrower : stage::Stage {
    explicit Thrower(std::string_view what = "error")
        : Stage(channel::Library::load(std::string(LOADER_FILES) + "/thrower.so"), what)
    {
    }

    /// Running, although start throws the first time.
    void run()
    {
        configure();
        thrown([&] { start(); });
        BOOST_TEST(bool(start()));
    }
    ~Thrower()
    {
        if (instance.phase() == channel::Phase::running)
            thrown([&] { stop(); });  // throws the first time
    }
};

const channel::Done nobody = [](const channel::Result&) {};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_is_thrown)

BOOST_AUTO_TEST_CASE(in_the_constructor_makes_no_instance)
{
    const auto make = [] { Thrower thrower("constructor"); };

    BOOST_TEST(stage::Stage::thrown(make) == "-7 exception constructor");
}

BOOST_AUTO_TEST_CASE(in_a_function_of_control_leaves_the_state_as_it_was)
{
    Thrower thrower;

    BOOST_TEST(thrower.thrown([&] { thrower.configure("throw"); }) == "-4 no_room configure");
    BOOST_TEST((thrower.instance.phase() == channel::Phase::created));
    BOOST_TEST(bool(thrower.configure()));
    BOOST_TEST(thrower.thrown([&] { thrower.start(); }) == "-4 no_room start");
    BOOST_TEST((thrower.instance.phase() == channel::Phase::configured));
    BOOST_TEST(bool(thrower.start()));
    BOOST_TEST(thrower.thrown([&] { thrower.stop(); }) == "-4 no_room stop");
    BOOST_TEST((thrower.instance.phase() == channel::Phase::running));
    BOOST_TEST(bool(thrower.stop()));
}

BOOST_AUTO_TEST_CASE(as_channel_error_keeps_class_code_text_and_time)
{
    Thrower thrower;
    thrower.run();

    try {
        thrower.instance.send(thrower.message("m1"));
        BOOST_ERROR("nothing was thrown");
    } catch (const channel::Error& error) {
        BOOST_TEST((error.status() == channel::Status::busy));
        BOOST_TEST(error.code() == "no_room");
        BOOST_TEST(error.text() == "send");
        BOOST_TEST(error.retry_after().count() == 700);
    }
}

BOOST_AUTO_TEST_CASE(in_any_other_function_is_told)
{
    Thrower thrower("exception");
    thrower.run();
    auto& line = thrower.instance;

    BOOST_TEST(thrower.thrown([&] { line.send(thrower.message("m1")); }) == "-7 exception send");
    BOOST_TEST(thrower.thrown([&] { line.cancel("m1"); }) == "-7 exception cancel");
    BOOST_TEST(thrower.thrown([&] { (void)line.check(thrower.message("m1")); }) == "-7 exception check");
    BOOST_TEST(thrower.thrown([&] { (void)line.inspect("state"); }) == "-7 exception inspect");
    BOOST_TEST(thrower.thrown([&] { line.participants("a", "c", {}, nobody); }) == "-7 exception participants");
    BOOST_TEST(thrower.thrown([&] { line.invite({.account = "a"}, nobody); }) == "-7 exception invite");
    BOOST_TEST(thrower.thrown([&] { line.typing("a", "c", true); }) == "-7 exception typing");
    BOOST_TEST(thrower.thrown([&] { line.examine(nobody); }) == "-7 exception examine");
    BOOST_TEST(line.extension("com.example.thrower/1") == nullptr);
}

BOOST_AUTO_TEST_CASE(that_is_no_exception_is_told_too)
{
    Thrower thrower("number");
    thrower.run();

    BOOST_TEST(thrower.thrown([&] { thrower.instance.cancel("m1"); }) == "-7 exception not a std::exception");
}

BOOST_AUTO_TEST_CASE(where_nobody_waits_is_logged)
{
    Thrower thrower("exception");
    thrower.run();
    (void)thrower.instance.inspect("offer");
    BOOST_TEST(thrower.instance.settle(1, channel::ok));

    const auto logged = [&](const std::string& line) {
        const auto logs = thrower.desk.logs();
        return std::find(logs.begin(), logs.end(), line) != logs.end();
    };
    const auto all = [&] {
        return logged("exception_in_settle: settle") && logged("exception_in_task: task")
            && logged("exception_on_thread: thread{\"thread\":\"thrower\"}");
    };
    BOOST_TEST(thrower.lane.run_until(all, channel::Milliseconds{5000}));
    BOOST_TEST(thrower.desk.healths() == (stage::Desk::Logs{"2 exception_on_thread"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
