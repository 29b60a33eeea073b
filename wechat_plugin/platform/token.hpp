/// The access token of one account: fetched by one at a time, kept until shortly before its end.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "codec/errcode.hpp"
#include "loop/signal.hpp"
#include "platform/client.hpp"

#include <functional>
#include <optional>
#include <string>

namespace wechat::platform {

/// Why there is no token: the way to the platform, or what the platform said.
struct TokenFault {
    codec::Meaning meaning = codec::Meaning::try_later;
    std::int64_t errcode = 0;
    std::string words = {};
    std::string rid = {};
};

/// stable_token with one fetch at a time (wechat-protocol.md 4.1). Of the loop's thread only.
class AccessTokens {
public:
    AccessTokens(Loop& loop, Client& client, AppId app_id, Secret app_secret);

    /// A token that should be good at `now`; whoever comes while one is being fetched waits for that one.
    Task<boost::system::result<Secret, TokenFault>> token(Time now);

    /// The platform no longer takes this one. Another one that has come meanwhile stays.
    void drop(const Secret& refused);

    /// A new secret: what was fetched with the old one stays good until the platform says otherwise.
    void set_secret(Secret app_secret) { app_secret_ = std::move(app_secret); }

    [[nodiscard]] std::uint64_t fetches() const { return fetches_; }

private:
    Task<> fetch(Time now);
    void take(const Answer& answer, Time now);

    Client& client_;
    AppId app_id_;
    Secret app_secret_;
    std::optional<Secret> token_ = {};
    Time renew_at_ = {};
    Time ends_at_ = {};
    bool fetching_ = false;
    std::optional<TokenFault> last_fault_ = {};
    Signal fetched_;
    std::uint64_t fetches_ = 0;
};

[[noreturn]] void throw_exception_from_error(const TokenFault& fault, const boost::source_location&);

}  // namespace wechat::platform
