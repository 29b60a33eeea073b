#include "codec/callback.hpp"

#include "codec/document.hpp"
#include "codec/message_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace wechat::codec {
namespace {

using Type = AccountEvent::Type;

constexpr std::int64_t milliseconds_from =
    100'000'000'000;  // wechat-protocol.md 2.1: above it nobody means seconds
constexpr std::uint64_t event_bit = std::uint64_t{1} << 63U;
constexpr std::string_view qr_scene = "qrscene_";

// wechat-protocol.md 2.3 and W2; all other events grant nothing, and nobody needs a type for them.
constexpr std::array<std::pair<std::string_view, Type>, 6> event_types{{
    {"subscribe", Type::followed},
    {"unsubscribe", Type::unfollowed},
    {"scan", Type::scanned},
    {"click", Type::menu_clicked},
    {"scancode_push", Type::menu_clicked},
    {"scancode_waitmsg", Type::menu_clicked},
}};

// What a contact's device does is no message of the contact: it opens no window.
constexpr std::array<std::string_view, 3> device_events{"device_event", "device_status", "hardware"};

std::string lower(std::string_view text)
{
    std::string small{text};
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return small;
}

template <class Number>
std::optional<Number> number_in(std::string_view text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Time> time_in(std::string_view text)
{
    const auto number = number_in<std::int64_t>(text);
    if (!number || *number < 0 || *number > 1000 * milliseconds_from)
        return std::nullopt;
    return *number > milliseconds_from ? from_milliseconds(*number) : from_seconds(*number);
}

// Spelled MsgID by some senders of test messages.
std::string_view message_id(const Fields& fields)
{
    const auto id = field(fields, "MsgId");
    return id.empty() ? field(fields, "MsgID") : id;
}

std::string verbatim(const Fields& fields, std::string_view element)
{
    return element.empty() ? std::string{} : std::string{fields.find(element).value_or(std::string_view{})};
}

// A type nobody told us of: everything but the head is data, so that a host can still make something of it.
Content unknown_content(const Fields& fields)
{
    constexpr std::array<std::string_view, 6> head{
        "ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Content"};
    Content content{.kind = Kind::unsupported, .text = verbatim(fields, "Content")};
    for (const auto& [path, text] : fields)
        if (std::ranges::find(head, path) == head.end())
            content.data.insert_or_assign(snake_case(path), std::string{text});
    return content;
}

Content known_content(const MessageType& type, const Fields& fields)
{
    Content content{
        .kind = type.kind, .text = verbatim(fields, type.text), .name = verbatim(fields, type.file_name)};
    if (!type.file_bytes.empty())
        content.bytes = number_in<std::uint64_t>(field(fields, type.file_bytes)).value_or(0);
    for (const auto& [element, key] : type.data)
        if (const auto found = fields.find(element))
            content.data.emplace(key, *found);
    return content;
}

ContactMessage message_of(const std::string& type, const Fields& fields)
{
    const auto* const known = message_type(type);
    auto content = known != nullptr ? known_content(*known, fields) : unknown_content(fields);
    if (content.kind == Kind::unsupported)
        content.data.insert_or_assign("msg_type", type);
    return ContactMessage{
        .id = number_in<std::uint64_t>(message_id(fields)).value_or(0),
        .content = std::move(content),
        .menu_id = std::string{field(fields, "bizmsgmenuid")},
    };
}

// Of a follow only qrscene_ is a scene: last_trade_no_, scanbarcode| and scanimage| say how the account was found.
std::string scene_of(Type type, std::string_view key)
{
    if (key.starts_with(qr_scene) && (type == Type::followed || type == Type::scanned))
        return std::string{key.substr(qr_scene.size())};
    return type == Type::scanned ? std::string{key} : std::string{};
}

AccountEvent event_of(std::string name, const Fields& fields)
{
    const auto* const row = std::ranges::find(event_types, name, &decltype(event_types)::value_type::first);
    const auto type = row == event_types.end() ? Type::other : row->second;
    const auto key = field(fields, "EventKey");
    return {.type = type, .name = std::move(name), .key = std::string{key}, .scene = scene_of(type, key)};
}

}  // namespace

Result<Callback> parse_callback(std::string document)
{
    auto read = read_fields(std::move(document), largest_document);
    if (!read)
        return read.error();
    auto fields = std::move(read).value();
    const auto from = field(fields, "FromUserName");
    const auto at = time_in(field(fields, "CreateTime"));
    const auto type = lower(field(fields, "MsgType"));
    auto event = lower(field(fields, "Event"));
    if (from.empty() || !at || type.empty() || (type == "event" && event.empty()))
        return fail(
            errc::missing_field,
            from.empty() ? "FromUserName"
            : !at        ? "CreateTime"
                         : "MsgType or Event"
        );

    Callback callback{
        .to = std::string{field(fields, "ToUserName")}, .from = OpenId{std::string{from}}, .at = *at};
    if (type == "event")
        callback.what = event_of(std::move(event), fields);
    else if (std::ranges::find(device_events, type) != device_events.end())
        callback.what = event_of(type, fields);
    else
        callback.what = message_of(type, fields);
    callback.fields = std::move(fields);
    return callback;
}

std::int64_t event_id(const Callback& callback)
{
    const auto* const message = std::get_if<ContactMessage>(&callback.what);
    if (message != nullptr && message->id != 0)
        return static_cast<std::int64_t>(message->id & ~event_bit);

    // Line feeds keep the parts apart. MsgID tells the reports on two sends apart that come in one second.
    std::string parts = std::to_string(to_seconds(callback.at));
    const auto add = [&](std::string_view part) { parts.append("\n").append(part); };
    if (message != nullptr) {
        add(name_of(message->content.kind));
        add(message->content.text);
        for (const auto& [key, text] : message->content.data)
            add(text);
    } else {
        const auto& event = std::get<AccountEvent>(callback.what);
        add(event.name);
        add(event.key);
        add(message_id(callback.fields));
    }
    return static_cast<std::int64_t>(stable_hash(parts) | event_bit);
}

}  // namespace wechat::codec
