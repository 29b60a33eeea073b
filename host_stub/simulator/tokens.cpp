#include "simulator/tokens.hpp"

#include <algorithm>

namespace simulator {
namespace {

constexpr std::size_t kept = 32;            // enough to tell an expired token from one that never was
constexpr std::size_t token_length = 136;   // as the platform's own are today
constexpr std::size_t shortest_token = 20;  // UNVERIFIED: where 40014 ends and 40001 begins

std::chrono::seconds left(Moment expires, Moment now)
{
    return std::chrono::ceil<std::chrono::seconds>(expires - now);
}

}  // namespace

Tokens::Token* Tokens::newest(Family family)
{
    const auto found = std::ranges::find(tokens_, family, &Token::family);
    return found == tokens_.end() ? nullptr : &*found;
}

IssuedToken Tokens::issue(Family family, Moment now, Random& random)
{
    tokens_.push_front(
        {.family = family, .value = random.letters(token_length), .expires = now + token_lifetime}
    );
    if (tokens_.size() > kept)
        tokens_.pop_back();
    return {.value = tokens_.front().value, .expires_in = token_lifetime};
}

IssuedToken Tokens::stable(bool force, Moment now, Random& random)
{
    auto* const current = newest(Family::stable);
    const bool usable = current != nullptr && !current->dead && now < current->expires;
    const bool lasts = usable && current->expires - now > token_overlap;
    if (!force || (forced_ > 0 && now - forced_at_ < forced_refresh_pause && usable)) {
        if (lasts || (force && usable))
            return {.value = current->value, .expires_in = left(current->expires, now)};
        return issue(Family::stable, now, random);
    }
    if (forced_day_ != beijing_day(now))
        forced_ = 0;
    if (forced_ >= forced_refreshes_per_day)
        return {.errcode = 45009};
    forced_day_ = beijing_day(now);
    forced_at_ = now;
    ++forced_;
    for (auto& token : tokens_)
        token.dead = token.dead || token.family == Family::stable;
    return issue(Family::stable, now, random);
}

IssuedToken Tokens::classic(Moment now, Random& random)
{
    bool before = true;
    for (auto& token : tokens_) {
        if (token.family != Family::classic)
            continue;
        if (before)
            token.expires = std::min(token.expires, now + Milliseconds{token_overlap});
        else
            token.dead = true;
        before = false;
    }
    return issue(Family::classic, now, random);
}

std::int64_t Tokens::check(std::string_view token, Moment now) const
{
    if (token.size() < shortest_token)
        return 40014;
    const auto found = std::ranges::find(tokens_, token, &Token::value);
    if (found == tokens_.end() || found->dead)
        return 40001;
    return now < found->expires ? 0 : 42001;
}

}  // namespace simulator
