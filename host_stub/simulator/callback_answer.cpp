#include "simulator/callback_answer.hpp"

#include "codec/document.hpp"

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
    auto reply = codec::parse_reply(*document);
    if (!reply || !legal(platform, account, push, *reply))
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
