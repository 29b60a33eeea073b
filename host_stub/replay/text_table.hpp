/// A customer's automatic texts, for people to read.
#pragma once

#include <string>

namespace replay {

/// From what inspect("texts") gives: [{customer, locale, audience, key, text or null, bytes, slots}]. Each text under
/// its key, with its bytes and what it costs. Throws std::runtime_error where it is something else.
[[nodiscard]] std::string text_table(const std::string& json);

}  // namespace replay
