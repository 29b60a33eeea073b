/// Our own endpoint, as WeChat would find it: whether it listens, knows the customer, and opens what WeChat seals.
#pragma once

#include "plugin/doctor_examination.hpp"

namespace wechat::plugin {

/// The steps webhook, callback_token and callback_key. A process that is not running is no fault: a warning, and the
/// others skipped.
Task<std::vector<channel::Examined>>
examine_endpoint(Loop& loop, Patient patient, Time now, Patience patience);

}  // namespace wechat::plugin
