/// A file from a URL that the platform named: another host, no token, no secret.
#pragma once

#include "base/result.hpp"
#include "loop/task.hpp"
#include "platform/client.hpp"

#include <string>

namespace wechat::platform {

/// Fetches it on a connection of its own, http or https; follows nothing.
///
/// Faults: bad_url, not_connected, tls, no_answer, bad_answer (not 200, or beyond limits.file_body)
Task<Result<Answer>> fetch(Loop& loop, std::string url, Limits limits);

}  // namespace wechat::platform
