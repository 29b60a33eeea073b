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

// The functions, in the order of wechat-protocol.md 4.
[[nodiscard]] Response token(Call& call);
[[nodiscard]] Response stable_token(Call& call);
[[nodiscard]] Response custom_send(Call& call);
[[nodiscard]] Response custom_typing(Call& call);
[[nodiscard]] Response media_upload(Call& call);
[[nodiscard]] Response media_get(Call& call);
[[nodiscard]] Response user_info(Call& call);
[[nodiscard]] Response qrcode_create(Call& call);
[[nodiscard]] Response ip_list(Call& call);
[[nodiscard]] Response clear_quota(Call& call);
[[nodiscard]] Response quota_get(Call& call);
[[nodiscard]] Response rid_get(Call& call);

/// How often a path may be called; nothing: it does not exist.
struct Limits {
    std::int64_t per_day = 0;
    std::int64_t per_minute = 0;
};
[[nodiscard]] std::optional<Limits> limits_of(std::string_view path);

}  // namespace simulator
