/// "did you mean": the known word that a mistyped one most likely stands for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wechat::texts {

/// The known word nearest to `word`, by letters changed, added, dropped or swapped; nothing: none is near.
///
/// Near are two letters, and for words of up to four letters one. Words over 64 bytes are near to nothing.
[[nodiscard]] std::optional<std::string_view>
nearest(std::string_view word, std::span<const std::string_view> known);

/// `; did you mean "employee"?`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace wechat::texts
