/// Addresses with places to fill: "/api/conversations/{}/check".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::http {

/// The segments of a path that a pattern's {} stand for, unescaped; in that order.
using Segments = std::vector<std::string>;

/// Nothing: the path is another one. A {} stands for one segment that is not empty.
[[nodiscard]] std::optional<Segments> match(std::string_view pattern, std::string_view path);

}  // namespace host::http
