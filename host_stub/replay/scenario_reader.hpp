/// Reads a scenario's file (policy 10): every complaint about it at once, with file, line and column.
#pragma once

#include "replay/scenario.hpp"

#include "yaml.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace replay {

struct ScenarioReading {
    Scenario scenario;
    host::Complaints complaints;  // empty: the scenario can be played
};

/// What stands in policy and messages is not looked at: the channel itself does, as part of a customer's file.
[[nodiscard]] ScenarioReading read_scenario(const std::filesystem::path& file);
[[nodiscard]] ScenarioReading read_scenario_text(const std::string& text, const std::filesystem::path& file);

/// A number and s, m, h or d (policy 9).
[[nodiscard]] std::optional<Milliseconds> duration_of(std::string_view text);

}  // namespace replay
