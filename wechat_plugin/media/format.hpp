/// What a file is by its first bytes: names and headers say what somebody believes.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wechat::media {

/// extension: with its dot.
struct Format {
    std::string_view mime;
    std::string_view extension;
    bool operator==(const Format&) const = default;
};

inline constexpr Format jpeg{"image/jpeg", ".jpg"};
inline constexpr Format png{"image/png", ".png"};
inline constexpr Format gif{"image/gif", ".gif"};
inline constexpr Format amr{"audio/amr", ".amr"};
inline constexpr Format amr_wb{"audio/amr-wb", ".awb"};
inline constexpr Format mp3{"audio/mpeg", ".mp3"};
inline constexpr Format mp4{"video/mp4", ".mp4"};
inline constexpr Format wav{"audio/wav", ".wav"};
inline constexpr Format unknown{"application/octet-stream", ".bin"};

/// One of the above.
[[nodiscard]] Format format_of(std::string_view bytes);

/// How long a recording plays; nothing: no sound that we can measure.
[[nodiscard]] std::optional<std::chrono::milliseconds> length_of(std::string_view bytes);

}  // namespace wechat::media
