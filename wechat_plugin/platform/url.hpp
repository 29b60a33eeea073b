/// The base URL of an API host.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// Reads a URL under which a file lies: http or https, any host, path and query kept in `path` as they stand.
///
/// Nothing of ours stands in such a request, so it need not be secret.
/// Faults: bad_url
[[nodiscard]] Result<Url> read_file_url(std::string_view text);

/// The hosts under which an API can be reached, this one first: of the platform's own names all, of others it alone.
///
/// Source: wechat-protocol.md 7; a token is good on every one of them
[[nodiscard]] std::vector<Url> with_stand_ins(const Url& url);

/// What the Host header says: "api.weixin.qq.com", "127.0.0.1:9300", "[::1]:9300" (RFC 9110 7.2).
[[nodiscard]] std::string authority(const Url& url);

}  // namespace wechat::platform
