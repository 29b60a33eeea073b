/// What the platform says of the account: its clock, our address, the token, the callback URL, what it may call.
#pragma once

#include "plugin/doctor_examination.hpp"

namespace wechat::plugin {

/// The steps clock to quota, the needless ones skipped. Nothing of it changes anything on the platform: the token is
/// the one in use (wechat-protocol.md 4.1, ordinary mode), the calls that would act are ones that it must refuse.
Task<std::vector<channel::Examined>>
examine_account(Loop& loop, Patient patient, std::function<Time()> now, Patience patience);

}  // namespace wechat::plugin
