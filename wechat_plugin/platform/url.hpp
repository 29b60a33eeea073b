/// The base URL of an API host.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace wechat::platform {

struct Url {
    bool tls = true;
    std::string host = {};
    std::string port = {};
    std::string path = {};  // without a slash at its end; usually empty
    bool operator==(const Url&) const = default;
};

/// Reads https://HOST[:PORT][/PATH]; http only for this machine itself, because tokens and texts stand in requests.
///
/// Faults: bad_url
[[nodiscard]] Result<Url> read_url(std::string_view text);

/// What the Host header says: "api.weixin.qq.com", "127.0.0.1:9300", "[::1]:9300" (RFC 9110 7.2).
[[nodiscard]] std::string authority(const Url& url);

}  // namespace wechat::platform
