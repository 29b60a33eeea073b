/// What every function of the API is given, and the two answers all of them know.
#pragma once

#include "simulator/http_message.hpp"
#include "simulator/platform.hpp"

#include <boost/json/object.hpp>

#include <cstdint>

namespace simulator {

/// One call. account is the access token's; null where none is needed.
struct Call {
    Platform& platform;
    const Request& request;
    Moment now = {};
    OfficialAccount* account = nullptr;
    std::string rid = {};
};

/// {"errcode", "errmsg"} with the platform's words and the call's rid; 0 is {"errcode":0,"errmsg":"ok"}.
[[nodiscard]] Response answer(const Call& call, std::int64_t errcode);
[[nodiscard]] Response answer(const boost::json::object& fields);

/// The object with errcode 0 and errmsg "ok" in front, for those answers that have them beside their data.
[[nodiscard]] Response answer_ok(boost::json::object data);

// The functions, in the order of wechat-protocol.md 4.
[[nodiscard]] Response token(Call& call);
[[nodiscard]] Response stable_token(Call& call);
[[nodiscard]] Response custom_send(Call& call);
[[nodiscard]] Response custom_typing(Call& call);
[[nodiscard]] Response template_send(Call& call);
[[nodiscard]] Response subscription_send(Call& call);
[[nodiscard]] Response media_upload(Call& call);
[[nodiscard]] Response media_get(Call& call);
[[nodiscard]] Response media_get_jssdk(Call& call);
[[nodiscard]] Response media_upload_image(Call& call);
[[nodiscard]] Response published_file(Call& call);
[[nodiscard]] Response user_info(Call& call);
[[nodiscard]] Response user_info_batch(Call& call);
[[nodiscard]] Response qrcode_create(Call& call);
[[nodiscard]] Response qrcode_show(Call& call);
[[nodiscard]] Response ip_list(Call& call);
[[nodiscard]] Response callback_check(Call& call);
[[nodiscard]] Response clear_quota(Call& call);
[[nodiscard]] Response clear_quota_by_secret(Call& call);
[[nodiscard]] Response quota_clear(Call& call);
[[nodiscard]] Response quota_get(Call& call);
[[nodiscard]] Response rid_get(Call& call);
[[nodiscard]] Response shorten_gen(Call& call);
[[nodiscard]] Response shorten_fetch(Call& call);

/// How often an account may call a path: its own quota, or that of a new verified account; nothing: no such path.
[[nodiscard]] std::optional<Limits> limits_of(const Account& account, std::string_view path);

/// Counts this call. 0, 45009 or 45011.
[[nodiscard]] std::int64_t count_call(Call& call);

/// The platform's page for what it cannot answer: HTML.
[[nodiscard]] Response page(unsigned status, std::string_view title);

}  // namespace simulator
