/// What a browser plays: voice messages come as AMR, which none does (wechat-protocol.md 4.5).
#pragma once

#include "media/format.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace wechat::media {

struct Playable {
    Format format = wav;
    std::string bytes = {};
};

/// A voice recording as WAV; nothing: browsers play it as it is, or nobody can decode it.
[[nodiscard]] std::optional<Playable> playable(std::string_view bytes);

}  // namespace wechat::media
