/// What the voicemail channel is told.
#pragma once

#include <channel/values.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace voicemail {

/// directory  a folder per mailbox in it
/// mailboxes  the accounts
/// places     how many deposits a mailbox holds
/// greeting   what a caller hears before he speaks; empty: nothing
struct Settings {
    std::filesystem::path directory = {};
    std::vector<std::string> mailboxes = {};
    std::int64_t places = 20;
    std::string greeting = {};

    [[nodiscard]] bool has(std::string_view mailbox) const;
};

struct SettingsReading {
    Settings settings = {};
    std::vector<channel::Finding> findings = {};  // empty: good
};

[[nodiscard]] SettingsReading read_settings(const channel::Settings& given);

/// Small letters, digits, - and _: the name of a folder, and nothing else.
[[nodiscard]] bool is_mailbox(std::string_view name);

}  // namespace voicemail
