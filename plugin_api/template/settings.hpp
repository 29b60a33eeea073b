#pragma once
/// What the spool channel is told, and what is wrong with it.

#include <channel/values.hpp>

#include <filesystem>
#include <string>
#include <vector>

/// directory  the provider's; a relative path starts at the host's base_dir
/// key        what each letter must show; empty: none. Settings only name the file it stands in (key_file)
struct SpoolSettings {
    std::filesystem::path directory = {};
    std::string key = {};
};

struct SpoolReading {
    SpoolSettings settings = {};
    std::vector<channel::Finding> findings = {};  // all that is wrong, at once; empty: good
};

[[nodiscard]] SpoolReading read_settings(const channel::Settings& given);
