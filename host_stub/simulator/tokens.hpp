/// Access tokens of one account, as the platform hands them out and lets them die (wechat-protocol.md 4.1).
#pragma once

#include "simulator/clock.hpp"
#include "simulator/random.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace simulator {

constexpr std::chrono::seconds token_lifetime{7200};
constexpr std::chrono::seconds token_overlap{300};        // both the old and the new one are good
constexpr std::chrono::seconds forced_refresh_pause{30};  // a faster one does not refresh
constexpr int forced_refreshes_per_day = 20;

/// The day of limits: it begins at midnight in Beijing, 8 hours before that of UTC.
[[nodiscard]] constexpr std::int64_t beijing_day(Moment now)
{
    return std::chrono::floor<std::chrono::days>(now + std::chrono::hours{8}).time_since_epoch().count();
}

/// A token that was handed out, or the errcode instead; expires_in is what is left of its life.
struct IssuedToken {
    std::int64_t errcode = 0;
    std::string value = {};
    std::chrono::seconds expires_in{0};
};

/// The two families, stable_token's and cgi-bin/token's, do not touch each other.
class Tokens {
public:
    /// Ordinary: the same token until its last five minutes. Forced: a new one, and the old one is dead at once.
    [[nodiscard]] IssuedToken stable(bool force, Moment now, Random& random);

    /// A new one with every call; the one before it lives for five minutes more.
    [[nodiscard]] IssuedToken classic(Moment now, Random& random);

    /// 0, 40014 (no shape of a token), 40001 (unknown, or replaced) or 42001 (its time is over).
    [[nodiscard]] std::int64_t check(std::string_view token, Moment now) const;

private:
    enum class Family { stable, classic };
    struct Token {
        Family family = Family::stable;
        std::string value = {};
        Moment expires = {};
        bool dead = false;
    };
    IssuedToken issue(Family family, Moment now, Random& random);
    Token* newest(Family family);

    std::deque<Token> tokens_;  // newest first
    Moment forced_at_ = {};
    std::int64_t forced_day_ = 0;
    int forced_ = 0;
};

}  // namespace simulator
