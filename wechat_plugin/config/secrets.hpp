/// Where a customer's secrets are kept: not in his file, if he can help it.
#pragma once

#include "base/secret.hpp"
#include "config/reader.hpp"

#include <cstddef>
#include <optional>

namespace wechat::config {

/// No secret of WeChat's comes near it.
inline constexpr std::size_t secret_limit = 4096;  // bytes

/// A plain text, {env: NAME}, or {file: PATH} from the directory of the customer's file; line ends behind it are cut.
///
/// What fails names the variable or the path, never what was found there.
[[nodiscard]] std::optional<Secret> read_secret(const Reader& in);

}  // namespace wechat::config
