#include "platform/token.hpp"

#include "codec/api.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace wechat::platform {
namespace {

// Near its end the platform gives a new token while the old one stays good for 5 minutes (wechat-protocol.md 4.1).
constexpr Duration hand_over = std::chrono::minutes{5};

TokenFault fault_of(const Fault& fault)
{
    return {.meaning = codec::Meaning::try_later, .words = describe(fault)};
}

}  // namespace

void throw_exception_from_error(const TokenFault& fault, const boost::source_location&)
{
    throw std::logic_error("token of a failed fetch: " + fault.words);
}

AccessTokens::AccessTokens(Loop& loop, Client& client, AppId app_id, Secret app_secret)
    : client_(client), app_id_(std::move(app_id)), app_secret_(std::move(app_secret)), fetched_(loop)
{}

Task<boost::system::result<Secret, TokenFault>> AccessTokens::token(Time now)
{
    if (fetching_) {
        // Whatever the one fetch under way brings is everybody's answer: faults, too, else each would ask in turn.
        while (fetching_)
            co_await fetched_.wait();
    } else if (!token_ || now >= renew_at_) {
        fetching_ = true;
        co_await fetch(now);
        fetching_ = false;
        fetched_.raise();
    }
    // Where a renewal has failed, the old one serves to its end.
    if (token_ && now < ends_at_)
        co_return *token_;
    co_return last_fault_.value_or(TokenFault{});
}

Task<> AccessTokens::fetch(Time now)
{
    ++fetches_;
    last_fault_.reset();
    auto body = codec::stable_token_body(app_id_, app_secret_, false);
    const auto answer = co_await client_.post("/cgi-bin/stable_token", std::move(body));
    if (answer)
        take(*answer, now);
    else
        last_fault_ = fault_of(answer.error());
}

void AccessTokens::take(const Answer& answer, Time now)
{
    const auto verdict = codec::read_verdict(answer.body);
    if (!verdict || answer.status >= 500) {
        last_fault_ = fault_of(fail(errc::bad_answer, "HTTP " + std::to_string(answer.status)));
        return;
    }
    if (verdict->errcode != 0) {
        TokenFault fault;
        fault.meaning = codec::row_of_token_fault(verdict->errcode).meaning;
        fault.errcode = verdict->errcode;
        fault.words = verdict->text;
        fault.rid = verdict->rid;
        last_fault_ = std::move(fault);
        return;
    }
    const auto fresh = codec::read_access_token(answer.body);
    if (!fresh) {
        last_fault_ = fault_of(fresh.error());
        return;
    }
    token_ = fresh->token;
    renew_at_ = now + std::max(fresh->lifetime - hand_over, fresh->lifetime / 2);
    ends_at_ = now + fresh->lifetime;
}

void AccessTokens::drop(const Secret& refused)
{
    if (token_ == refused)
        token_.reset();
}

}  // namespace wechat::platform
