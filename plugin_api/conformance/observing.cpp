// O: what is seen of it from outside.

#include "check.hpp"
#include "patience.hpp"
#include "stage.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace conformance {
namespace {

using namespace std::chrono_literals;

boost::json::object object_in(const std::string& text, const std::string& what)
{
    boost::json::error_code broken;
    const auto value = boost::json::parse(text, broken);
    want(!broken && value.is_object(), what + " is no JSON object: " + text.substr(0, 200));
    return value.as_object();
}

// The frame of https://openmetrics.io 1.0: a line is a comment or a sample, and the last one says that it is.
void expect_metrics(const std::string& text, const std::string& state)
{
    want(text.ends_with("# EOF\n"), "metrics while " + state + " do not end with # EOF");
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = text.find('\n', begin);
        const auto line = text.substr(begin, end - begin);
        want(
            !line.empty() && (line[0] == '#' || line.find(' ') != line.npos),
            "metrics while " + state + " have a line that is no sample: " + line
        );
        begin = end + 1;
    }
}

void expect_topics(Stage& stage, const Setup& setup, const std::string& state)
{
    constexpr Patience::Milliseconds limit{100};
    for (const auto* topic : {"health", "state", "config", "metrics"}) {
        const auto what = std::string(topic) + " while " + state;
        std::string text;
        const Patience patience(setup.folder);
        const auto begin = std::chrono::steady_clock::now();
        try {
            text = stage.instance().inspect(topic);
        } catch (const channel::Error& error) {
            throw Failed(what + ": " + error.text());
        }
        const Patience::Milliseconds took = std::chrono::steady_clock::now() - begin;
        want(took < patience.with(limit), what + " takes " + std::to_string(took.count()) + " ms");
        if (std::string_view(topic) == "metrics")
            expect_metrics(text, state);
        else
            object_in(text, what);
    }
}

std::string level_of(Stage& stage)
{
    const auto health = object_in(stage.instance().inspect("health"), "health");
    const auto* const level = health.if_contains("level");
    want(level != nullptr && level->is_string(), "health has no level");
    return std::string(level->as_string());
}

void every_topic(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    expect_topics(stage, setup, "created");
    want(bool(stage.configure()), "configure fails");
    expect_topics(stage, setup, "configured");
    stage.run();
    expect_topics(stage, setup, "running");
    want(stage.instance().busy().has_value(), "state has no number busy");
    (void)level_of(stage);
    stage.send("m1", "to be counted");
    stage.expect_sent("m1");
    expect_topics(stage, setup, "running with traffic");
    want_good(stage.stop(), "stop fails");
    expect_topics(stage, setup, "stopped");
}

void down_and_back(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    want(level_of(stage) != "down", "its health is down from the beginning");
    provider.fault("down");
    stage.send("m1", "while it is down");
    const auto is_down = [&] {
        return stage.host().health_now() == channel::Health::down && level_of(stage) == "down";
    };
    want(stage.until(is_down, 1min), "a minute after the provider is down its health is not");
    provider.fault("none");
    const auto is_back = [&] {
        return stage.host().health_now() == channel::Health::ok && level_of(stage) == "ok";
    };
    want(stage.until(is_back, 30min), "the provider is back, and its health is not");
}

constexpr Check checks[] = {
    {"O1", "Every topic answers in every state, quickly, and in its format.", true, every_topic},
    {"O2", "Its health is down within a minute of the provider, and ok again after it.", true, down_and_back},
};

}  // namespace

std::span<const Check> observing_checks()
{
    return checks;
}

}  // namespace conformance
