#include "engine/invitations.hpp"

#include "codec/qrcode.hpp"

namespace wechat::engine {
namespace {

using channel::Error;
using channel::Status;
using Result = Invitations::Result;

Error refusal(std::string code, const std::string& text)
{
    return Error(Status::refused, std::move(code), text);
}

// What is wrong with the wish itself; none: the platform is asked.
std::optional<Error> why_refused(std::string_view scene, channel::Milliseconds lifetime)
{
    if (!codec::is_scene(scene))
        return refusal(
            "bad_scene",
            "A scene has 1 to 64 characters, none of them a control character: WeChat takes no other."
        );
    if (lifetime.count() < 0)
        return refusal("bad_lifetime", "A lifetime is not negative; 0 is for ever.");
    if (lifetime > codec::longest_temporary_code)
        return refusal(
            "lifetime_too_long",
            "WeChat's codes end after 30 days at the latest, or never: ask for one of the two."
        );
    return std::nullopt;
}

// Rounded up: no code ends before the host says so. Nothing: for ever.
std::optional<Duration> seconds_of(channel::Milliseconds lifetime)
{
    return lifetime.count() == 0 ? std::nullopt : std::optional{std::chrono::ceil<Duration>(lifetime)};
}

std::string in_words(const platform::Outcome& outcome)
{
    if (outcome.errcode == 0)
        return outcome.words;
    return "WeChat answers " + std::to_string(outcome.errcode) + " (" + outcome.words + ")";
}

Error failure(const platform::Outcome& outcome)
{
    const auto said = in_words(outcome);
    const std::string remedy{codec::row_of(outcome.errcode).words};
    // wechat-protocol.md 4.7 and 5.2
    switch (outcome.errcode) {
    case 40129: return refusal("bad_scene", "WeChat does not take this scene. " + said);
    case 45029:
        return refusal(
            "too_many_invitations",
            "The account has all the permanent codes it may have: give this one a lifetime."
        );
    case 48001:
    case 50001: return refusal("not_permitted", "The account may not make QR codes: " + remedy + ". " + said);
    default: break;
    }
    if (outcome.uncertain || outcome.meaning == codec::Meaning::try_later)
        return Error(Status::unavailable, "unavailable", said);
    if (outcome.meaning == codec::Meaning::hold_account || outcome.meaning == codec::Meaning::slow_down)
        return Error(Status::unavailable, "account_held", said + ": " + remedy);
    return refusal("errcode_" + std::to_string(outcome.errcode), said);
}

}  // namespace

Invitations::Invitations(Accounts& accounts, std::function<channel::Time()> now)
    : accounts_(accounts), now_(std::move(now))
{}

Task<Result> Invitations::make(AppId account, std::string scene, channel::Milliseconds lifetime)
{
    if (auto refused = why_refused(scene, lifetime))
        co_return *std::move(refused);
    const auto key = std::pair(account.str(), scene);
    const auto known = permanent_.find(key);
    if (lifetime.count() == 0 && known != permanent_.end())
        co_return known->second;
    const auto platform = accounts_.of(account);
    if (!platform)
        co_return Error(Status::refused, "unknown_customer", "This account is not served.");

    const auto begun = now_();
    auto body = codec::qrcode_body(scene, seconds_of(lifetime));
    const auto second = from_milliseconds(begun.time_since_epoch().count());
    const auto said = co_await platform->ask("/cgi-bin/qrcode/create", std::move(body), second);
    if (!said.outcome.good())
        co_return failure(said.outcome);
    const auto code = codec::read_qrcode(said.body);
    if (!code)
        co_return Error(Status::unavailable, std::string(name_of(code.error().code)), describe(code.error()));

    Invited invited;
    invited.url = code->url;
    if (code->lifetime)
        invited.ends = begun + *code->lifetime;
    if (lifetime.count() == 0)
        permanent_[key] = invited;
    co_return invited;
}

}  // namespace wechat::engine
