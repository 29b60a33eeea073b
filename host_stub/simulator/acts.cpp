#include "simulator/acts.hpp"

#include "codec/push.hpp"
#include "simulator/qr_code.hpp"

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;
using wechat::Kind;
using Type = codec::AccountEvent::Type;

Contact& follower(OfficialAccount& account, const std::string& openid, Moment now)
{
    auto& contact = account.contacts[openid];
    if (!contact.following_since)
        contact.following_since = now;
    return contact;
}

codec::Callback callback_of(const OfficialAccount& account, const std::string& openid, Moment now)
{
    return {.to = account.settings.original_id, .from = wechat::OpenId{openid}, .at = to_seconds(now)};
}

Push push_with(const Platform& platform, const OfficialAccount& account, const std::string& openid)
{
    return {
        .app_id = account.settings.app_id,
        .openid = openid,
        .rules = account.settings.push.value_or(platform.rules.push),
        .callback = account.callback,
    };
}

Push push_of(const Platform& platform, const OfficialAccount& account, const codec::Callback& callback)
{
    auto push = push_with(platform, account, callback.from.str());
    push.document = account.settings.data_format == "json" ? codec::write_callback_json(callback)
                                                           : codec::write_callback_xml(callback);
    push.is_message = std::holds_alternative<codec::ContactMessage>(callback.what);
    return push;
}

codec::Callback event(
    const OfficialAccount& account,
    const std::string& openid,
    Moment now,
    codec::AccountEvent what,
    const std::string& ticket = {}
)
{
    auto callback = callback_of(account, openid, now);
    if (!what.scene.empty())
        callback.fields.put("Ticket", ticket.empty() ? ticket_of(account, what.scene, now) : ticket);
    callback.what = std::move(what);
    return callback;
}

// The user's own files are kept like the account's, and are fetched by the same call.
void attach(Platform& platform, OfficialAccount& account, Saying& saying, Moment now)
{
    auto& content = saying.content;
    const std::string type{wechat::name_of(content.kind)};
    const std::string mime{mime_of(saying.file)};
    const auto extension = std::string{extension_of(mime)};
    const auto id = platform.store(
        account,
        {.type = type,
         .name = type + '.' + extension,
         .mime = mime.empty() ? "application/octet-stream" : mime,
         .bytes = std::move(saying.file),
         .expires = now + media_lifetime}
    );
    content.data["media_id"] = id;
    if (content.kind == Kind::image)
        content.data["pic_url"] = platform.public_url + "/sim/media/" + id;
    if (content.kind == Kind::voice)
        content.data["format"] = extension;
    if (content.kind == Kind::video)
        content.data["thumb_media_id"] = platform.random.letters(id.size());
}

void show_own(const OfficialAccount& account, Contact& contact, const wechat::Content& content, Moment now)
{
    PhoneEntry entry{
        .from = PhoneEntry::From::contact,
        .kind = std::string{wechat::name_of(content.kind)},
        .text = content.text,
        .at = now,
    };
    if (const auto id = content.data.find("media_id"); id != content.data.end()) {
        entry.media = id->second;
        if (const auto file = account.media.find(id->second); file != account.media.end())
            entry.media_name = file->second.name;
    }
    contact.phone.push_back(std::move(entry));
}

void open_for(const Rules& rules, Contact& contact, const codec::Callback& callback, Moment now)
{
    if (const auto* const message = std::get_if<codec::ContactMessage>(&callback.what)) {
        contact.last_message = now;
        contact.grants.open(message->menu_id.empty() ? Trigger::message : Trigger::menu, rules.grants, now);
        return;
    }
    switch (std::get<codec::AccountEvent>(callback.what).type) {
    case Type::followed:
        contact.following_since = contact.following_since.value_or(now);
        contact.grants.open(Trigger::follow, rules.grants, now);
        break;
    case Type::scanned: contact.grants.open(Trigger::scan, rules.grants, now); break;
    case Type::menu_clicked: contact.grants.open(Trigger::menu, rules.grants, now); break;
    case Type::unfollowed:
        contact.following_since.reset();
        contact.grants.close();
        break;
    case Type::other: break;
    }
}

