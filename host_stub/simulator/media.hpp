/// Files on the platform: kept three days under a media id (wechat-protocol.md 4.5).
#pragma once

#include "simulator/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace simulator {

constexpr std::chrono::hours media_lifetime{72};

/// type: image, voice, video or thumb. bytes are the file, verbatim.
struct Media {
    std::string type = {};
    std::string name = {};
    std::string mime = {};
    std::string bytes = {};
    Moment expires = {};
};

/// What a file is by its first bytes: image/jpeg, image/png, image/gif, audio/amr, audio/mpeg, video/mp4; or empty.
[[nodiscard]] std::string_view mime_of(std::string_view bytes);

/// "jpg" of image/jpeg and so on; "bin" where there is no better one.
[[nodiscard]] std::string_view extension_of(std::string_view mime);

/// Why a file cannot be uploaded as this type; 0: it can. Sizes are those of the platform's page.
///
/// image_bytes  how large a picture may be: the page names two sizes
/// 40004 (unknown type), 44001 (empty), 40009 40010 40011 40012 (too large), 40137 (no picture), 40005 (another format),
/// 45007 (a voice of more than 60 s)
[[nodiscard]] std::int64_t
why_refused(std::string_view type, std::string_view bytes, std::size_t image_bytes);

/// A file out of a multipart/form-data body.
///
/// errcode  41005: no part named "media" with an ASCII file name, or the body is no such form. The platform's reader is
///          as picky
struct UploadedFile {
    std::int64_t errcode = 0;
    std::string name = {};
    std::string_view bytes = {};  // within the body
};
[[nodiscard]] UploadedFile read_upload(std::string_view content_type, std::string_view body);

}  // namespace simulator
