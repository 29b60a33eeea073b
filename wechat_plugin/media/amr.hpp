/// AMR, the form of voice messages (wechat-protocol.md 2.2, 4.5): RFC 4867, section 5, one channel.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wechat::media {

inline constexpr std::chrono::milliseconds amr_frame_length{20};

/// The frames of a file, header byte included, within bytes; up to the first that is none or is cut short.
[[nodiscard]] std::vector<std::string_view> amr_frames(std::string_view bytes);

/// Sound as numbers, one channel.
struct Sound {
    int rate = 8000;  // samples a second: 8000 of AMR, 16000 of AMR-WB
    std::vector<std::int16_t> samples = {};
};

/// Decodes a file; a file without frames gives no samples. Frames that are damaged sound as the decoder makes of them.
[[nodiscard]] Sound decode_amr(std::string_view bytes);

}  // namespace wechat::media
