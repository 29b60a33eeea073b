/// The clock of a simulator that runs beside the host: they move together.
#pragma once

#include <channel/values.hpp>

#include <string>

namespace host::http {

/// Moves it by that much. url: http://ADDRESS:PORT. Blocks; throws std::runtime_error where nobody answers.
void move_simulator(const std::string& url, channel::Milliseconds by);

}  // namespace host::http
