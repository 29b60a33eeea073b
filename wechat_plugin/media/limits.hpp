/// Which files WeChat takes from an account, known before one is sent (S5).
#pragma once

#include "base/content.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace wechat::media {

/// Why something cannot be sent as this kind: its file, or what else the kind needs.
enum class Unfit { none, unreadable, too_large, unsupported_format, too_long, incomplete, captioned };

/// words  for a person: the limit and what the file has; empty where it fits
struct Judgement {
    Unfit why = Unfit::none;
    std::string words = {};
};

/// Of image, voice and video.
///
/// Source: wechat-protocol.md 4.5: image 10 MB (jpeg, png, gif), voice 2 MB and 60 s (amr, mp3), video 10 MB (mp4).
/// UNVERIFIED: another place there says 2 MB of an image; then WeChat answers 40009, and the message fails (A6).
[[nodiscard]] Judgement judge(Kind kind, std::string_view bytes);

/// The same of a file on the disk; more than the largest limit is not read.
[[nodiscard]] Judgement judge_file(Kind kind, const std::string& path);

/// The bytes of a file that judge_file found to fit; empty: it cannot be read any more.
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace wechat::media
