#include "simulator/callback_answer.hpp"

#include "codec/document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;

// wechat-protocol.md 1.6: what the contact reads when nobody answered, or nobody whom the platform understood.
constexpr std::string_view notice = "该公众号提供的服务出现故障，请稍后再试";

// One reply as a line on the phone; transfers to the platform's own customer service show nothing.
struct Shown {
    std::string kind = {};
    std::string text = {};
    std::string media = {};
    std::string_view media_type = {};
    std::string media_name = {};
};

Shown shown(const codec::TextReply& reply)
{
    return {.kind = "text", .text = reply.content};
}
Shown shown(const codec::ImageReply& reply)
{
    return {.kind = "image", .media = reply.media_id, .media_type = "image"};
}
Shown shown(const codec::VoiceReply& reply)
{
    return {.kind = "voice", .media = reply.media_id, .media_type = "voice"};
}
Shown shown(const codec::VideoReply& reply)
{
    return {.kind = "video", .text = reply.title, .media = reply.media_id, .media_type = "video"};
}
Shown shown(const codec::MusicReply& reply)
{
    return {.kind = "music", .text = reply.title, .media = reply.thumb_media_id, .media_type = "thumb"};
}
Shown shown(const codec::NewsReply& reply)
{
    return {.kind = "news", .text = reply.articles.empty() ? std::string{} : reply.articles.front().title};
}
Shown shown(const codec::TransferReply&)
{
    return {};
}

Shown shown(const codec::Reply& reply)
{
    return std::visit([](const auto& what) { return shown(what); }, reply.what);
}

// Elements by their exact names, with the index of an article left out (wechat-protocol.md 3).
constexpr std::array<std::string_view, 5> of_every_reply{
    "ToUserName", "FromUserName", "CreateTime", "MsgType", "FuncFlag"};
constexpr std::array<std::string_view, 4> of_an_article{"Title", "Description", "PicUrl", "Url"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> of_types{{
    {"text", "Content"},
    {"image", "Image.MediaId"},
    {"voice", "Voice.MediaId"},
    {"video", "Video.MediaId"},
    {"video", "Video.Title"},
    {"video", "Video.Description"},
    {"music", "Music.Title"},
    {"music", "Music.Description"},
    {"music", "Music.MusicUrl"},
    {"music", "Music.HQMusicUrl"},
    {"music", "Music.ThumbMediaId"},
    {"transfer_customer_service", "TransInfo.KfAccount"},
}};

// Every article has all its elements, and there are as many as ArticleCount says.
bool whole_articles(const codec::Fields& fields)
{
    constexpr std::string_view items = "Articles.item";
    std::map<std::string, std::size_t> elements;
    for (const auto& [path, text] : fields) {
        if (!path.starts_with(items))
            continue;
        const auto dot = path.find('.', items.size());
        if (dot == std::string_view::npos
            || std::ranges::find(of_an_article, path.substr(dot + 1)) == of_an_article.end())
            return false;
        ++elements[std::string{path.substr(0, dot)}];
    }
    return codec::field(fields, "ArticleCount") == std::to_string(elements.size())
        && std::ranges::all_of(elements, [](const auto& item) {
               return item.second == of_an_article.size();
           });
}

// What the platform would overlook, and a client's author too: an element of another name, PicURL for one.
bool only_known_elements(const codec::Fields& fields)
{
    const auto type = codec::field(fields, "MsgType");
    if (type == "news" && !whole_articles(fields))
        return false;
    return std::ranges::all_of(fields, [&](const auto& element) {
        const auto path = element.path;
        if (type == "news" && (path == "ArticleCount" || path.starts_with("Articles.item")))
            return true;
        return std::ranges::find(of_every_reply, path) != of_every_reply.end()
            || std::ranges::find(of_types, std::pair{type, path}) != of_types.end();
    });
}

bool legal(
    const Platform& platform, const OfficialAccount& account, const Push& push, const codec::Reply& reply
)
{
    if (reply.to.str() != push.openid || reply.from != account.settings.original_id)
        return false;
    const auto line = shown(reply);
    if (line.kind == "text" && (line.text.empty() || line.text.size() > platform.rules.text_bytes))
        return false;
    const auto* const news = std::get_if<codec::NewsReply>(&reply.what);
    if (news != nullptr && (news->articles.empty() || (push.is_message && news->articles.size() > 1)))
        return false;
    if (line.media.empty())
        return true;
    const auto* const media = Platform::media(account, line.media, platform.clock.now());
    return media != nullptr && media->type == line.media_type;
}

}  // namespace

std::string_view name_of(Answered answered)
{
    switch (answered) {
    case Answered::none: return "none";
    case Answered::lost: return "lost";
    case Answered::success: return "success";
    case Answered::reply: return "reply";
    case Answered::empty: return "empty";
    case Answered::illegal: return "illegal";
    case Answered::timeout: return "timeout";
    case Answered::status: break;
    }
    return "status";
}

const codec::CallbackAccount& sealed_for(const Push& push, const OfficialAccount& account)
{
    return push.rules.old_key_under_way && push.callback ? *push.callback : account.callback;
}

Understood understand(
    const Platform& platform, const OfficialAccount& account, const Push& push, const CallbackAnswer& answer
)
{
    if (answer.status == 0)
        return {.answered = Answered::timeout};
    if (answer.status != 200)
        return {.answered = Answered::status};
    if (answer.body.empty())
        return {.answered = Answered::empty};
    if (answer.body == "success")
        return {.answered = Answered::success};
    const auto document = codec::open_reply(sealed_for(push, account), answer.body);
    if (!document || codec::is_json(*document) != codec::is_json(push.document))
        return {.answered = Answered::illegal};
    const auto fields = codec::read_fields(*document, codec::largest_document);
    auto reply = codec::parse_reply(*document);
    if (!fields || !only_known_elements(*fields) || !reply || !legal(platform, account, push, *reply))
        return {.answered = Answered::illegal};
    return {.answered = Answered::reply, .reply = std::move(*reply)};
}

std::string show(Platform& platform, OfficialAccount& account, const Push& push, const Understood& understood)
{
    PhoneEntry entry{.at = platform.clock.now()};
    if (understood.reply) {
        auto line = shown(*understood.reply);
        entry.kind = std::move(line.kind);
        entry.text = std::move(line.text);
        entry.media = std::move(line.media);
        if (const auto* const media = Platform::media(account, entry.media, entry.at))
            entry.media_name = media->name;
    } else if (understood.answered == Answered::illegal || failed(understood.answered)) {
        entry.from = PhoneEntry::From::system;
        entry.kind = "notice";
        entry.text = notice;
    }
    if (entry.kind.empty())
        return {};
    account.contacts[push.openid].phone.push_back(entry);
    return entry.text;
}

}  // namespace simulator
