#include "http/views.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <ctime>
#include <string_view>

namespace host::http {
namespace {

namespace json = boost::json;

json::value parsed(std::string_view text)
{
    json::error_code broken;
    auto value = json::parse({text.data(), text.size()}, broken);
    return broken ? json::value{} : value;
}

json::value null_if_empty(std::string_view text)
{
    return text.empty() ? json::value{} : json::value(json::string{text});
}

constexpr std::size_t preview_bytes = 200;

// Of a long text as much as a list has room for, without half a character at its end.
std::string_view beginning(std::string_view text)
{
    auto size = std::min(text.size(), preview_bytes);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

std::string_view author(Author from)
{
    switch (from) {
    case Author::contact: return "contact";
    case Author::employee: return "employee";
    case Author::channel_to_employees:
    case Author::channel_to_contact: return "channel";
    }
    return "channel";
}

std::string_view addressee(Author from)
{
    return from == Author::contact || from == Author::channel_to_employees ? "employees" : "contact";
}

std::string_view word(channel::Verdict verdict)
{
    switch (verdict) {
    case channel::Verdict::send: return "send";
    case channel::Verdict::queue: return "queue";
    case channel::Verdict::refuse: break;
    }
    return "refuse";
}

std::string_view word(channel::Health health)
{
    switch (health) {
    case channel::Health::ok: return "ok";
    case channel::Health::degraded: return "degraded";
    case channel::Health::down: break;
    }
    return "down";
}

void put_progress(json::object& view, const Progress& progress)
{
    view["state"] = state_name(progress.state);
    view["reason"] = null_if_empty(progress.reason);
    if (!progress.text.empty())
        view["note"] = progress.text;
    if (progress.state == CHANNEL_QUEUED)
        view["position"] = progress.position;
}

// Of a file: where it can be heard, or why it is not there.
void put_file_news(json::object& view, MessageId id)
{
    auto* const data = view["data"].if_object();
    if (!data)
        return;
    if (data->contains("playable"))
        (*data)["playable"] = view["playable"] = "/api/media/" + std::to_string(id) + "/playable";
    if (const auto* missing = data->if_contains("missing"))
        view["reason"] = *missing;
    if (const auto* words = data->if_contains("missing_text"))
        view["note"] = *words;
}

}  // namespace

std::string iso8601(channel::Time time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto count = static_cast<std::time_t>(seconds.time_since_epoch().count());
    const auto rest = static_cast<int>((time - seconds).count());
    std::tm parts = {};
    gmtime_r(&count, &parts);
    char text[40];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + size, sizeof text - size, ".%03dZ", rest);
    return text;
}

json::object Views::conversation(const Conversation& conversation) const
{
    return {
        {"id", host_.public_id(conversation.id)},
        {"channel", conversation.channel},
        {"customer", conversation.customer},
        {"contact", conversation.contact},
        {"participants", json::array(conversation.participants.begin(), conversation.participants.end())},
        {"last_at", iso8601(conversation.last_at)},
        {"unread", conversation.unread},
        {"state", conversation.state},
        {"waiting", reader_.waiting(conversation.id)},
        {"last", last_message(conversation.id)},
    };
}

json::value Views::last_message(ConversationId conversation) const
{
    const auto said = reader_.last_said(conversation);
    if (!said)
        return nullptr;
    return {
        {"from", author(said->from)},
        {"to", addressee(said->from)},
        {"employee", null_if_empty(said->employee)},
        {"kind", said->kind},
        {"key", null_if_empty(said->key)},
        {"text", beginning(said->text)},
    };
}

json::object Views::message(const Message& message) const
{
    json::object view{
        {"id", message.id},
        {"from", author(message.from)},
        {"to", addressee(message.from)},
        {"kind", message.kind},
        {"key", null_if_empty(message.key)},
        {"text", message.text},
        {"at", iso8601(message.at)},
    };
    view["media"] =
        message.media.empty() ? json::value{} : json::value("/api/media/" + std::to_string(message.id));
    if (!message.mime.empty())
        view["mime"] = message.mime;
    if (!message.name.empty())
        view["name"] = message.name;
    if (!message.data.empty()) {
        view["data"] = parsed(message.data);
        put_file_news(view, message.id);
    }
    if (message.from != Author::employee)
        return view;
    view["client_id"] = message.client_id;
    view["employee"] = message.employee;
    put_progress(view, message.progress);
    return view;
}

json::value Views::about(const Conversation& conversation) const
try {
    return parsed(host_.inspect(
        conversation.channel, "conversation:" + conversation.customer + '/' + conversation.contact
    ));
} catch (const channel::Error&) {
    return nullptr;  // a channel without windows and queues has nothing to say here
}

json::object Views::receipt(const Message& message) const
{
    const auto& progress = message.progress;
    json::object view{{"client_id", message.client_id}};
    if (progress.state == CHANNEL_REFUSED || progress.state == CHANNEL_QUEUED) {
        put_progress(view, progress);
        if (progress.state == CHANNEL_REFUSED)
            view["text"] = progress.text;
        return view;
    }
    // Later states are known by now, or none yet: the message is durable all the same.
    view["state"] = "accepted";
    view["reason"] = null_if_empty(progress.reason);
    view["position"] = nullptr;
    if (progress.state != CHANNEL_ACCEPTED)
        view["now"] = state_name(progress.state);
    return view;
}

json::object Views::invitation(const Invitation& invitation) const
{
    json::object view{
        {"id", invitation.id},
        {"channel", invitation.channel},
        {"customer", invitation.customer},
        {"scene", invitation.scene},
    };
    view["employee"] = invitation.employees.empty() ? json::value{}
                                                    : json::value(json::string{invitation.employees.front()});
    view["url"] = invitation.url;
    view["made_at"] = iso8601(invitation.made_at);
    const auto& expires = invitation.expires_at;
    view["expires_at"] = expires ? json::value(json::string{iso8601(*expires)}) : json::value{};
    view["expired"] = expires && *expires <= host_.now();
    view["qr"] = "/api/invitations/" + std::to_string(invitation.id) + "/qr.svg";
    return view;
}

json::object Views::event(const Event& event) const
{
    json::object view{
        {"id", event.id}, {"at", iso8601(event.at)}, {"conversation", host_.public_id(event.conversation)}};
    switch (event.type) {
    case Event::Type::message:
        view["type"] = "message";
        if (const auto said = reader_.message(event.message))
            view["message"] = message(*said);
        break;
    case Event::Type::state:
        view["type"] = "state";
        view["message"] = event.message;
        if (const auto said = reader_.message(event.message))
            view["client_id"] = said->client_id;
        put_progress(view, event.progress);
        break;
    case Event::Type::conversation: view["type"] = "conversation"; break;
    }
    if (const auto present = reader_.conversation(event.conversation))
        view["now"] = conversation(*present);
    return view;
}

json::object view_of(const channel::Capability& capability)
{
    json::object view{
        {"verdict", word(capability.verdict)},
        {"reason", null_if_empty(capability.reason)},
        {"text", null_if_empty(capability.text)},
        {"cost", capability.cost},
    };
    view["slots_left"] = capability.slots_left < 0 ? json::value{} : json::value(capability.slots_left);
    view["window_ends_at"] =
        capability.window_ends ? json::value(json::string{iso8601(*capability.window_ends)}) : json::value{};
    return view;
}

json::object view_of(const ChannelStatus& status, std::string_view detail)
{
    return {
        {"id", status.id},
        {"type", status.type},
        {"health", {{"level", word(status.health)}, {"text", status.health_text}}},
        {"capabilities", parsed(status.capabilities)},
        {"detail", parsed(detail)},
    };
}

}  // namespace host::http
