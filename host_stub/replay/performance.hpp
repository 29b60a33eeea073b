/// One run of a scenario: what each step did, what came of it, and where it differs from what was expected.
#pragma once

#include "replay/comparison.hpp"
#include "replay/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace replay {

/// due      what happened since the step before, up to this one
/// outcome  what came of the step itself
struct StepRecord {
    Step step;
    std::vector<Happening> due, outcome;
    std::vector<Difference> differences;
};

struct Performance {
    Scenario scenario;
    std::optional<std::size_t> restarted_before;  // which step, counted from 0; nothing: as written
    std::vector<StepRecord> steps;
    std::string broken_off;  // why it could not go on; empty: it came to its end

    [[nodiscard]] bool passed() const
    {
        const auto held = [](const StepRecord& record) { return record.differences.empty(); };
        return broken_off.empty() && std::ranges::all_of(steps, held);
    }
};

}  // namespace replay
