// C: settings, as they are tried, taken and refused.

#include "check.hpp"
#include "stage.hpp"
#include "traces.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <random>

namespace conformance {
namespace {

namespace json = boost::json;

struct Broken {
    channel::Settings settings;
    json::array findings;  // those expected: {code, and where known file, line}
};

Broken broken_settings(Provider& provider)
{
    const auto answer = provider.ask("broken_settings");
    const std::string base_dir(member(answer, "base_dir").as_string());
    return {
        {channel::Mode::apply, json::serialize(member(answer, "settings")), base_dir},
        member(answer, "findings").as_array()};
}

bool says(const json::object& finding, const json::object& expected)
{
    for (const auto& [name, value] : expected) {
        const auto* const found = finding.if_contains(name);
        if (found == nullptr)
            return false;
        const bool file = name == "file" && found->is_string() && value.is_string();
        if (file ? !std::string_view(found->as_string()).ends_with(std::string_view(value.as_string()))
                 : *found != value)
            return false;
    }
    return true;
}

json::array findings_in(const channel::Result& result)
{
    json::error_code broken;
    const auto value = json::parse(result.json, broken);
    want(!broken && value.is_array(), "configure's result is no list of findings: " + result.json);
    for (const auto& finding : value.as_array())
        want(
            finding.is_object() && says(finding.as_object(), {}) && finding.as_object().contains("code")
                && finding.as_object().contains("text"),
            "a finding has no code or text: " + json::serialize(finding)
        );
    return value.as_array();
}

void expect_findings(const channel::Result& result, const Broken& broken)
{
    const auto findings = findings_in(result);
    for (const auto& expected : broken.findings)
        want(
            std::ranges::any_of(
                findings, [&](const json::value& one) { return says(one.as_object(), expected.as_object()); }
            ),
            "not found: " + json::serialize(expected) + "; what was: " + result.json
        );
}

struct Before {
    std::string config;
    std::map<std::string, std::string> files;
    std::size_t descriptors, threads;
};

Before look(Stage& stage, const Setup& setup)
{
    auto files = files_below(setup.folder);
    files.erase((setup.folder / "clock").string());
    return {stage.instance().inspect("config"), std::move(files), descriptors_now(), threads_now()};
}

void validate_only(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    const auto broken = broken_settings(provider);
    const auto before = look(stage, setup);
    want_good(stage.configure(channel::Mode::validate), "it refuses good settings");
    auto tried = broken.settings;
    tried.mode = channel::Mode::validate;
    want(!findings_in(stage.configure(tried)).empty(), "it says nothing of broken settings that are tried");
    const auto after = look(stage, setup);
    const auto changed = difference(before.files, after.files);
    want(changed.empty(), "VALIDATE changes files: " + changed);
    want(after.descriptors == before.descriptors, "VALIDATE leaves a file or socket open");
    want(after.threads == before.threads, "VALIDATE starts a thread");
    want(after.config == before.config, "VALIDATE changes what is in force: " + after.config);
    stage.run();
    const auto in_force = stage.instance().inspect("config");
    want(!findings_in(stage.configure(tried)).empty(), "it says nothing of broken settings that are tried");
    want(stage.instance().inspect("config") == in_force, "VALIDATE while running changes what is in force");
}

void all_faults_at_once(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    const auto broken = broken_settings(provider);
    stage.run();
    const auto in_force = stage.instance().inspect("config");
    expect_findings(stage.configure(broken.settings), broken);
    want(stage.instance().inspect("config") == in_force, "something of broken settings is in force");
    stage.send("m1", "after broken settings");
    stage.expect_sent("m1");
}

std::string noise(std::mt19937_64& random, std::size_t size)
{
    std::uniform_int_distribution<int> printable(' ', '~');
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text += static_cast<char>(printable(random));
    return '~' + text;  // no JSON begins so
}

void damaged_settings(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto in_force = stage.instance().inspect("config");
    const auto whole = provider.settings();
    std::mt19937_64 random(setup.seed);
    std::vector<std::string> damaged;
    for (std::size_t part = 0; part < 16; ++part)
        damaged.push_back(whole.json.substr(0, whole.json.size() * part / 16));
    for (std::size_t part = 0; part < 8; ++part)
        damaged.push_back(noise(random, 1 + part * 37));
    for (const auto& text : damaged) {
        const auto result = stage.configure({channel::Mode::apply, text, whole.base_dir});
        want(!result, "it takes damaged settings: " + text);
        want(
            stage.instance().inspect("config") == in_force,
            "damaged settings change what is in force: " + text
        );
    }
    stage.send("m1", "after damaged settings");
    stage.expect_sent("m1");
}

void reload_under_traffic(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto fault = provider.any_fault({"transient", "down", "slow", "none"});
    int refused = 2;
    stage.host().take_item = [&](const channel::Item&) {
        return refused-- > 0 ? channel::Outcome{channel::Status::busy, std::chrono::seconds{5}} : channel::ok;
    };
    const std::vector<std::string> ids{"m1", "m2", "m3"};
    for (std::size_t i = 0; i < ids.size(); ++i)
        stage.send(ids[i], "traffic " + ids[i], i);
    const auto writing = provider.begin("write", {{"contact", provider.contact(0)}, {"text", "traffic in"}});
    stage.rest();
    for (int round = 0; round < 3; ++round)
        want(bool(stage.configure()), "a reload of the settings in force is refused");
    provider.fault("none");
    want(
        stage.until([&] { return stage.received("traffic in"); }),
        "what the contact wrote was lost by a reload"
    );
    provider.rig().forget(writing);
    for (const auto& id : ids) {
        stage.expect_sent(id);
        const auto count = provider.count("traffic " + id);
        want(count == 1, "the provider has a message " + std::to_string(count) + " times after a reload");
    }
}

/// What a topic says, or why it does not.
std::string inspected(Stage& stage, const char* topic)
{
    try {
        return stage.instance().inspect(topic);
    } catch (const channel::Error& error) {
        return error.text();
    }
}

void no_secret(const Setup& setup)
{
    Provider provider(setup);
    if (provider.secrets().empty())
        throw Skipped("the rig names no secrets");
    Stage stage(setup, &provider);
    std::vector<std::string> heard;
    const auto inspect_all = [&] {
        for (const auto* topic : {"health", "state", "config", "metrics"})
            heard.push_back(inspected(stage, topic));
    };
    inspect_all();
    const auto broken = broken_settings(provider);
    heard.push_back(stage.configure(broken.settings).json);
    heard.push_back(stage.configure().json);
    inspect_all();
    stage.run();
    stage.send("m1", "no secret");
    stage.until([&] { return stage.concluded("m1"); });
    heard.push_back(stage.configure(broken.settings).json);
    inspect_all();
    (void)stage.stop();
    inspect_all();
    for (const auto& line : stage.host().logged())
        heard.push_back(line);
    for (const auto& text : heard)
        for (const auto& secret : provider.secrets())
            want(text.find(secret) == text.npos, "a secret stands in: " + text.substr(0, 200));
}

constexpr Check checks[] = {
    {"C1", "Trying settings has no effect.", true, validate_only},
    {"C2",
     "All that is wrong with settings is said at once, with place and code; nothing of it is in force.",
     true,
     all_faults_at_once},
    {"C3", "Damaged settings are refused, and those in force stay.", true, damaged_settings},
    {"C4", "A reload under traffic loses and doubles nothing.", true, reload_under_traffic},
    {"C5", "A secret stands in no inspection, finding, log or error.", true, no_secret},
};

}  // namespace

std::span<const Check> configuring_checks()
{
    return checks;
}

}  // namespace conformance
