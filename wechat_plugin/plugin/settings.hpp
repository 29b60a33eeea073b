/// The host's section about this channel: where to listen, where to keep things, whose files to read.
#pragma once

#include "engine/media_pump.hpp"
#include "webhook/server.hpp"

#include <channel/plugin.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::plugin {

/// {"listen": "127.0.0.1:8081", "tls": {"certificate": FILE, "private_key": FILE}, "store": FILE, "customers": ...,
///  "media": DIRECTORY, "media_bytes": 4294967296}
///
/// customers  a directory, whose *.yaml files are read, or a list of files; relative paths start at the base directory
struct Settings {
    webhook::Options webhook = {};
    std::filesystem::path store = "wechat.sqlite";
    engine::MediaOptions media = {};  // contacts' files until the host has them; by default beside the store
    std::vector<std::filesystem::path> customers = {};
};

/// The JSON Schema of the above, for hosts and editors.
extern const char* const settings_schema;

/// Reads the settings; every fault goes into findings, and then the value is not to be used.
[[nodiscard]] Settings read_settings(const channel::Settings& given, std::vector<channel::Finding>& findings);

}  // namespace wechat::plugin
