/// What the plugin tells of itself: inspect's topics (plugin-api 3.3).
#pragma once

#include "plugin/customers.hpp"
#include "plugin/runtime.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wechat::plugin {

/// {"accounts": [{"customer", "level", "errcode", "text", "remedy", "since"...}], "level": ...}; runtime null: not running.
[[nodiscard]] std::string health_json(Runtime* runtime);

/// {"busy": N, "port": N, "waiting_for_host": N, "waiting_for_wechat": N, ...}
[[nodiscard]] std::string state_json(Runtime* runtime);

/// The customers in force, secrets masked: {"customers": [...]}
[[nodiscard]] std::string config_json(const Customers& customers);

/// What is wrong with the files as they are now, and is not in force: [{"file", "line", "column", "text"}]
[[nodiscard]] std::string faults_json(const std::vector<channel::Finding>& faults);

/// What all accounts have, as the description says, and `accounts`: what each of them may send, and how it welcomes.
[[nodiscard]] std::string capabilities_json(std::string_view description, const Customers& customers);

/// OpenMetrics text.
[[nodiscard]] std::string metrics_text(Runtime* runtime);

/// Each automatic text in each locale, as people will read it: [{"customer", "file", "locale", "in_force", "audience",
/// "key", "text", "bytes", "slots", "pattern", "line"}]. line is that of the file, null where the text is built in; text
/// and pattern are null where it is switched off; in_force is true of the customer's own locale.
[[nodiscard]] std::string texts_json(const Customers& customers);

/// One conversation and why it waits. id: CUSTOMER/CONTACT. Throws channel::Error (unknown_conversation).
[[nodiscard]] std::string
conversation_json(Runtime* runtime, const Customers& customers, std::string_view id, Time now);

}  // namespace wechat::plugin
