/// What is wrong with a configuration: each channel is loaded, told its settings and asked to examine them, beside
/// whatever process may be running with the same file. No store is opened, no port, nothing is started.
#pragma once

#include "config.hpp"

#include <channel/values.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// One step, and the channel that it is about.
struct Diagnosis {
    std::string channel = {};
    channel::Examined step = {};
    bool operator==(const Diagnosis&) const = default;
};

/// The steps of a channel, in their order: the findings of its settings, then its own examination (ext/doctor.h).
/// Blocks, at most some minutes; a channel that does not answer is wrong.
[[nodiscard]] std::vector<Diagnosis> diagnose(const ChannelConfig& channel, const Config& config);

/// Whether something must be done; warnings need not.
[[nodiscard]] bool is_anything_wrong(const std::vector<Diagnosis>& all);

/// "wrong    wechat/harbour-bank token: WeChat answers 40125 (invalid appsecret). Correct app_secret."
[[nodiscard]] std::string to_line(const Diagnosis& diagnosis);
/// [{"channel", "account", "step", "level", "text", "remedy"}]
[[nodiscard]] std::string to_json(const std::vector<Diagnosis>& all);

/// What a channel's examine gave; a level that this program does not know counts as wrong. Nothing: it is no such list.
[[nodiscard]] std::optional<std::vector<channel::Examined>> read_examined(std::string_view json);

}  // namespace host
