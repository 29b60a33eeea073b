/// Files on their way to the platform and from it (wechat-protocol.md 4.5).
#pragma once

#include "base/result.hpp"
#include "codec/api.hpp"

#include <string>
#include <string_view>

namespace wechat::codec {

/// A multipart/form-data body with its header.
struct Form {
    std::string content_type = {};
    std::string body = {};
};

/// The body of media/upload: one part named "media". name: ASCII without quotes, or WeChat answers 41005.
[[nodiscard]] Form upload_form(std::string_view name, std::string_view mime, std::string_view bytes);

/// What media/get answered with HTTP 200: a file, or a verdict that says why there is none, or where a video lies.
struct MediaAnswer {
    Verdict verdict = {};
    std::string mime = {};
    std::string bytes = {};
    std::string video_url = {};
    bool operator==(const MediaAnswer&) const = default;
};

/// Tells a file from JSON by its first byte, for the header may say text/plain of both.
///
/// Faults: bad_answer (nothing at all, JSON cut short, or the page of a gateway in front of the platform)
[[nodiscard]] Result<MediaAnswer> read_media_answer(std::string_view content_type, std::string body);

}  // namespace wechat::codec
