#include "engine/translate.hpp"

#include "engine/said.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace wechat::engine {
namespace {

namespace json = boost::json;

std::string hex(std::uint64_t number)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return {digits.data(), end};
}

std::string item_id(const AppId& account, const OpenId& contact, std::string_view tail)
{
    return hex(stable_hash(account.str() + '/' + contact.str())) + '-' + std::string{tail};
}

std::string to_json(const std::map<std::string, std::string>& data)
{
    if (data.empty())
        return {};
    json::object object;
    for (const auto& [name, value] : data)
        object[name] = value;
    return json::serialize(object);
}

// The contract's kinds are ids; one that is WeChat's alone carries its vendor's name (abi.h: VENDOR.NAME).
std::string kind_of(Kind kind)
{
    return kind == Kind::unsupported ? "wechat.unsupported" : std::string{name_of(kind)};
}

channel::Content to_channel(const Content& content)
{
    channel::Content given;
    given.kind = kind_of(content.kind);
    given.text = content.text;
    given.path = content.path;
    given.mime = content.mime;
    given.name = content.name;
    given.bytes = content.bytes;
    given.data = to_json(content.data);
    return given;
}

channel::Time to_channel(Time time)
{
    return channel::Time{std::chrono::milliseconds{to_milliseconds(time)}};
}

// As a person writes it: 31.23, where JSON's own writer makes 3.123E1.
std::string decimal(const json::value& number)
{
    std::array<char, 32> digits{};
    const auto written = [&](auto value) {
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return std::string{digits.data(), end};
    };
    if (number.is_double())
        return written(number.get_double());
    return number.is_int64() ? written(number.get_int64()) : written(number.get_uint64());
}

// The members that are texts or numbers; a host may write 31.23 or "31.23". What is no object has none.
std::map<std::string, std::string> data_of(std::string_view text)
{
    std::map<std::string, std::string> data;
    boost::system::error_code failure;
    const auto value = json::parse({text.data(), text.size()}, failure);
    if (failure || !value.is_object())
        return data;
    for (const auto& [name, member] : value.get_object()) {
        if (member.is_string())
            data[std::string{name}] = std::string{member.get_string()};
        else if (member.is_number())
            data[std::string{name}] = decimal(member);
    }
    return data;
}

policy::Reason reason_of(media::Unfit why)
{
    switch (why) {
    case media::Unfit::none: return policy::Reason::none;
    case media::Unfit::unreadable: return policy::Reason::file_unreadable;
    case media::Unfit::too_large: return policy::Reason::file_too_large;
    case media::Unfit::unsupported_format: return policy::Reason::unsupported_format;
    case media::Unfit::too_long: return policy::Reason::recording_too_long;
    case media::Unfit::incomplete: return policy::Reason::incomplete_content;
    case media::Unfit::captioned: return policy::Reason::unsupported_content;
    }
    return policy::Reason::none;
}

// What a person may read beside "wechat.unsupported": that something came, and what it was called.
void keep_raw_form(codec::Callback& callback, Content& content)
{
    if (content.kind != Kind::unsupported)
        return;
    for (const auto& [path, text] : callback.fields)
        content.data.emplace("raw." + std::string{path}, text);
}

policy::Event
event_of(const codec::AccountEvent& event, Time at, const std::map<std::string, std::string>& fields)
{
    using Type = codec::AccountEvent::Type;
    switch (event.type) {
    case Type::followed: return policy::ContactFollowed{.at = at, .scene = event.scene};
    case Type::unfollowed: return policy::ContactUnfollowed{};
    case Type::scanned: return policy::ContactDid{.name = "scanned", .data = {{"scene", event.scene}}};
    case Type::menu_clicked: {
        policy::ContactDid clicked{.name = "menu", .data = fields};
        clicked.data["key"] = event.key;
        return clicked;
    }
    case Type::other: break;
    }
    return policy::ContactDid{.name = event.name, .data = fields};
}

// What every callback has is in the item already.
std::map<std::string, std::string> own_fields(const codec::Callback& callback)
{
    constexpr std::array<std::string_view, 6> common{
        "ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "Encrypt"};
    std::map<std::string, std::string> own;
    for (const auto& [path, text] : callback.fields)
        if (std::ranges::find(common, path) == common.end())
            own.emplace(path, text);
    return own;
}

}  // namespace

Input input_of(const AppId& account, codec::Callback callback)
{
    Input input;
    input.event_id = codec::event_id(callback);
    store::Item item;
    item.happened = callback.at;
    if (auto* message = std::get_if<codec::ContactMessage>(&callback.what)) {
        item.kind = CHANNEL_MESSAGE;
        // A message without MsgId is told apart as an event is; a MsgId is shown as the platform writes it.
        const auto without = hex(static_cast<std::uint64_t>(*input.event_id));
        item.id = item_id(account, callback.from, message->id == 0 ? without : std::to_string(message->id));
        keep_raw_form(callback, message->content);
        input.event = policy::ContactWrote{
            .at = callback.at,
            .text = message->content.kind == Kind::text ? message->content.text : std::string{},
            .menu_item = !message->menu_id.empty(),
        };
        if (!message->menu_id.empty())
            item.data["menu_message"] = message->menu_id;
        item.content = std::move(message->content);
    } else {
        const auto& event = std::get<codec::AccountEvent>(callback.what);
        item.kind = CHANNEL_EVENT;
        item.id = item_id(account, callback.from, hex(static_cast<std::uint64_t>(*input.event_id)));
        input.event = event_of(event, callback.at, own_fields(callback));
    }
    input.item = std::move(item);
    return input;
}

