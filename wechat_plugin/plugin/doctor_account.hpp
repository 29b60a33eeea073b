/// What the platform says of the account: its clock, our address, the token, the callback URL, what it may call.
#pragma once

#include "plugin/doctor_answer.hpp"
#include "plugin/doctor_examination.hpp"

namespace wechat::plugin {

/// The steps clock to quota, the needless ones skipped. Nothing of it changes anything on the platform: the token is
/// the one in use (wechat-protocol.md 4.1, ordinary mode), the calls that would act are ones that it must refuse.
Task<std::vector<channel::Examined>>
examine_account(Loop& loop, Patient patient, std::function<Time()> now, Patience patience);

// ---- What single answers mean ----

/// The steps clock, allow_list and token: one call answers whose clock is right, whether our address is allowed, and
/// whether the secret is good.
[[nodiscard]] std::vector<channel::Examined> examine_token(const Answered& answer, Time now);

/// Of callback/check (wechat-protocol.md 4.8).
[[nodiscard]] channel::Examined examine_callback_url(const Answered& answer, const Patient& patient);

/// Of a call that nobody can feel: what matters is only whether it was refused for lack of the right.
[[nodiscard]] channel::Examined
examine_permission(std::string step, std::string_view what, const Answered& answer);

/// Of openapi/quota/get (wechat-protocol.md 4.8).
[[nodiscard]] channel::Examined examine_quota(const Answered& answer);

}  // namespace wechat::plugin
