/// The files that a scenario names: their bytes tell the NAME again, wherever they arrive.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace replay {

/// A file of that medium (image: PNG, voice: AMR) which carries the name; each name has bytes of its own.
[[nodiscard]] std::string bytes_of(std::string_view medium, std::string_view name);

/// The name that bytes of bytes_of carry; nothing: they are no such file, or not whole.
[[nodiscard]] std::optional<std::string> name_in(std::string_view bytes);

[[nodiscard]] std::string_view extension_of(std::string_view medium);  // ".png", ".amr"
[[nodiscard]] std::string_view mime_of(std::string_view medium);

}  // namespace replay
