/// What the SMS channel is told.
#pragma once

#include <channel/values.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sms {

/// An HTTP server by address and port.
struct Endpoint {
    std::string address = {};
    std::uint16_t port = 0;
};

/// gateway  http://ADDRESS:PORT, which takes texts on /messages
/// listen   where the gateway brings texts (/sms) and delivery receipts (/receipts)
/// numbers  our own, E.164: the accounts
/// token    what the gateway and we show each other as a bearer; empty: nothing
/// store    the file of those who said STOP; empty: only remembered until the restart
struct Settings {
    Endpoint gateway = {}, listen = {};
    std::vector<std::string> numbers = {};
    std::string token = {};
    std::filesystem::path store = {};
};

struct SettingsReading {
    Settings settings = {};
    std::vector<channel::Finding> findings = {};  // empty: good
};

[[nodiscard]] SettingsReading read_settings(const channel::Settings& given);

/// "+" and 7 to 15 digits.
[[nodiscard]] bool is_e164(std::string_view number);

}  // namespace sms
