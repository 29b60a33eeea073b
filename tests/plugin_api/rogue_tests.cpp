// What a plugin that means no good can do to its host: nothing but be named. In C, past every layer of ours.
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace {

struct Rogue : stage::Stage {
    explicit Rogue(const char* does)
        : Stage(channel::Library::load(std::string(LOADER_FILES) + "/rogue.so"), does)
    {}

    /// How many of the host's complaints name this function.
    std::size_t complaints(const std::string& function)
    {
        const auto all = desk.misbehaviours();
        return static_cast<std::size_t>(std::count_if(
            all.begin(),
            all.end(),
            [&](const std::string& sentence) {
                return sentence.starts_with("rogue misbehaves: " + function + ": ");
            }
        ));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_host_stays_up_with_a_plugin)

BOOST_AUTO_TEST_CASE(that_gives_garbage_for_lengths)
{
    Rogue rogue("lengths");
    rogue.run();
    const auto text = rogue.instance.inspect("state");

    BOOST_TEST(text.empty());
    for (const auto* function : {"complete", "offer", "report", "log", "health", "inspect"})
        BOOST_TEST(rogue.complaints(function) == 1U, function);
    BOOST_TEST(rogue.desk.offers().empty());
    BOOST_TEST(rogue.desk.reports().empty());
    BOOST_TEST(bool(rogue.stop()));
}

BOOST_AUTO_TEST_CASE(that_offers_a_million_items_to_a_busy_host)
{
    Rogue rogue("million");
    rogue.desk.answer = {channel::Status::busy, channel::Milliseconds{100}};
    rogue.run();

    BOOST_TEST(rogue.desk.offers().size() == 1'000'000U);
    BOOST_TEST(rogue.instance.open_tokens() == 0U);
    BOOST_TEST(rogue.desk.misbehaviours().empty());
}

BOOST_AUTO_TEST_CASE(that_hangs_in_stop)
{
    channel::Clock clock{channel::Time{}};
    channel::Lane lane{clock, channel::Lane::Mode::manual};
    stage::Desk desk{lane};
    {
        auto instance = channel::Library::load(std::string(LOADER_FILES) + "/rogue.so").create("hangs", desk);
        instance.configure({}, {});
        lane.run_until_idle();
        instance.start({});
        lane.run_until_idle();
        bool stopped = false;
        instance.stop(channel::Milliseconds{10}, [&](const channel::Result&) { stopped = true; });
        lane.run_until_idle();
        BOOST_TEST(!stopped);
    }

    // The host lets go of it, and says so: it is cut off, and stays for as long as the process.
    BOOST_TEST_REQUIRE(desk.misbehaviours().size() == 1U);
    BOOST_TEST(desk.misbehaviours()[0] == "HOST misbehaves: destroy: called while stopping");
}

BOOST_AUTO_TEST_SUITE_END()
