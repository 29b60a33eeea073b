/// Base64 with the standard alphabet, padded, in one line.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::codec {

[[nodiscard]] std::string to_base64(std::span<const unsigned char> bytes);

/// Gives the bytes of a text of whole groups of four characters; white space is none of them.
///
/// Faults: bad_base64. Trailing bits that are not zero are ignored, as WeChat's keys need it (wechat-protocol.md 1.5).
[[nodiscard]] Result<std::vector<unsigned char>> from_base64(std::string_view text);

/// The same into `out`, where three quarters of the text's size must be free: the text's own place will do, too. Gives
/// how many bytes there are.
[[nodiscard]] Result<std::size_t> from_base64(std::string_view text, unsigned char* out);

}  // namespace wechat::codec
