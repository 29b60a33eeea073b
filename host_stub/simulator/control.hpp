/// What lies under /sim: the hands on the platform. The same words in JSON as in interfaces of programs.
#pragma once

#include "base/result.hpp"
#include "simulator/delivery.hpp"
#include "simulator/http_message.hpp"
#include "simulator/platform.hpp"

#include <functional>
#include <string_view>

namespace simulator {

/// What the hands may touch; outlives the loop.
///
/// files   whether a contact's file may be named by its path here; not for callers from other machines
/// refuse  lets nobody connect for so long a real time; none: it cannot be done
struct Hands {
    Platform& platform;
    Courier& courier;
    bool files = true;
    std::function<void(Milliseconds)> refuse = {};
};

/// Answers a request under /sim/, after the last delivery where there is a callback. Errors: 4xx {error, text}.
[[nodiscard]] Task<Response> answer_control(Hands& hands, Request request);

/// Reads a list as GET /sim/accounts prints it and puts every account.
///
/// Faults: bad_json, bad_settings, bad_aes_key; the accounts before the wrong one are there then
[[nodiscard]] wechat::Result<void> put_accounts(Platform& platform, std::string_view list);

}  // namespace simulator
