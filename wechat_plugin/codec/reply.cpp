#include "codec/reply.hpp"

#include "base/utf8.hpp"
#include "codec/document.hpp"
#include "codec/signature.hpp"
#include "codec/xml_writer.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cassert>
#include <charconv>
#include <optional>
#include <utility>

namespace wechat::codec {
namespace {

constexpr std::size_t max_articles = 8;  // wechat-protocol.md 3

// Adds what stands there: an empty optional element makes the platform show less, or nothing at all.
class Elements {
public:
    void must_have(std::string_view path, std::string_view text)
    {
        writer_.string(path, without_controls(text));
    }
    void may_have(std::string_view path, std::string_view text)
    {
        if (!text.empty())
            must_have(path, text);
    }
    void number(std::string_view path, std::int64_t value) { writer_.number(path, std::to_string(value)); }
    [[nodiscard]] std::string written() const { return writer_.written(); }

private:
    XmlWriter writer_;
};

void write(const TextReply& text, Elements& out)
{
    out.must_have("MsgType", "text");
    out.must_have("Content", text.content);
}

void write(const ImageReply& image, Elements& out)
{
    out.must_have("MsgType", "image");
    out.must_have("Image.MediaId", image.media_id);
}

void write(const VoiceReply& voice, Elements& out)
{
    out.must_have("MsgType", "voice");
    out.must_have("Voice.MediaId", voice.media_id);
}

void write(const VideoReply& video, Elements& out)
{
    out.must_have("MsgType", "video");
    out.must_have("Video.MediaId", video.media_id);
    out.may_have("Video.Title", video.title);
    out.may_have("Video.Description", video.description);
}

void write(const MusicReply& music, Elements& out)
{
    out.must_have("MsgType", "music");
    out.may_have("Music.Title", music.title);
    out.may_have("Music.Description", music.description);
    out.may_have("Music.MusicUrl", music.url);
    out.may_have("Music.HQMusicUrl", music.hq_url);
    out.must_have("Music.ThumbMediaId", music.thumb_media_id);
}

std::string item(std::size_t index)
{
    return "Articles.item[" + std::to_string(index) + "].";
}

void write(const NewsReply& news, Elements& out)
{
    out.must_have("MsgType", "news");
    out.number("ArticleCount", static_cast<std::int64_t>(news.articles.size()));
    for (std::size_t i = 0; i < news.articles.size(); ++i) {
        const auto& article = news.articles[i];
        out.must_have(item(i) + "Title", article.title);
        out.must_have(item(i) + "Description", article.description);
        out.must_have(item(i) + "PicUrl", article.picture_url);
        out.must_have(item(i) + "Url", article.url);
    }
}

void write(const TransferReply& transfer, Elements& out)
{
    out.must_have("MsgType", "transfer_customer_service");
    out.may_have("TransInfo.KfAccount", transfer.kf_account);
}

std::string text_at(const Fields& fields, std::string_view path)
{
    return std::string{fields.find(path).value_or(std::string_view{})};
}

std::optional<std::int64_t> integer(std::string_view text)
{
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return std::nullopt;
    return number;
}

NewsReply news_in(const Fields& fields)
{
    NewsReply news;
    const auto count = integer(field(fields, "ArticleCount")).value_or(0);
    for (std::size_t i = 0; i < max_articles && std::cmp_less(i, count); ++i) {
        // A single item has no index: nothing is repeated.
        const auto prefix =
            count == 1 && !fields.contains(item(0) + "Title") ? std::string{"Articles.item."} : item(i);
        Article article{
            .title = text_at(fields, prefix + "Title"),
            .description = text_at(fields, prefix + "Description"),
            .picture_url = text_at(fields, prefix + "PicUrl"),
            .url = text_at(fields, prefix + "Url"),
        };
        if (article != Article{})
            news.articles.push_back(std::move(article));
    }
    return news;
}

using What = decltype(Reply::what);

// Nothing: a type the platform does not know, or without what it must have.
std::optional<What> what_in(const Fields& fields)
{
    const auto type = field(fields, "MsgType");
    const auto text = [&](const char* path) { return text_at(fields, path); };
    const auto given = [&](const char* path) { return !field(fields, path).empty(); };
    if (type == "text" && given("Content"))
        return TextReply{text("Content")};
    if (type == "image" && given("Image.MediaId"))
        return ImageReply{text("Image.MediaId")};
    if (type == "voice" && given("Voice.MediaId"))
        return VoiceReply{text("Voice.MediaId")};
    if (type == "video" && given("Video.MediaId"))
        return VideoReply{text("Video.MediaId"), text("Video.Title"), text("Video.Description")};
    if (type == "music" && given("Music.ThumbMediaId"))
        return MusicReply{
            text("Music.Title"),
            text("Music.Description"),
            text("Music.MusicUrl"),
            text("Music.HQMusicUrl"),
            text("Music.ThumbMediaId"),
        };
    if (auto news = news_in(fields); type == "news" && !news.articles.empty())
        return news;
    if (type == "transfer_customer_service")
        return TransferReply{text("TransInfo.KfAccount")};
    return std::nullopt;
}

}  // namespace

std::string write_reply(const Reply& reply)
{
    Elements out;
    out.must_have("ToUserName", reply.to.str());
    out.must_have("FromUserName", reply.from);
    out.number("CreateTime", to_seconds(reply.at));
    std::visit([&](const auto& what) { write(what, out); }, reply.what);
    return out.written();
}

std::string seal_reply(
    const CallbackAccount& account,
    std::string_view reply,
    std::string_view timestamp,
    std::string_view nonce,
    const RandomBytes& random
)
{
    assert(account.aes_key && "an account without a key answers in the plain");
    const auto encrypt = seal_envelope(reply, *account.aes_key, account.app_id.str(), random);
    const auto signature = signature_of({account.callback_token.reveal(), timestamp, nonce, encrypt});
    if (is_json(reply)) {
        boost::json::object body;
        body["Encrypt"] = encrypt;
        body["MsgSignature"] = signature;
        body["TimeStamp"] = integer(timestamp).value_or(0);
        body["Nonce"] = nonce;
        return boost::json::serialize(body);
    }
    XmlWriter body;
    body.string("Encrypt", encrypt);
    body.string("MsgSignature", signature);
    body.number("TimeStamp", timestamp);
    body.string("Nonce", nonce);
    return body.written();
}

Result<std::string> open_reply(const CallbackAccount& account, std::string_view body)
{
    if (account.mode == CallbackMode::plain)
        return std::string{body};
    const auto fields = read_fields(std::string{body}, largest_body);
    if (!fields)
        return fields.error();
    const auto encrypt = field(*fields, "Encrypt");
    if (encrypt.empty()) {
        if (account.mode == CallbackMode::secure)
            return fail(errc::plaintext_refused);
        return std::string{body};
    }
    const Signed signature{
        .signature = field(*fields, "MsgSignature"),
        .timestamp = field(*fields, "TimeStamp"),
        .nonce = field(*fields, "Nonce"),
    };
    return open_signed(account, signature, std::string{encrypt});
}

Result<Reply> parse_reply(std::string_view xml)
{
    const auto fields = read_fields(std::string{xml}, largest_document);
    if (!fields)
        return fields.error();
    const auto to = field(*fields, "ToUserName");
    const auto from = field(*fields, "FromUserName");
    const auto at = integer(field(*fields, "CreateTime"));
    auto what = what_in(*fields);
    if (to.empty() || from.empty() || !at || !what)
        return fail(
            errc::missing_field,
            what ? "ToUserName, FromUserName or CreateTime" : "what its MsgType must have"
        );
    return Reply{
        .to = OpenId{std::string{to}},
        .from = std::string{from},
        .at = from_seconds(*at),
        .what = std::move(*what),
    };
}

Result<Reply> read_reply(const CallbackAccount& account, std::string_view body)
{
    const auto document = open_reply(account, body);
    if (!document)
        return document.error();
    return parse_reply(*document);
}

}  // namespace wechat::codec
