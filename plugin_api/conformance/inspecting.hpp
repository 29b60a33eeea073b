#pragma once
/// What a plugin says of itself before any of its functions has run.

#include <filesystem>
#include <ostream>

namespace conformance {

/// Prints the static data of its entry, or why it cannot be loaded: then it gives false.
bool print_description(std::ostream& out, const std::filesystem::path& plugin);

}  // namespace conformance
