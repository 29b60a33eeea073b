/// Why something was not done, as an answer.
#pragma once

#include "host.hpp"
#include "http/message.hpp"

#include <string_view>

namespace host::http {

/// 404: there is no such conversation, message ...
[[nodiscard]] Answer unknown(std::string_view what);
/// 404 of what is unknown, 503 of what may work later, 409 of what a channel refuses.
[[nodiscard]] Answer answer_to(const Problem& problem);

}  // namespace host::http
