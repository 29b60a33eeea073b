/// What lies under /sim: the hands on the platform. The same words in JSON as in interfaces of programs.
#pragma once

#include "simulator/delivery.hpp"
#include "simulator/http_message.hpp"
#include "simulator/platform.hpp"

#include "base/result.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace simulator {

/// Answers a request under /sim/, after the last delivery where there is a callback. Errors: 4xx {error, text}.
///
/// files  whether a contact's file may be named by its path here; not for callers from other machines
[[nodiscard]] Task<Response> answer_control(Platform& platform, Courier& courier, Request request, bool files);

/// Faults: bad_settings, with what is wrong.
[[nodiscard]] wechat::Result<Fault> fault_from_json(const boost::json::object& fields);
[[nodiscard]] wechat::Result<Saying> saying_from_json(const boost::json::object& fields, bool files);

/// Reads a list as GET /sim/accounts prints it and puts every account.
///
/// Faults: bad_json, bad_settings, bad_aes_key; the accounts before the wrong one are there then
[[nodiscard]] wechat::Result<void> put_accounts(Platform& platform, std::string_view list);

}  // namespace simulator
