#pragma once
/// What a process shows of itself from outside: threads, descriptors, memory, and what a plugin must not touch.

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>

namespace conformance {

[[nodiscard]] std::size_t threads_now();
[[nodiscard]] std::size_t descriptors_now();
[[nodiscard]] std::size_t sockets_now();
/// Resident memory, in bytes.
[[nodiscard]] std::size_t memory_now();
[[nodiscard]] bool mapped_now(const std::filesystem::path& file);

/// plugin-api 3.7's list, as texts by name: signal handlers, locale, working directory, umask, environment, limits.
[[nodiscard]] std::map<std::string, std::string> forbidden_state();

/// Each file below a folder: its size and the time of its last change.
[[nodiscard]] std::map<std::string, std::string> files_below(const std::filesystem::path& folder);

/// The names whose texts differ, for a sentence; empty: none.
[[nodiscard]] std::string
difference(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after);

}  // namespace conformance
