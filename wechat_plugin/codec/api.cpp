#include "codec/api.hpp"

#include "base/utf8.hpp"
#include "codec/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>

namespace wechat::codec {
namespace {

using boost::json::object;

constexpr std::size_t longest_token = 512;  // wechat-protocol.md 4.0

std::string text_at(const object& answer, std::string_view key)
{
    const auto* const found = answer.if_contains({key.data(), key.size()});
    return found == nullptr ? std::string{} : text_of(*found);
}

std::optional<std::int64_t> integer_at(const object& answer, std::string_view key)
{
    const auto text = text_at(answer, key);
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return std::nullopt;
    return number;
}

// "... rid: 5f1f0a3c-3b1a2c4d-6e5f7a8b" stands at the end, since 2020; before it was "hint: [...]".
std::string split_rid(std::string& text)
{
    constexpr std::string_view mark = "rid:";
    const auto at = text.rfind(mark);
    if (at == std::string::npos)
        return {};
    std::string rid{trimmed(std::string_view{text}.substr(at + mark.size()))};
    text.erase(at);
    text = std::string{trimmed(text)};
    return rid;
}

// Wiped when it goes, because a token passes through it.
struct WipedMemory {
    std::array<unsigned char, 4096> bytes = {};
    ~WipedMemory() { wipe(bytes.data(), bytes.size()); }
};

object custom(const OpenId& to, std::string_view type)
{
    object message;
    message["touser"] = to.str();
    message["msgtype"] = type;
    return message;
}

std::string custom_media(const OpenId& to, std::string_view type, std::string_view media_id)
{
    auto message = custom(to, type);
    object media;
    media["media_id"] = media_id;
    message[type] = std::move(media);
    return boost::json::serialize(message);
}

}  // namespace

Result<Verdict> read_verdict(std::string_view body)
{
    const auto answer = read_object(body);
    if (!answer)
        return answer.error();
    Verdict verdict{.text = without_controls(text_at(*answer, "errmsg"))};
    if (!valid_utf8(verdict.text))
        verdict.text.clear();
    verdict.rid = split_rid(verdict.text);
    if (answer->contains("errcode")) {
        const auto errcode = integer_at(*answer, "errcode");
        if (!errcode)
            return fail(errc::bad_json, "an errcode that is no number");
        verdict.errcode = *errcode;
    }
    return verdict;
}

std::string stable_token_body(const AppId& app_id, const Secret& app_secret, bool force_refresh)
{
    object body;
    body["grant_type"] = "client_credential";
    body["appid"] = app_id.str();
    body["secret"] = app_secret.reveal();
    body["force_refresh"] = force_refresh;
    return boost::json::serialize(body);
}

Result<AccessToken> read_access_token(std::string_view body)
{
    WipedMemory memory;
    boost::json::monotonic_resource resource{memory.bytes.data(), memory.bytes.size()};
    const auto answer = read_object(body, &resource);
    if (!answer)
        return answer.error();
    AccessToken token{.token = Secret{text_at(*answer, "access_token")}};
    const auto lifetime = integer_at(*answer, "expires_in");
    if (token.token.empty() || token.token.reveal().size() > longest_token)
        return fail(errc::bad_answer, "no access_token of 1 to 512 characters");
    if (!lifetime || *lifetime <= 0)
        return fail(errc::bad_answer, "no expires_in");
    token.lifetime = Duration{*lifetime};
    return token;
}

std::string custom_text_body(const OpenId& to, std::string_view text)
{
    auto message = custom(to, "text");
    object said;
    said["content"] = without_controls(text);
    message["text"] = std::move(said);
    return boost::json::serialize(message);
}

std::string custom_image_body(const OpenId& to, std::string_view media_id)
{
    return custom_media(to, "image", media_id);
}

std::string typing_body(const OpenId& to, bool on)
{
    object body;
    body["touser"] = to.str();
    body["command"] = on ? "Typing" : "CancelTyping";
    return boost::json::serialize(body);
}

std::string custom_voice_body(const OpenId& to, std::string_view media_id)
{
    return custom_media(to, "voice", media_id);
}

std::string custom_video_body(const OpenId& to, const Video& video)
{
    auto message = custom(to, "video");
    object media;
    media["media_id"] = video.media_id;
    media["thumb_media_id"] = video.thumb_media_id;
    if (!video.title.empty())
        media["title"] = without_controls(video.title);
    if (!video.description.empty())
        media["description"] = without_controls(video.description);
    message["video"] = std::move(media);
    return boost::json::serialize(message);
}

std::string custom_link_body(const OpenId& to, const Link& link)
{
    auto message = custom(to, "news");
    object article;
    article["title"] = without_controls(link.title);
    if (!link.description.empty())
        article["description"] = without_controls(link.description);
    article["url"] = without_controls(link.url);
    if (!link.picture_url.empty())
        article["picurl"] = without_controls(link.picture_url);
    object news;
    news["articles"] = boost::json::array{std::move(article)};
    message["news"] = std::move(news);
    return boost::json::serialize(message);
}

Result<std::string> read_media_id(std::string_view body)
{
    const auto answer = read_object(body);
    if (!answer)
        return answer.error();
    auto id = text_at(*answer, "media_id");
    if (id.empty())
        id = text_at(*answer, "thumb_media_id");
    if (id.empty())
        return fail(errc::bad_answer, "no media_id");
    return id;
}

}  // namespace wechat::codec
