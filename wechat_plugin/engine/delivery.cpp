#include "engine/delivery.hpp"

#include "codec/api.hpp"
#include "engine/said.hpp"
#include "media/digest.hpp"
#include "media/format.hpp"
#include "media/limits.hpp"
#include "media/thumbnail.hpp"

#include <chrono>
#include <utility>

namespace wechat::engine {
namespace {

using codec::Meaning;

// WeChat keeps an upload for 3 days (wechat-protocol.md 4.5); an hour less, for what is on its way when they end.
constexpr Duration upload_lasts = std::chrono::hours{71};

void fail_message(Delivered& delivered, policy::Reason reason, std::string words)
{
    delivered.outcome.meaning = Meaning::fail_message;
    delivered.outcome.words = std::move(words);
    delivered.reason = reason;
}

// An employee's file as it is uploaded: WeChat's reader takes ASCII names only, and believes endings.
struct File {
    platform::Upload upload = {};
    std::string sha256 = {};
};

File file_of(std::string type, std::string bytes)
{
    const auto format = media::format_of(bytes);
    File file;
    file.sha256 = media::sha256(bytes);
    file.upload.name = type + std::string{format.extension};
    file.upload.type = std::move(type);
    file.upload.mime = format.mime;
    file.upload.bytes = std::move(bytes);
    return file;
}

}  // namespace

Task<> Delivery::prepare(Attempt& attempt)
{
    attempt.body.reset();
    attempt.unreadable = false;
    const auto& send_row = std::get<policy::Send>(attempt.row.payload);
    const auto& to = attempt.row.key.contact;
    Content content;
    if (!send_row.automatic) {
        auto said = content_of(attempt, send_row.messages.front());
        if (!said)
            co_return;
        content = std::move(*said);
    }
    switch (content.kind) {
    case Kind::image:
    case Kind::voice: {
        const std::string type{name_of(content.kind)};
        const auto id = co_await media_id_of(attempt, type, content.path);
        if (!id)
            co_return;
        attempt.body = content.kind == Kind::image ? codec::custom_image_body(to, *id)
                                                   : codec::custom_voice_body(to, *id);
        co_return;
    }
    case Kind::video: {
        codec::Video video;
        const auto id = co_await media_id_of(attempt, "video", content.path);
        if (!id)
            co_return;
        const auto thumb = co_await media_id_of(attempt, "thumb", std::string());
        if (!thumb)
            co_return;
        video.media_id = *id;
        video.thumb_media_id = *thumb;
        video.title = content.text;
        attempt.body = codec::custom_video_body(to, video);
        co_return;
    }
    case Kind::link: attempt.body = codec::custom_link_body(to, link_of(content)); co_return;
    default: break;
    }
    const auto words = words_of(attempt);
    if (!words)
        co_return;
    attempt.body = codec::custom_text_body(to, *words);
}

Task<> Delivery::send(Attempt& attempt)
{
    ++figures_.calls;
    attempt.delivered.outcome = co_await attempt.account->send_custom(*attempt.body, attempt.now);
    const auto& outcome = attempt.delivered.outcome;
    ++figures_.errcodes[outcome.errcode];
    if (outcome.meaning != Meaning::upload_again || outcome.uncertain || attempt.again)
        co_return;
    attempt.again = true;
    co_await prepare(attempt);
    if (attempt.body)
        co_await send(attempt);
}

// A thumb is our own picture: WeChat shows it until a video is played, and takes none without.
Task<std::optional<std::string>> Delivery::media_id_of(Attempt& attempt, std::string type, std::string path)
{
    const std::function<Result<File>()> read = [type, path]() -> Result<File> {
        auto bytes = type == "thumb" ? std::string{media::thumbnail()} : media::read_file(path);
        if (bytes.empty())
            return fail(errc::not_found, "its file is no longer there");
        return file_of(type, std::move(bytes));
    };
    auto file = co_await worker_.run<File>(read, errc::not_found);
    if (!file) {
        fail_message(attempt.delivered, policy::Reason::file_unreadable, file.error().detail);
        co_return std::nullopt;
    }
    const auto& app_id = attempt.row.key.account;
    const auto known = store_.find_upload(app_id, type, file->sha256, attempt.now);
    if (!attempt.again && known && *known)
        co_return (*known)->media_id;
    co_return co_await upload(attempt, std::move(file->upload), std::move(file->sha256));
}

Task<std::optional<std::string>> Delivery::upload(Attempt& attempt, platform::Upload file, std::string sha256)
{
    ++figures_.uploads;
    store::Upload made;
    made.account = attempt.row.key.account;
    made.type = file.type;
    made.sha256 = std::move(sha256);
    made.until = attempt.now + upload_lasts;
    const auto uploaded = co_await attempt.account->upload(std::move(file), attempt.now);
    if (!uploaded.outcome.good()) {
        attempt.delivered.outcome = uploaded.outcome;
        co_return std::nullopt;
    }
    made.media_id = uploaded.media_id;
    attempt.delivered.uploads.push_back(made);
    co_return uploaded.media_id;
}

std::optional<Content> Delivery::content_of(Attempt& attempt, const ClientId& id)
{
    auto message = store_.peek_message(id);
    if (!message) {
        attempt.unreadable = true;
        attempt.delivered.outcome.meaning = Meaning::try_later;
        attempt.delivered.outcome.words = "the store cannot be read";
        return std::nullopt;
    }
    if (!*message) {
        fail_message(attempt.delivered, policy::Reason::none, "it is no longer in the store");
        return std::nullopt;
    }
    return std::move((*message)->content);
}

std::optional<std::string> Delivery::words_of(Attempt& attempt)
{
    const auto& send = std::get<policy::Send>(attempt.row.payload);
    if (send.automatic)
        return send.text;
    std::string words = send.prefix;
    for (const auto& id : send.messages) {
        const auto content = content_of(attempt, id);
        if (!content)
            return std::nullopt;
        if (&id != &send.messages.front())
            words += '\n';  // Q4
        words += words_on_the_phone(*content, attempt.customer->map_link);
    }
    return words;
}

}  // namespace wechat::engine
