/// The Date of an HTTP answer.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace wechat::codec {

/// Reads "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7, IMF-fixdate); nothing for anything else. The day of the week
/// is not compared with the date.
[[nodiscard]] std::optional<Time> read_http_date(std::string_view text);

/// Writes it, for the simulator; of the years 1970 to 9999.
[[nodiscard]] std::string write_http_date(Time time);

}  // namespace wechat::codec
