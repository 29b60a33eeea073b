#pragma once
/// A check: an id, one sentence, and a function that throws when the sentence is not true of a plugin.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// What a check works with: in a process of its own, whose folder is its own, too.
struct Setup {
    std::string id = {};
    std::filesystem::path plugin = {};
    std::optional<std::string> rig = {};  // the command that plays the provider
    std::uint64_t seed = 1;
    std::filesystem::path folder = {};
};

struct Check {
    std::string_view id;
    std::string_view sentence;
    bool needs_rig;
    void (*run)(const Setup&);
    std::chrono::seconds limit{20};  // plugin-api 5; real time
};

/// The sentence is not true. what(): what was seen instead.
class Failed : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// It cannot be said of this plugin, or with this rig. what(): why.
class Skipped : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline void want(bool holds, const std::string& otherwise)
{
    if (!holds)
        throw Failed(otherwise);
}

// A file per group; each gives its checks in their order.
std::span<const Check> binary_checks();
std::span<const Check> naming_checks();
std::span<const Check> configuring_checks();
std::span<const Check> lifecycle_checks();
std::span<const Check> thread_checks();
std::span<const Check> delivery_checks();
std::span<const Check> crash_checks();
std::span<const Check> receiving_checks();
std::span<const Check> hostile_checks();
std::span<const Check> observing_checks();

/// All of them, in the order of the contract.
std::vector<Check> catalogue();

}  // namespace conformance
