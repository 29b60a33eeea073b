/// The WeChat API: request in, answer out (wechat-protocol.md 4).
#pragma once

#include "simulator/http_message.hpp"
#include "simulator/platform.hpp"

namespace simulator {

/// Answers one call: faults on order first, then the platform's rules; logs it.
///
/// An unknown path gets the platform's page: 404 and HTML.
[[nodiscard]] Response answer_api(Platform& platform, const Request& request);

}  // namespace simulator
