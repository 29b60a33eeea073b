// The doctor as a host calls it: before start, beside a run, and ended by stop.
#include "plugin/a_patient.hpp"
#include "plugin/channel.hpp"
#include "plugin_api/stage.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace wechat;
using namespace wechat::plugin;

namespace {

class Folder {
public:
    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "doctor-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct AChannel : stage::Stage {
    AChannel() : Stage(channel::Library::linked(channel::plugin_table<WeChatChannel>))
    {
        clock.advance_to(channel::Time{moment.time_since_epoch()});
        base_dir = folder.path().string();
        for (const auto* name : {"harbour-bank", "river-bank"})
            std::ofstream{folder.path() / (std::string{name} + ".yaml")}
                << "customer: " << name << "\nwechat:\n  app_id: wx" << name
                << "\n  app_secret: s\n  token: callbacktoken\n"
                   "  encoding_aes_key: abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n  api: http://127.0.0.1:"
                << platform.server().port() << "\n";
    }

    [[nodiscard]] channel::Settings settings() const
    {
        return {
            .json =
                R"({"listen":"127.0.0.1:0","store":"w.sqlite","customers":["harbour-bank.yaml","river-bank.yaml"]})",
            .base_dir = base_dir,
        };
    }
    channel::Result configure_it() { return configure(settings().json); }

    /// "harbour-bank webhook": each step of a level.
    static Steps steps_that_are(std::string_view level, const channel::Result& result)
    {
        Steps names;
        const auto list = boost::json::parse(result.json);
        for (const auto& step : list.as_array())
            if (step.at("level").as_string() == level)
                names.push_back(
                    std::string{step.at("account").as_string()} + ' '
                    + std::string{step.at("step").as_string()}
                );
        return names;
    }

    channel::Result examine()
    {
        // Shared with an end that may come after our patience; a slow machine has its time.
        const auto result = std::make_shared<std::optional<channel::Result>>();
        instance.examine([result](const channel::Result& ended) { *result = ended; });
        BOOST_TEST_REQUIRE(lane.run_until([&] { return result->has_value(); }, std::chrono::minutes{1}));
        return **result;
    }

    /// A loop that is too busy gives none, and is asked again.
    std::string all_metrics()
    {
        std::string metrics;
        const auto has_some = [&] { return (metrics = instance.inspect("metrics")) != "# EOF\n"; };
        BOOST_TEST_REQUIRE(lane.run_until(has_some, std::chrono::minutes{1}));
        return metrics;
    }

    Folder folder;
    Platform platform;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_doctor, AChannel)

BOOST_AUTO_TEST_CASE(examines_each_account_before_start_and_opens_no_store)
{
    BOOST_TEST(bool(configure_it()));

    const auto result = examine();

    BOOST_TEST(bool(result));
    BOOST_TEST(steps_that_are("wrong", result).empty());
    BOOST_TEST(
        steps_that_are("warning", result) == (Steps{"harbour-bank webhook", "river-bank webhook"}),
        boost::test_tools::per_element()
    );
    BOOST_TEST(!std::filesystem::exists(folder.path() / "w.sqlite"));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_AUTO_TEST_CASE(beside_a_run_finds_its_endpoint_and_leaves_no_trace)
{
    configure_it();
    BOOST_TEST(bool(start()));

    const auto result = examine();

    BOOST_TEST(steps_that_are("wrong", result).empty());
    BOOST_TEST(steps_that_are("warning", result).empty());
    BOOST_TEST(desk.offers().empty());
    const auto metrics = all_metrics();
    BOOST_TEST(metrics.find("wechat_conversations 0\n") != std::string::npos);
    BOOST_TEST(metrics.find("wechat_events_total 0\n") != std::string::npos);
    BOOST_TEST(metrics.find("wechat_callback_answers_total{answer=\"success\"} 2\n") != std::string::npos);
    // The webhook's connections end a moment after their answers.
    BOOST_TEST(lane.run_until([&] { return instance.busy() == 0U; }, channel::Milliseconds{5000}));
}

BOOST_AUTO_TEST_CASE(is_ended_by_stop)
{
    platform.answers("/cgi-bin/stable_token", scripted::silence());
    configure_it();
    start();
    std::optional<channel::Result> result;
    instance.examine([&](const channel::Result& ended) { result = ended; });
    BOOST_TEST(platform.server().wait_for_requests(2));
    BOOST_TEST(instance.busy().value() > 0U);

    BOOST_TEST(bool(stop()));
    lane.run_until_idle();

    BOOST_REQUIRE(result.has_value());
    BOOST_TEST((result->status == channel::Status::state));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_AUTO_TEST_CASE(is_ended_by_the_end_of_its_channel)
{
    platform.answers("/cgi-bin/stable_token", scripted::silence());
    std::optional<channel::Result> result;
    {
        auto other = channel::Library::linked(channel::plugin_table<WeChatChannel>).create("two", desk);
        other.configure(settings(), {});
        other.examine([&](const channel::Result& ended) { result = ended; });
        BOOST_TEST(platform.server().wait_for_requests(2));
    }
    lane.run_until_idle();

    BOOST_REQUIRE(result.has_value());
    BOOST_TEST((result->status == channel::Status::state));
}

BOOST_AUTO_TEST_CASE(does_one_thing_at_a_time)
{
    platform.answers("/cgi-bin/stable_token", scripted::silence());
    configure_it();
    instance.examine({});

    BOOST_TEST(thrown([&] { instance.examine({}); }) == "-4 busy an examination is under way");
}

BOOST_AUTO_TEST_CASE(of_nobody_has_nothing_to_say)
{
    BOOST_TEST(bool(configure(R"({"customers":[]})")));

    BOOST_TEST(examine().json == "[]");
}

BOOST_AUTO_TEST_SUITE_END()
