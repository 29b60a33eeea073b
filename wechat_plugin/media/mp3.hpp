/// MP3, the other form of voice that WeChat takes (wechat-protocol.md 4.5).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wechat::media {

/// How long it plays, counted frame by frame; nothing: it is no MP3 that libmpg123 can follow.
[[nodiscard]] std::optional<std::chrono::milliseconds> mp3_length(std::string_view bytes);

}  // namespace wechat::media
