#include "intake.hpp"

#include "files.hpp"
#include "public_ids.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace host {
namespace {

namespace json = boost::json;

// plugin-api 4: leaving and unfollowing come as notices; policy L2, U1: the next message opens anew.
constexpr std::array<std::string_view, 2> closing_notices{"contact_left", "contact_unfollowed"};

Author author_of(channel::ItemKind kind)
{
    switch (kind) {
    case channel::ItemKind::notice: return Author::channel_to_employees;
    case channel::ItemKind::echo: return Author::channel_to_contact;
    case channel::ItemKind::message:
    case channel::ItemKind::event: break;
    }
    return Author::contact;  // unknown kinds, too: kept, and shown if they have a text
}

std::string kind_of(const channel::Item& item)
{
    switch (item.kind) {
    case channel::ItemKind::event: return "event";
    case channel::ItemKind::notice:
    case channel::ItemKind::echo: return "auto";
    case channel::ItemKind::message: break;
    }
    return item.content ? item.content->kind : "text";
}

std::string scene_in(std::string_view data)
{
    json::error_code broken;
    const auto value = json::parse({data.data(), data.size()}, broken);
    const auto* const object = broken ? nullptr : value.if_object();
    const auto* const scene = object ? object->if_contains("scene") : nullptr;
    return scene && scene->is_string() ? std::string{scene->as_string()} : std::string{};
}

Message message_from(const channel::Item& item, std::string_view channel, const std::filesystem::path& media)
{
    Message message{
        .from = author_of(item.kind),
        .kind = kind_of(item),
        .key = item.name,
        .data = item.data,
        .at = item.happened,
    };
    if (!item.content)
        return message;
    message.text = item.content->text;
    message.mime = item.content->mime;
    message.name = item.content->name;
    take_files(message, channel, item, media);
    return message;
}

// What the conversation is after the item; true: the item has opened it.
bool move(Conversation& conversation, const channel::Item& item, const Routing& routing)
{
    if (auto scene = scene_in(item.data); !scene.empty())
        conversation.scene = std::move(scene);
    conversation.last_at = std::max(conversation.last_at, item.happened);
    if (item.kind != channel::ItemKind::message) {
        if (item.kind == channel::ItemKind::notice
            && std::ranges::find(closing_notices, item.name) != closing_notices.end())
            conversation.open = false;
        if (item.kind != channel::ItemKind::echo && !item.name.empty())
            conversation.state = item.name == "welcome" ? "open" : item.name;
        return false;
    }
    ++conversation.unread;
    conversation.state = "open";
    if (conversation.open)
        return false;
    conversation.open = true;
    conversation.participants = routing.for_conversation(conversation.customer, conversation.scene);
    ++conversation.participants_due;
    return true;
}

}  // namespace

Taken take(
    Records& records,
    std::string_view channel,
    const channel::Item& item,
    const Routing& routing,
    const std::filesystem::path& media
)
{
    if (complete_message(records, channel, item, media))
        return {.is_new = true};
    auto conversation = records.conversation(channel, item.account, item.contact);
    auto message = message_from(item, channel, media);
    message.conversation = conversation.id;
    message.id = records.add_item(conversation, item.id, message);
    if (message.id == 0)
        return {};
    const auto opens = move(conversation, item, routing);
    records.save(conversation);
    records.log_message(message);
    if (!opens)
        return {.is_new = true};
    records.log_conversation(conversation.id, message.at);
    return {.is_new = true, .opened = conversation};
}

Reported note(Records& records, const channel::Report& report)
{
    const auto whose = message_of(records.store_id(), report.client_id);
    Reported reported;
    if (whose)
        reported.message = records.outgoing(whose->first, whose->second);
    if (!reported.message)
        return reported;
    auto& message = *reported.message;
    records.set_cancelling(message.id, false);
    reported.is_news = report.revision > message.progress.revision;
    if (!reported.is_news)
        return reported;
    message.progress = {
        .state = static_cast<std::int32_t>(report.state),
        .revision = report.revision,
        .reason = report.reason,
        .text = report.text,
        .position = report.position,
    };
    records.set_progress(message.id, message.progress);
    records.log_progress(message, report.happened);
    return reported;
}

}  // namespace host
