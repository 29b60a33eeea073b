/// What one official account can ask of the platform, with its token looked after.
#pragma once

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "codec/errcode.hpp"
#include "loop/task.hpp"
#include "platform/client.hpp"
#include "platform/token.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace wechat::platform {

/// What became of one try at a call.
///
/// uncertain  written, never answered: it may have been carried out (A7); meaning says nothing then
/// words      the platform's or the socket's, for people: no text, openid, token or secret
struct Outcome {
    bool uncertain = false;
    codec::Meaning meaning = codec::Meaning::sent;
    std::int64_t errcode = 0;
    std::string words = {};
    std::string rid = {};
};

/// One account on one API host. Of the loop's thread only.
class Account {
public:
    Account(Loop& loop, Url url, AppId app_id, Secret app_secret, Limits limits);

    /// custom/send of a text (wechat-protocol.md 4.2), with a fresh token and one more try after a token fault (A4).
    ///
    /// A token fault that remains is the account's: Meaning::hold_account.
    Task<Outcome> send_text(OpenId to, std::string text, Time now);

    void set_secret(Secret app_secret) { tokens_.set_secret(std::move(app_secret)); }
    void stop() { client_.stop(); }
    [[nodiscard]] const Figures& figures() const { return client_.figures(); }
    [[nodiscard]] std::uint64_t token_fetches() const { return tokens_.fetches(); }

private:
    Task<Outcome> call(std::string path, std::string body, Time now);
    Task<Outcome> call_once(std::string path, std::string body, Secret token);

    Client client_;
    AccessTokens tokens_;
};

}  // namespace wechat::platform
