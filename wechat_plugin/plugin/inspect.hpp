/// What the plugin tells of itself: inspect's topics (plugin-api 3.3).
#pragma once

#include "plugin/customers.hpp"
#include "plugin/runtime.hpp"

#include <string>
#include <string_view>

namespace wechat::plugin {

/// {"accounts": [{"customer", "level", "errcode", "text", "remedy", "since"...}], "level": ...}; runtime null: not running.
[[nodiscard]] std::string health_json(Runtime* runtime);

/// {"busy": N, "port": N, "waiting_for_host": N, "waiting_for_wechat": N, ...}
[[nodiscard]] std::string state_json(Runtime* runtime);

/// The customers in force, secrets masked.
[[nodiscard]] std::string config_json(const Customers& customers);

/// What all accounts have, as the description says, and `accounts`: what each of them may send, and how it welcomes.
[[nodiscard]] std::string capabilities_json(std::string_view description, const Customers& customers);

/// OpenMetrics text.
[[nodiscard]] std::string metrics_text(Runtime* runtime);

/// Each automatic text as people will read it, with its bytes: [{"customer", "locale", "audience", "key", "text", ...}]
[[nodiscard]] std::string texts_json(const Customers& customers);

/// One conversation and why it waits. id: CUSTOMER/CONTACT. Throws channel::Error (unknown_conversation).
[[nodiscard]] std::string
conversation_json(Runtime* runtime, const Customers& customers, std::string_view id, Time now);

}  // namespace wechat::plugin
