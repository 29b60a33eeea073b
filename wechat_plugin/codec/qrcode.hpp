/// QR codes with a scene, as the platform makes them (wechat-protocol.md 4.7).
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wechat::codec {

// wechat-protocol.md 4.7
inline constexpr std::size_t longest_scene = 64;  // characters
inline constexpr Duration longest_temporary_code = std::chrono::seconds{2'592'000};

/// Whether the platform takes it as scene_str: 1 to 64 characters of UTF-8, none of them a control character.
[[nodiscard]] bool is_scene(std::string_view scene);

/// The body of qrcode/create. lifetime: none for a permanent code, else 1 s to longest_temporary_code.
///
/// The scene is always a text: scene_id says nothing that scene_str does not, and has two ranges of its own.
[[nodiscard]] std::string qrcode_body(std::string_view scene, std::optional<Duration> lifetime);

/// What a QR code holds, and for how long it is good; no lifetime: for ever.
struct QrCode {
    std::string url = {};
    std::optional<Duration> lifetime = {};
    bool operator==(const QrCode&) const = default;
};

/// Reads the answer of qrcode/create where its verdict is 0.
///
/// Faults: bad_json, bad_answer (no URL; a lifetime that is no number)
[[nodiscard]] Result<QrCode> read_qrcode(std::string_view body);

}  // namespace wechat::codec
