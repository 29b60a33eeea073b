/// Plays scenarios on the stage.
#pragma once

#include "replay/performance.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace replay {

/// Plays one scenario from its first step to its last, whatever differs on the way. Does not throw for what the
/// plugin does: that breaks the performance off.
///
/// restart_before  host and plugin are stopped and started again before this step, counted from 0: nothing may change
[[nodiscard]] Performance
perform(const Scenario& scenario, const std::filesystem::path& plugin, std::optional<std::size_t> restart_before);

}  // namespace replay
