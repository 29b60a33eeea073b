/// QR codes of accounts, for who invites: made by the platform, permanent ones remembered.
#pragma once

#include "engine/accounts.hpp"

#include <channel/values.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace wechat::engine {

/// What the QR code holds; ends: none, for ever.
struct Invited {
    std::string url = {};
    std::optional<channel::Time> ends = {};
    bool operator==(const Invited&) const = default;
};

/// Of the loop's thread only.
class Invitations {
public:
    Invitations(Accounts& accounts, std::function<channel::Time()> now);

    /// Has the platform make a code whose scene comes back with followed and scanned. A permanent one is asked for once
    /// a run: it is the same code each time, and an account has 100,000 of them (wechat-protocol.md 4.7).
    ///
    /// lifetime  0: for ever
    /// Faults: refused: bad_scene, lifetime_too_long, too_many_invitations, not_permitted, errcode_N;
    ///         unavailable: what time or an operator mends
    using Result = std::variant<Invited, channel::Error>;
    Task<Result> make(AppId account, std::string scene, channel::Milliseconds lifetime);

private:
    Accounts& accounts_;
    std::function<channel::Time()> now_;
    std::map<std::pair<std::string, std::string>, Invited> permanent_ = {};  // by app_id and scene
};

}  // namespace wechat::engine
