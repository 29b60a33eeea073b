/// From customers' files to the directory the engine works by.
#pragma once

#include "engine/directory.hpp"
#include "texts/texts.hpp"

#include <channel/plugin.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wechat::plugin {

/// The customers in force, by the file each came from.
using Customers = std::map<std::string, std::shared_ptr<const engine::CustomerAccount>>;

struct Loaded {
    Customers customers = {};
    std::vector<channel::Finding> findings = {};  // errors, and what has changed (info)
    bool any_taken = false;                       // at least one file was good, or there is none
};

/// Reads the files. A faulty one keeps its version in force, if there is one; the others are taken.
///
/// A file that says `enabled: false` is read, checked, and not served. Where the AES key has changed, the one in force
/// stays good beside it, as if the file named it (policy.md 9: previous_encoding_aes_key).
[[nodiscard]] Loaded
load_customers(const std::vector<std::filesystem::path>& files, const Customers& in_force);

/// What the engine works by.
[[nodiscard]] std::shared_ptr<const engine::Directory> directory_of(const Customers& customers);

}  // namespace wechat::plugin
