/// SHA-256: what a file is known by.
#pragma once

#include <string>
#include <string_view>

namespace wechat::media {

/// 64 hexadecimal digits, lower case.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace wechat::media