// A document as it stands changes what its words say, where they can be read.
Push says_raw(Platform& platform, OfficialAccount& account, const std::string& openid, Saying saying)
{
    const auto now = platform.clock.now();
    auto push = push_with(platform, account, openid);
    push.rules.repeat = std::max(push.rules.repeat, saying.repeat);
    if (const auto callback = codec::parse_callback(saying.raw)) {
        auto& contact = follower(account, openid, now);
        open_for(platform.rules, contact, *callback, now);
        if (const auto* const message = std::get_if<codec::ContactMessage>(&callback->what)) {
            push.is_message = true;
            show_own(account, contact, message->content, now);
        }
    }
    push.document = std::move(saying.raw);
    return push;
}

}  // namespace

Push says(Platform& platform, OfficialAccount& account, const std::string& openid, Saying saying)
{
    if (!saying.raw.empty())
        return says_raw(platform, account, openid, std::move(saying));
    const auto now = platform.clock.now();
    auto& contact = follower(account, openid, now);
    const auto kind = saying.content.kind;
    if (kind == Kind::image || kind == Kind::voice || kind == Kind::video)
        attach(platform, account, saying, now);
    show_own(account, contact, saying.content, now);
    auto callback = callback_of(account, openid, now);
    callback.fields = std::move(saying.fields);
    callback.what = codec::ContactMessage{
        .id = platform.next_message_id(now),
        .content = std::move(saying.content),
        .menu_id = std::move(saying.menu_id),
    };
    open_for(platform.rules, contact, callback, now);
    auto push = push_of(platform, account, callback);
    push.rules.repeat = std::max(push.rules.repeat, saying.repeat);
    return push;
}

Push follows(
    Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& scene
)
{
    const auto now = platform.clock.now();
    auto& contact = follower(account, openid, now);
    contact.scene = scene;
    const auto callback = event(account, openid, now, {.type = Type::followed, .scene = scene});
    open_for(platform.rules, contact, callback, now);
    return push_of(platform, account, callback);
}

Push unfollows(Platform& platform, OfficialAccount& account, const std::string& openid)
{
    const auto now = platform.clock.now();
    const auto callback = event(account, openid, now, {.type = Type::unfollowed});
    open_for(platform.rules, account.contacts[openid], callback, now);
    return push_of(platform, account, callback);
}

Push scans(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    const std::string& scene,
    const std::string& ticket
)
{
    const auto now = platform.clock.now();
    auto& contact = account.contacts[openid];
    const auto type = contact.following_since ? Type::scanned : Type::followed;
    if (type == Type::followed)
        contact.scene = scene;
    const auto callback = event(account, openid, now, {.type = type, .scene = scene}, ticket);
    open_for(platform.rules, contact, callback, now);
    return push_of(platform, account, callback);
}

Push clicks_menu(
    Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& key
)
{
    const auto now = platform.clock.now();
    const auto callback = event(account, openid, now, {.type = Type::menu_clicked, .key = key});
    open_for(platform.rules, follower(account, openid, now), callback, now);
    return push_of(platform, account, callback);
}

Push acts(Platform& platform, OfficialAccount& account, const std::string& openid, codec::Fields fields)
{
    const auto now = platform.clock.now();
    auto callback = callback_of(account, openid, now);
    if (fields.find("MsgType") == "event") {
        callback.what = codec::AccountEvent{.name = std::string{codec::field(fields, "Event")}};
    } else {
        if (!fields.contains("MsgId"))
            fields.put("MsgId", std::to_string(platform.next_message_id(now)));
        callback.what = codec::ContactMessage{.content = {.kind = Kind::unsupported}};
    }
    callback.fields = std::move(fields);
    // Written and read again, it is understood as an endpoint understands it.
    const auto understood = codec::parse_callback(codec::write_callback_xml(callback));
    if (!understood)
        return push_of(platform, account, callback);
    auto& contact = account.contacts[openid];
    if (const auto* const message = std::get_if<codec::ContactMessage>(&understood->what)) {
        contact.following_since = contact.following_since.value_or(now);
        show_own(account, contact, message->content, now);
    }
    open_for(platform.rules, contact, *understood, now);
    return push_of(platform, account, *understood);
}

Push subscribes(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    const std::string& id,
    bool accepts
)
{
    const auto now = platform.clock.now();
    auto& contact = account.contacts[openid];
    if (accepts)
        ++contact.subscriptions[id];
    auto callback = event(account, openid, now, {.name = "subscribe_msg_popup_event"});
    callback.fields = {
        {"SubscribeMsgPopupEvent.List.TemplateId", id},
        {"SubscribeMsgPopupEvent.List.SubscribeStatusString", accepts ? "accept" : "reject"},
        {"SubscribeMsgPopupEvent.List.PopupScene", "0"},
    };
    return push_of(platform, account, callback);
}

}  // namespace simulator
