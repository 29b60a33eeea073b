/// host.yaml as values: where the host listens, what it keeps where, which channels it runs, who answers whom.
#pragma once

#include "complaint.hpp"

#include <channel/abi.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace host {

/// Where the HTTP interface listens. Port 0: any free one, for tests.
struct Listen {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    bool operator==(const Listen&) const = default;
};

enum class ClockKind {
    system,
    adjustable,  // the system's, which POST /api/clock moves ahead
    manual,      // stands still until it is moved, and channels run only inside run_until_idle: replay
};

/// One channel: which library it is, and the settings that the host hands over unread.
struct ChannelConfig {
    std::string id;
    std::filesystem::path library;
    std::string settings = "{}";             // JSON
    const channel_plugin* linked = nullptr;  // for tests: a channel inside this program, instead of a library
};

using Employees = std::vector<std::string>;

/// Who takes part in a conversation that opens: by the last QR scene, else by the customer, else the default. An
/// invitation's own employees come before all of it (intake.hpp).
struct Routing {
    std::map<std::string, Employees, std::less<>> scenes;
    std::map<std::string, Employees, std::less<>> desks;  // by customer
    Employees otherwise;

    /// Whom a scene names; nobody where it is unknown.
    [[nodiscard]] Employees named_by(std::string_view scene) const;
    /// Who serves a customer's contacts whom no scene leads to anybody.
    [[nodiscard]] const Employees& desk_of(std::string_view customer) const;
};

struct Config {
    std::filesystem::path base_dir;  // relative paths start here: the file's folder
    Listen listen;
    std::string api_token;  // empty: none, which only a loopback address may have
    ClockKind clock = ClockKind::system;
    std::string simulator;  // its URL; POST /api/clock moves its clock, too
    std::filesystem::path store = "host.sqlite";
    std::filesystem::path media = "media";
    std::vector<ChannelConfig> channels;
    Routing routing;
};

struct ConfigReading {
    Config config;
    Complaints complaints;  // empty: config is good
};

/// Reads a configuration; gives every complaint at once, an unreadable file among them.
[[nodiscard]] ConfigReading read_config(const std::filesystem::path& file);

/// True for 127.0.0.0/8 and ::1.
[[nodiscard]] bool is_loopback(std::string_view address);

}  // namespace host
