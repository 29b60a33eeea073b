#pragma once
/// Loads channels: every refusal is a sentence that says what is wrong, and what to do.

#include <channel/host/elf.hpp>
#include <channel/host/instance.hpp>

#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace channel {

/// A loaded channel. Cheap to copy; never closed: a new version is a restart of the host (README, "Who owns what").
class Library {
public:
    /// Loads a channel, or throws channel::Error (refused) whose text names the file, the reason and a remedy.
    ///
    /// offered  ids of the extensions that this host offers
    /// Codes    missing_file not_a_file not_readable not_elf truncated not_64_bit other_machine not_shared
    ///          shared_runtime not_loadable no_symbol symbol_of_dependency not_a_channel other_major too_short
    ///          incomplete missing_extension
    /// The same path again gives the library that is loaded, also if the file has changed since.
    static Library load(const std::filesystem::path& path, const std::vector<std::string>& offered = {});

    /// A channel that is linked into this program: for tests.
    static Library linked(const channel_plugin& plugin, const std::vector<std::string>& offered = {});

    /// Makes an instance, phase created; starts nothing. Throws what the channel's constructor threw.
    [[nodiscard]] Instance create(std::string_view name, Services& services, Instance::Options options = {}) const
    {
        return Instance(*plugin_, name, services, options);
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] const channel_plugin& plugin() const noexcept { return *plugin_; }
    [[nodiscard]] std::string_view type() const noexcept { return plugin_->type; }
    [[nodiscard]] std::string_view name() const noexcept { return plugin_->name; }
    [[nodiscard]] std::string_view version() const noexcept { return plugin_->version; }
    [[nodiscard]] std::string_view toolchain() const noexcept { return plugin_->toolchain; }
    [[nodiscard]] std::string_view capabilities() const noexcept { return plugin_->capabilities; }
    [[nodiscard]] std::string_view settings_schema() const noexcept { return plugin_->settings_schema; }
    [[nodiscard]] bool offers(std::string_view id) const noexcept;

private:
    Library(std::filesystem::path path, const channel_plugin& plugin) : path_(std::move(path)), plugin_(&plugin) {}

    std::filesystem::path path_;
    const channel_plugin* plugin_;
};

}  // namespace channel

#include <channel/host/load.hpp>
