#include "replay/run.hpp"

#include "replay/stage.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

namespace replay {
namespace {

std::vector<Difference> compared(const StepRecord& record)
{
    if (!record.step.expected)
        return {};
    auto happened = record.due;
    std::ranges::copy(record.outcome, std::back_inserter(happened));
    return differences(*record.step.expected, happened);
}

// What comes of a restart that the scenario does not have belongs to the step that follows it.
void play(Stage& stage, const Step& step, bool restart_first, Performance& performance)
{
    auto& record = performance.steps.emplace_back();
    record.step = step;
    if (restart_first)
        stage.perform(Restart{});
    stage.advance_to(step.at);
    record.due = stage.happened();
    stage.perform(step.act);
    record.outcome = stage.happened();
    record.differences = compared(record);
}

}  // namespace

Performance
perform(const Scenario& scenario, const std::filesystem::path& plugin, std::optional<std::size_t> restart_before)
{
    Performance performance{.scenario = scenario, .restarted_before = restart_before, .steps = {}, .broken_off = {}};
    try {
        Stage stage{scenario, plugin};
        for (std::size_t i = 0; i < scenario.steps.size(); ++i)
            play(stage, scenario.steps[i], restart_before == i, performance);
    } catch (const std::exception& error) {
        performance.broken_off = error.what();
    }
    return performance;
}

}  // namespace replay
