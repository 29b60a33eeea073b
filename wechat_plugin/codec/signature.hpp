/// The signatures of callbacks: a SHA-1 over sorted parts.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace wechat::codec {

/// Lower-case hex of the SHA-1 of the parts, sorted by bytes and joined; at most 8 parts.
///
/// Source: wechat-protocol.md 1.2, 1.3; vectors/wechat.json signature_vectors
[[nodiscard]] std::string signature_of(std::initializer_list<std::string_view> parts);

/// Whether a signature fits its parts; takes the same time wherever they differ.
[[nodiscard]] bool
signature_matches(std::string_view signature, std::initializer_list<std::string_view> parts);

}  // namespace wechat::codec
