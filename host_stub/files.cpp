#include "files.hpp"

#include "media.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace host {
namespace {

namespace json = boost::json;

json::object object_in(std::string_view text)
{
    json::error_code broken;
    auto value = json::parse({text.data(), text.size()}, broken);
    return !broken && value.is_object() ? std::move(value.get_object()) : json::object{};
}

std::string text_in(const json::object& object, std::string_view name)
{
    const auto* const member = object.if_contains({name.data(), name.size()});
    return member && member->is_string() ? std::string{member->get_string()} : std::string{};
}

// The giver's path becomes the name of our own copy.
void take_playable(json::object& data, const std::string& owner, const std::filesystem::path& media)
{
    const auto path = text_in(data, "playable");
    data.erase("playable");
    if (std::filesystem::exists(path))
        data["playable"] = keep_file(media, owner + "\nplayable", path);
}

}  // namespace

void take_files(
    Message& message, std::string_view channel, const channel::Item& item, const std::filesystem::path& media
)
{
    const auto& content = *item.content;
    const auto owner = std::string{channel} + "\n" + item.id;
    if (!content.path.empty() && std::filesystem::exists(content.path))
        message.media = keep_file(media, owner, content.path);
    auto data = object_in(content.data);
    take_playable(data, owner, media);
    for (const auto& [name, value] : object_in(item.data))
        data[name] = value;
    message.data = data.empty() ? std::string{} : json::serialize(data);
}

std::string playable_of(const Message& message)
{
    return text_in(object_in(message.data), "playable");
}

bool complete_message(
    Records& records, std::string_view channel, const channel::Item& item, const std::filesystem::path& media
)
{
    const bool arrived = item.name == "media_arrived" && item.content;
    const bool lost = item.name == "media_lost";
    if (item.kind != channel::ItemKind::event || (!arrived && !lost))
        return false;
    const auto news = object_in(item.data);
    auto message = records.item(channel, text_in(news, "message"));
    if (!message)
        return false;
    if (!message->media.empty())
        return true;  // it is here already
    auto data = object_in(message->data);
    if (arrived) {
        take_files(*message, channel, item, media);
        for (const auto& [name, value] : object_in(message->data))
            data[name] = value;
        for (const auto* name : {"missing", "missing_text", "message"})
            data.erase(name);
        message->mime = item.content->mime;
        message->name = item.content->name;
    } else {
        data["missing"] = text_in(news, "reason");
        data["missing_text"] = text_in(news, "text");
    }
    message->data = json::serialize(data);
    records.set_files(*message);
    records.log_message(*message);
    return true;
}

}  // namespace host
