#include "intake.hpp"

#include "files.hpp"
#include "public_ids.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <utility>

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

// Whom the last scene names; nobody where no invitation and no entry of the routing knows it.
Employees
named_by_scene(const Conversation& conversation, InvitationRecords& invitations, const Routing& routing)
{
    if (conversation.scene.empty())
        return {};
    auto invited = invitations.invited_by(conversation.channel, conversation.customer, conversation.scene);
    return invited.empty() ? routing.named_by(conversation.scene) : invited;
}

// True: somebody has come who was not there.
bool join(Conversation& conversation, const Employees& named)
{
    auto& present = conversation.participants;
    const auto before = present.size();
    for (const auto& employee : named)
        if (std::ranges::find(present, employee) == present.end())
            present.push_back(employee);
    return present.size() > before;
}

// What a message does: true where it opens the conversation.
bool open(Conversation& conversation, InvitationRecords& invitations, const Routing& routing)
{
    ++conversation.unread;
    conversation.state = "open";
    if (std::exchange(conversation.open, true))
        return false;
    const auto named = named_by_scene(conversation, invitations, routing);
    conversation.participants = named.empty() ? routing.desk_of(conversation.customer) : named;
    return true;
}

// What the conversation is after the item; true: other people take part in it now.
bool move(
    Conversation& conversation,
    const channel::Item& item,
    InvitationRecords& invitations,
    const Routing& routing
)
{
    const auto scene = scene_in(item.data);
    if (!scene.empty())
        conversation.scene = scene;
    conversation.last_at = std::max(conversation.last_at, item.happened);
    if (item.kind == channel::ItemKind::message)
        return open(conversation, invitations, routing);
    if (item.kind == channel::ItemKind::notice
        && std::ranges::find(closing_notices, item.name) != closing_notices.end())
        conversation.open = false;
    if (item.kind != channel::ItemKind::echo && !item.name.empty())
        conversation.state = item.name == "welcome" ? "open" : item.name;
    const auto scanned = item.kind == channel::ItemKind::event && !scene.empty();
    return scanned && conversation.open
        && join(conversation, named_by_scene(conversation, invitations, routing));
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
    const auto convenes = move(conversation, item, records.invitations(), routing);
    if (convenes)
        ++conversation.participants_due;
    records.save(conversation);
    records.log_message(message);
    if (!convenes)
        return {.is_new = true};
    records.log_conversation(conversation.id, message.at);
    return {.is_new = true, .convened = conversation};
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
