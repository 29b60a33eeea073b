/// UTF-8: what is valid, where it may be cut, what must go before a strict parser sees it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wechat {

/// Whether text is well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool valid_utf8(std::string_view text);

/// The longest prefix of at most `bytes` bytes that ends between two code points.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes);

/// Without C0 controls other than tab, line feed and carriage return, and without U+FFFE and U+FFFF.
///
/// Source: wechat-protocol.md 2.4: users' texts carry them, and XML 1.0 and JSON forbid them.
[[nodiscard]] std::string without_controls(std::string_view text);

/// Without ASCII white space and the ideographic space U+3000 at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace wechat