Input input_of(const channel::Message& message, const CustomerAccount& customer)
{
    Content content;
    if (message.content) {
        content.kind = kind_named(message.content->kind);
        content.text = message.content->text;
        content.path = message.content->path;
        content.mime = message.content->mime;
        content.name = message.content->name;
        content.bytes = message.content->bytes;
        content.data = data_of(message.content->data);
    }
    Input input;
    policy::EmployeeSent sent;
    sent.message.id = ClientId{message.client_id};
    sent.message.sender = Employee{message.sender};
    sent.message.kind = content.kind;
    sent.message.bytes = static_cast<std::uint32_t>(words_on_the_phone(content, customer.map_link).size());
    const auto judgement = judge(content);
    sent.message.unfit = reason_of(judgement.why);
    sent.message.unfit_words = judgement.words;
    input.event = std::move(sent);
    input.content = std::move(content);
    return input;
}

store::Item notice(const policy::Tell& effect, Time now)
{
    store::Item item;
    item.kind = CHANNEL_NOTICE;
    item.happened = now;
    item.name = texts::name_of(effect.key);
    item.data = effect.data;
    if (effect.text)
        item.content = Content{.kind = Kind::text, .text = *effect.text};
    return item;
}

store::Item echo(const policy::Echo& effect, Time now)
{
    store::Item item;
    item.kind = CHANNEL_ECHO;
    item.happened = now;
    item.name = texts::name_of(effect.key);
    if (effect.text)
        item.content = Content{.kind = Kind::text, .text = *effect.text};
    if (effect.uncertain)
        item.data["state"] = "uncertain";
    if (effect.by_answer)
        item.data["state"] = "answered";
    return item;
}

bool names_a_file(const store::Item& item)
{
    if (item.kind != CHANNEL_MESSAGE || !item.content || !item.content->path.empty())
        return false;
    const auto kind = item.content->kind;
    return (kind == Kind::image || kind == Kind::voice || kind == Kind::video)
        && item.content->data.contains("media_id");
}

std::string late_item_id(const store::Fetch& fetch)
{
    return fetch.item + "-file";
}

store::Item late_item(const LateFile& news, Time now)
{
    store::Item item;
    item.kind = CHANNEL_EVENT;
    item.id = late_item_id(news.fetch);
    item.happened = now;
    item.name = news.content ? "media_arrived" : "media_lost";
    item.content = news.content;
    item.data["message"] = news.fetch.item;
    if (!news.content) {
        item.data["reason"] = news.reason;
        item.data["text"] = news.words;
    }
    return item;
}

channel::Item to_channel(
    const store::Row& row, const store::Item& item, const Customer& customer, std::string_view store_name
)
{
    channel::Item given;
    given.kind = static_cast<channel::ItemKind>(item.kind);
    given.id = item.id.empty() ? std::string{store_name} + '-' + std::to_string(row.id) : item.id;
    given.account = customer.str();
    given.contact = row.key.contact.str();
    given.happened = to_channel(item.happened);
    given.name = item.name;
    if (item.content)
        given.content = to_channel(*item.content);
    given.data = to_json(item.data);
    return given;
}

channel::Report to_channel(const store::Report& report)
{
    const auto& what = report.report;
    channel::Report given;
    given.state = static_cast<channel::State>(what.state);
    given.client_id = what.id.str();
    given.revision = report.revision;
    given.happened = to_channel(report.happened);
    if (what.reason != policy::Reason::none)
        given.reason = policy::name_of(what.reason);
    given.text = what.words;
    given.position = what.position;
    if (what.errcode != 0) {
        json::object data;
        data["errcode"] = what.errcode;
        if (!what.rid.empty())
            data["rid"] = what.rid;
        given.data = json::serialize(data);
        if (given.reason.empty())
            given.reason = "errcode_" + std::to_string(what.errcode);
    }
    return given;
}

channel::Capability to_channel(const policy::Capability& capability)
{
    channel::Capability given;
    switch (capability.verdict) {
    case policy::Capability::Verdict::send: given.verdict = channel::Verdict::send; break;
    case policy::Capability::Verdict::queue: given.verdict = channel::Verdict::queue; break;
    case policy::Capability::Verdict::refuse: given.verdict = channel::Verdict::refuse; break;
    }
    given.cost = static_cast<std::uint32_t>(capability.cost);
    given.slots_left = capability.slots_left;
    if (capability.window_ends)
        given.window_ends = to_channel(*capability.window_ends);
    if (capability.reason != policy::Reason::none)
        given.reason = policy::name_of(capability.reason);
    given.text = capability.words;
    return given;
}

}  // namespace wechat::engine
