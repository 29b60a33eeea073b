/// What was expected beside what happened, stream by stream.
#pragma once

#include "replay/happening.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace replay {

/// One line of the two lists side by side. Both sides: they fit.
struct Row {
    std::optional<Expected> expected;
    std::optional<Happening> happened;

    /// One that was switched off may be named, and need not be.
    [[nodiscard]] bool good() const { return happened && (expected || happened->silent); }
};

/// A stream whose two lists differ.
struct Difference {
    std::string stream;
    std::vector<Row> rows;
};

/// Empty: every expectation held, and nothing else happened.
[[nodiscard]] std::vector<Difference>
differences(std::span<const Expected> expected, std::span<const Happening> happened);

}  // namespace replay
