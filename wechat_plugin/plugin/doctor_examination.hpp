/// What the doctor looks at of one account, in its order; which step makes sense only after which.
#pragma once

#include "base/time.hpp"
#include "engine/directory.hpp"
#include "loop/task.hpp"
#include "webhook/server.hpp"

#include <channel/values.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace wechat::plugin {

/// One account, the file it came from, and where our endpoint for it should be.
struct Patient {
    std::shared_ptr<const engine::CustomerAccount> account = {};
    std::string file = {};
    webhook::Options endpoint = {};
};

/// How long one step may wait, in real time. Source: wechat-protocol.md 7 (connect 3 to 5 s, answer 10 s)
struct Patience {
    std::chrono::milliseconds name{5000};
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds answer{10000};
};

/// The steps: configuration, dns, connection, clock, allow_list, token, callback_url, permission_to_send,
/// permission_to_invite, quota, webhook, callback_token, callback_key.
///
/// Asks the platform only what changes nothing there, and our own endpoint what it applies to nobody
/// (doctor_self_test.hpp). now  our clock, to compare with the platform's
Task<std::vector<channel::Examined>>
examine(Loop& loop, Patient patient, std::function<Time()> now, Patience patience);

// ---- For the steps ----

[[nodiscard]] channel::Examined healthy(std::string step, std::string text);
[[nodiscard]] channel::Examined doubtful(std::string step, std::string text, std::string remedy);
[[nodiscard]] channel::Examined wrong(std::string step, std::string text, std::string remedy);
[[nodiscard]] channel::Examined skipped(std::string step, std::string why);

}  // namespace wechat::plugin
