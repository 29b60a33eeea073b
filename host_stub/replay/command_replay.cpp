#include "command.hpp"
#include "replay/channel_file.hpp"
#include "replay/findings.hpp"
#include "replay/run.hpp"
#include "replay/scenario_reader.hpp"
#include "replay/transcript.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace replay {
namespace {

struct Asked {
    std::vector<std::string> files;
    std::string plugin;
    bool json = false, quiet = false, restart_everywhere = false;
};

/// Prints as it goes; as JSON all at the end, because it is one document.
class Report {
public:
    explicit Report(const Asked& asked) : asked_(asked) {}

    void add(const Performance& performance)
    {
        ++(performance.passed() ? passed_ : failed_);
        const bool told = !asked_.quiet || !performance.passed();
        if (told && asked_.json)
            all_.push_back(to_json(performance));
        else if (told)
            std::printf("%s\n", transcript(performance).c_str());
        std::fflush(stdout);
    }

    int end()
    {
        if (asked_.json) {
            boost::json::object object;
            object["scenarios"] = std::move(all_);
            object["passed"] = passed_;
            object["failed"] = failed_;
            std::printf("%s\n", boost::json::serialize(object).c_str());
        } else {
            std::printf("%d passed, %d failed\n", passed_, failed_);
        }
        return failed_ == 0 ? host::exit_good : host::exit_not_good;
    }

private:
    const Asked& asked_;
    boost::json::array all_;
    int passed_ = 0, failed_ = 0;
};

// All faults of all files, and what the channel says of their policy and messages.
std::vector<Scenario> read_all(const std::vector<std::string>& files, const channel::Library& library, bool& good)
{
    std::vector<Scenario> scenarios;
    for (const auto& file : files) {
        auto reading = read_scenario(file);
        auto complaints = std::move(reading.complaints);
        if (complaints.empty())
            complaints = complaints_about_customer(reading.scenario, library);
        for (const auto& complaint : complaints)
            std::fprintf(stderr, "%s\n", describe(complaint).c_str());
        good = good && complaints.empty();
        scenarios.push_back(std::move(reading.scenario));
    }
    return scenarios;
}

int replay(const Asked& asked)
{
    try {
        const auto plugin = asked.plugin.empty() ? channel_file("wechat") : std::filesystem::path{asked.plugin};
        const auto library = channel::Library::load(plugin);
        bool good = true;
        const auto scenarios = read_all(asked.files, library, good);
        if (!good)
            return host::exit_wrong_use;
        Report report{asked};
        for (const auto& scenario : scenarios) {
            report.add(perform(scenario, plugin, std::nullopt));
            for (std::size_t i = 0; asked.restart_everywhere && i < scenario.steps.size(); ++i)
                report.add(perform(scenario, plugin, i));
        }
        return report.end();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "channel-host: %s\n", error.what());
        return host::exit_wrong_use;
    }
}

}  // namespace
}  // namespace replay

namespace host {

void add_replay(CLI::App& program, int& exit_code)
{
    const auto asked = std::make_shared<replay::Asked>();  // shared by the parser and what runs after it
    auto* const command = program.add_subcommand("replay", "Play scenarios against the real plugin on a virtual clock");
    command->add_option("SCENARIO.yaml", asked->files, "the scenarios")->required();
    command->add_option("--plugin", asked->plugin, "the channel; by default wechat.so beside this program");
    command->add_flag("--json", asked->json, "the transcripts as data");
    command->add_flag("--quiet", asked->quiet, "transcripts of what failed only");
    command->add_flag("--restart-everywhere", asked->restart_everywhere,
                      "each scenario once more per step, with a restart before it");
    command->callback([asked, &exit_code] { exit_code = replay::replay(*asked); });
}

}  // namespace host
