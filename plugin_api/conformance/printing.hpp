#pragma once
/// What people and programs read of a run of all checks.

#include "process.hpp"

#include <ostream>
#include <vector>

namespace conformance {

/// A line a check, as soon as it is known.
void print_line(std::ostream& out, const Outcome& outcome);
/// "45 checks: 40 passed, 1 failed, 4 skipped (3 need a rig)".
void print_summary(std::ostream& out, const std::vector<Outcome>& outcomes);
/// {"plugin", "seed", "checks": [{"id", "sentence", "verdict", "why", "last_call", "output", "seconds"}], "good"}
void print_json(
    std::ostream& out, const std::string& plugin, std::uint64_t seed, const std::vector<Outcome>& outcomes
);
/// JUnit's XML, as continuous integration reads it.
void print_junit(std::ostream& out, const std::string& plugin, const std::vector<Outcome>& outcomes);

[[nodiscard]] bool good(const std::vector<Outcome>& outcomes);

}  // namespace conformance
