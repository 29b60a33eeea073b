#include "platform/account.hpp"

#include "codec/api.hpp"

namespace wechat::platform {
namespace {

Outcome outcome_of(const TokenFault& fault)
{
    return {.meaning = fault.meaning, .errcode = fault.errcode, .words = fault.words, .rid = fault.rid};
}

Outcome outcome_of(const Fault& fault)
{
    // bad_answer: HTTP was broken behind a request that was written whole.
    const bool written = fault.code == errc::no_answer || fault.code == errc::bad_answer;
    return {.uncertain = written, .meaning = codec::Meaning::try_later, .words = describe(fault)};
}

}  // namespace

Account::Account(Loop& loop, Url url, AppId app_id, Secret app_secret, Limits limits)
    : client_(loop, std::move(url), limits), tokens_(loop, client_, std::move(app_id), std::move(app_secret))
{}

Task<Outcome> Account::send_text(OpenId to, std::string text, Time now)
{
    return call("/cgi-bin/message/custom/send", codec::custom_text_body(to, text), now);
}

Task<Outcome> Account::call(std::string path, std::string body, Time now)
{
    Outcome outcome;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto token = co_await tokens_.token(now);
        if (!token)
            co_return outcome_of(token.error());
        outcome = co_await call_once(path, body, *token);
        if (outcome.uncertain || outcome.meaning != codec::Meaning::renew_token)
            co_return outcome;
        tokens_.drop(*token);
    }
    // A fresh token is refused as well: the account's fault, not the token's (wechat-protocol.md 5.2, 40001).
    outcome.meaning = codec::Meaning::hold_account;
    co_return outcome;
}

Task<Outcome> Account::call_once(std::string path, std::string body, Secret token)
{
    auto target = path + "?access_token=" + std::string{token.reveal()};
    const auto answer = co_await client_.post(std::move(target), std::move(body));
    if (!answer)
        co_return outcome_of(answer.error());

    Outcome outcome;
    if (answer->status >= 500 || answer->status == 429) {
        outcome.meaning = codec::Meaning::try_later;  // A5
        outcome.words = "HTTP " + std::to_string(answer->status);
        co_return outcome;
    }
    const auto verdict = codec::read_verdict(answer->body);
    if (!verdict) {
        // An answer cut short is the platform's, which has acted; anything else is a gateway's page in front of it
        // (wechat-protocol.md 5.2).
        outcome.uncertain = answer->body.starts_with('{');
        outcome.meaning = codec::Meaning::try_later;
        outcome.words = "HTTP " + std::to_string(answer->status) + " without JSON";
        co_return outcome;
    }
    outcome.meaning = codec::row_of(verdict->errcode).meaning;
    outcome.errcode = verdict->errcode;
    outcome.words = verdict->text;
    outcome.rid = verdict->rid;
    co_return outcome;
}

}  // namespace wechat::platform
