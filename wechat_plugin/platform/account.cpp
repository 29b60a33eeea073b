#include "platform/account.hpp"

#include "codec/api.hpp"
#include "codec/media_api.hpp"
#include "codec/request.hpp"

#include <utility>

namespace wechat::platform {
namespace {

using codec::Meaning;

Outcome outcome_of(const TokenFault& fault)
{
    return {.meaning = fault.meaning, .errcode = fault.errcode, .words = fault.words, .rid = fault.rid};
}

Outcome outcome_of(const Fault& fault)
{
    // bad_answer: HTTP was broken behind a request that was written whole.
    const bool written = fault.code == errc::no_answer || fault.code == errc::bad_answer;
    return {.uncertain = written, .meaning = Meaning::try_later, .words = describe(fault)};
}

Outcome later(std::string words)
{
    return {.meaning = Meaning::try_later, .words = std::move(words)};
}

// wechat-protocol.md 5.2: the message's fault, it never becomes smaller.
Outcome too_large()
{
    return {
        .meaning = Meaning::fail_message,
        .words = "HTTP 413: a gateway in front of WeChat takes nothing as large"};
}

Outcome outcome_of(const codec::Verdict& verdict)
{
    return {
        .meaning = codec::row_of(verdict.errcode).meaning,
        .errcode = verdict.errcode,
        .words = verdict.text,
        .rid = verdict.rid,
    };
}

Outcome read_json(const Answer& answer)
{
    const auto verdict = codec::read_verdict(answer.body);
    if (verdict)
        return outcome_of(*verdict);
    // An answer cut short is the platform's, which has acted; anything else is a gateway's page in front of it
    // (wechat-protocol.md 5.2).
    auto outcome = later("HTTP " + std::to_string(answer.status) + " without JSON");
    outcome.uncertain = answer.body.starts_with('{');
    return outcome;
}

// Nobody is told anything by it: what may have been carried out is simply done again.
Outcome harmless(Outcome outcome)
{
    outcome.uncertain = false;
    return outcome;
}

}  // namespace

Account::Account(Loop& loop, std::vector<Url> hosts, AppId app_id, Secret app_secret, Limits limits)
    : client_(loop, std::move(hosts), limits),
      fetches_(loop, limits),
      tokens_(loop, client_, std::move(app_id), std::move(app_secret))
{}

Task<Outcome> Account::send_custom(std::string body, Time now)
{
    ApiRequest request;
    request.target = "/cgi-bin/message/custom/send";
    request.body = std::move(body);
    return call(std::move(request), read_json, now);
}

Task<Said> Account::ask(std::string path, std::string body, Time now)
{
    Said said;
    ApiRequest request;
    request.target = std::move(path);
    request.post = !body.empty();
    request.body = std::move(body);
    const auto read = [&said](const Answer& answer) {
        said.body = answer.body;
        return read_json(answer);
    };
    said.outcome = co_await call(std::move(request), read, now);
    if (!said.outcome.good())
        said.body.clear();
    co_return said;
}

Task<Uploaded> Account::upload(Upload file, Time now)
{
    Uploaded uploaded;
    auto form = codec::upload_form(file.name, file.mime, file.bytes);
    ApiRequest request;
    request.target = "/cgi-bin/media/upload?type=" + file.type;
    request.content_type = std::move(form.content_type);
    request.body = std::move(form.body);
    request.file = true;
    const auto read = [&uploaded](const Answer& answer) {
        auto outcome = read_json(answer);
        if (!outcome.good())
            return outcome;
        const auto id = codec::read_media_id(answer.body);
        if (!id)
            return later(describe(id.error()));
        uploaded.media_id = *id;
        return outcome;
    };
    const auto outcome = co_await call(std::move(request), read, now);
    uploaded.outcome = harmless(outcome);
    co_return uploaded;
}

// Only with HTTP 200 it is a file: anything else is a page about one.
Outcome Account::read_file(const Answer& answer, Downloaded& file, std::string& video_url)
{
    if (answer.status != 200) {
        const auto said = read_json(answer);
        return said.good() ? later("HTTP " + std::to_string(answer.status)) : said;
    }
    auto media = codec::read_media_answer(answer.content_type, answer.body);
    if (!media)
        return later(describe(media.error()));
    file.mime = std::move(media->mime);
    file.bytes = std::move(media->bytes);
    video_url = std::move(media->video_url);
    return outcome_of(media->verdict);
}

Task<Downloaded> Account::download(std::string media_id, Time now)
{
    Downloaded downloaded;
    std::string video_url;
    ApiRequest request;
    request.target = "/cgi-bin/media/get?media_id=" + codec::percent_encoded(media_id);
    request.post = false;
    request.file = true;
    const auto read = [&](const Answer& answer) { return read_file(answer, downloaded, video_url); };
    const auto outcome = co_await call(std::move(request), read, now);
    downloaded.outcome = harmless(outcome);
    if (!downloaded.outcome.good() || video_url.empty())
        co_return downloaded;
    // Another host, without a token (wechat-protocol.md 4.5).
    const auto video = co_await fetches_.fetch(std::move(video_url));
    video_url.clear();
    downloaded.outcome =
        video ? harmless(read_file(*video, downloaded, video_url)) : later(describe(video.error()));
    if (!video_url.empty())
        downloaded.outcome = later("another URL instead of a video");
    co_return downloaded;
}

Task<Outcome> Account::call(ApiRequest request, Reading read, Time now)
{
    Outcome outcome;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto token = co_await tokens_.token(now);
        if (!token)
            co_return outcome_of(token.error());
        outcome = co_await call_once(request, read, *token);
        if (outcome.uncertain || outcome.meaning != Meaning::renew_token)
            co_return outcome;
        tokens_.drop(*token);
    }
    // A fresh token is refused as well: the account's fault, not the token's (wechat-protocol.md 5.2, 40001).
    outcome.meaning = Meaning::hold_account;
    co_return outcome;
}

Task<Outcome> Account::call_once(ApiRequest request, Reading read, Secret token)
{
    const bool has_query = request.target.find('?') != std::string::npos;
    request.target += (has_query ? "&access_token=" : "?access_token=") + std::string{token.reveal()};
    const auto answer = co_await client_.send(std::move(request));
    if (!answer)
        co_return outcome_of(answer.error());
    if (answer->status >= 500 || answer->status == 429)
        co_return later("HTTP " + std::to_string(answer->status));  // A5
    if (answer->status == 413)
        co_return too_large();
    co_return read(*answer);
}

}  // namespace wechat::platform
