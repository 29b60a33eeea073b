#include "simulator/act_body.hpp"

#include "codec/base64.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <optional>
#include <random>
#include <utility>

namespace simulator {
namespace {

namespace codec = wechat::codec;
namespace json = boost::json;
using wechat::errc;
using wechat::fail;
using wechat::Kind;

constexpr std::size_t most_acts = 1000;
constexpr std::array<std::string_view, 8> verbs{
    "send", "message", "event", "follow", "unfollow", "scan", "menu", "subscribe"};

wechat::Fault wrong(std::string detail)
{
    return fail(errc::bad_settings, std::move(detail));
}

// Numbers and texts alike, written as the platform does: in text.
std::optional<std::string> word_in(const json::value& value)
{
    if (value.is_string())
        return std::string{value.get_string()};
    if (!value.is_double())
        return value.is_number() ? std::optional{json::serialize(value)} : std::nullopt;
    // 31.2 and not 3.12E1, as Boost.JSON writes it.
    std::array<char, 400> digits{};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), value.get_double(), std::chars_format::fixed
    );
    return std::string{digits.data(), written.ptr};
}

bool names_an_element(std::string_view name)
{
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && letter(name.front())
        && std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

wechat::Result<void>
read_data(const json::value& value, std::initializer_list<std::string_view> names, wechat::Content& content)
{
    if (!value.is_object() || !only(value.get_object(), names))
        return wrong("location: latitude, longitude, scale, label; link: title, description, url");
    for (const auto& field : value.get_object()) {
        const auto said = word_in(field.value());
        if (!said)
            return wrong("expected texts and numbers");
        content.data[std::string{field.key()}] = *said;
    }
    return {};
}

// Nested elements by their paths, as the codec has them; repeated ones by their index.
bool flatten(const json::object& object, const std::string& before, codec::Fields& fields)
{
    const auto put = [&](const std::string& path, const json::value& value) {
        if (const auto* const deeper = value.if_object())
            return flatten(*deeper, path + ".", fields);
        const auto word = word_in(value);
        fields.put(path, word.value_or(""));
        return word.has_value();
    };
    return std::ranges::all_of(object, [&](const json::key_value_pair& field) {
        const std::string name{field.key()};
        const auto path = before + name;
        const auto* const list = field.value().if_array();
        if (!names_an_element(name))
            return false;
        if (list == nullptr)
            return put(path, field.value());
        if (list->size() == 1)
            return put(path, list->front());
        std::size_t index = 0;
        return std::ranges::all_of(*list, [&](const json::value& item) {
            return put(path + "[" + std::to_string(index++) + "]", item);
        });
    });
}

wechat::Result<codec::Fields> fields_in(const json::object& object)
{
    codec::Fields fields;
    if (!flatten(object, "", fields))
        return wrong("elements: expected texts, numbers, objects of them, and lists of those");
    return fields;
}

wechat::Result<Saying> content_in(std::string_view field, const json::value& value, bool paths)
{
    Saying saying;
    saying.content.kind = field == "shortvideo" ? Kind::video : wechat::kind_named(field);
    if (field == "location" || field == "link") {
        const auto read = field == "link"
                            ? read_data(value, {"title", "description", "url"}, saying.content)
                            : read_data(value, {"latitude", "longitude", "scale", "label"}, saying.content);
        if (!read)
            return read.error();
        saying.content.text = saying.content.data[field == "link" ? "title" : "label"];
        return saying;
    }
    if (!value.is_string() || value.get_string().empty())
        return wrong("expected a text");
    const std::string said{value.get_string()};
    if (field == "text")
        saying.content.text = said;
    else if (field == "xml")
        saying.raw = said;
    else {
        auto file = file_from(said, paths);
        if (!file)
            return file.error();
        saying.file = std::move(*file);
    }
    if (field == "shortvideo")
        saying.fields.put("MsgType", "shortvideo");
    return saying;
}

wechat::Result<Saying> saying_from_json(const json::object& fields, bool files)
{
    constexpr std::array<std::string_view, 8> contents{
        "text", "image", "voice", "video", "shortvideo", "location", "link", "xml"};
    std::optional<Saying> saying;
    for (const auto name : contents) {
        const auto* const value = fields.if_contains(name);
        if (value == nullptr)
            continue;
        if (saying)
            return wrong("one thing at a time");
        auto read = content_in(name, *value, files);
        if (!read)
            return read.error();
        saying = std::move(*read);
    }
    if (!saying
        || !only(
            fields,
            {"text",
             "image",
             "voice",
             "video",
             "shortvideo",
             "location",
             "link",
             "xml",
             "menu_id",
             "recognition",
             "elements"}
        ))
        return wrong(
            "expected one of text, image, voice, video, shortvideo, location, link, xml, and menu_id, "
            "recognition or elements"
        );
    saying->menu_id = text_in(fields, "menu_id").value_or("");
    if (saying->content.kind == Kind::voice)
        saying->content.text = text_in(fields, "recognition").value_or("");
    if (const auto* const elements = fields.if_contains("elements")) {
        auto more =
            elements->is_object() ? fields_in(elements->get_object()) : wrong("elements: expected an object");
        if (!more)
            return more.error();
        for (const auto& [path, text] : *more)
            if (!saying->fields.contains(path))
                saying->fields.put(path, text);
    }
    return std::move(*saying);
}

// By scene, by ticket, or by what the picture says.
wechat::Result<Push>
scan(Platform& platform, OfficialAccount& account, const std::string& openid, const json::object& body)
{
    if (!only(body, {"scene", "ticket", "url"}) || body.size() != 1)
        return wrong("expected scene, ticket or url");
    if (const auto scene = text_in(body, "scene"); scene && !scene->empty())
        return scans(platform, account, openid, *scene, "");
    const auto now = platform.clock.now();
    const auto* const code = body.contains("ticket")
                               ? code_of_ticket(account, text_in(body, "ticket").value_or(""), now)
                               : code_of_url(account, text_in(body, "url").value_or(""), now);
    if (code == nullptr)
        return fail(errc::not_found, "no such QR code, or it has expired");
    return scans(platform, account, openid, code->scene, code->ticket);
}

wechat::Result<Push> by_elements(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    bool event,
    const json::object& body
)
{
    auto fields = fields_in(body);
    if (!fields)
        return fields.error();
    if (event)
        fields->put("MsgType", "event");
    const auto* const needed = event ? "Event" : "MsgType";
    if (fields->find(needed).value_or("").empty())
        return wrong(std::string{needed} + " is missing");
    try {
        return acts(platform, account, openid, std::move(*fields));
    } catch (const std::invalid_argument& error) {
        return wrong(error.what());
    }
}

wechat::Result<Push> perform(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    std::string_view verb,
    const json::object& body,
    bool files
)
{
    if (verb == "send") {
        auto saying = saying_from_json(body, files);
        if (!saying)
            return saying.error();
        return says(platform, account, openid, std::move(*saying));
    }
    if (verb == "message" || verb == "event")
        return by_elements(platform, account, openid, verb == "event", body);
    if (verb == "scan")
        return scan(platform, account, openid, body);
    if (verb == "follow" && only(body, {"scene"}))
        return follows(platform, account, openid, text_in(body, "scene").value_or(""));
    if (verb == "unfollow" && body.empty())
        return unfollows(platform, account, openid);
    if (verb == "menu" && only(body, {"key"}) && text_in(body, "key"))
        return clicks_menu(platform, account, openid, *text_in(body, "key"));
    const auto* const accept = body.if_contains("accept");
    if (verb == "subscribe" && only(body, {"template_id", "accept"}) && text_in(body, "template_id")
        && (accept == nullptr || accept->is_bool()))
        return subscribes(
            platform, account, openid, *text_in(body, "template_id"), accept == nullptr || accept->get_bool()
        );
    return wrong(
        "expected send, message, event, follow {scene}, unfollow, scan {scene, ticket or url}, menu {key} or "
        "subscribe {template_id, accept}"
    );
}

// What an act may say of its delivery, taken out of its body.
struct Delivering {
    PushRules rules = {};
    bool waits = true;
};
wechat::Result<Delivering> take_delivering(json::object& body, const PushRules& usual)
{
    Delivering delivering{.rules = usual};
    if (const auto* const push = body.if_contains("push")) {
        if (!push->is_object())
            return wrong("push: expected an object of rules");
        const auto rules = push_rules_from_json(push->get_object(), usual);
        if (!rules)
            return rules.error();
        delivering.rules = *rules;
    }
    if (const auto* const repeat = body.if_contains("repeat")) {
        const json::object one{{"repeat", *repeat}};
        const auto rules = push_rules_from_json(one, delivering.rules);
        if (!rules)
            return rules.error();
        delivering.rules = *rules;
    }
    if (const auto* const wait = body.if_contains("wait")) {
        if (!wait->is_bool())
            return wrong("wait: expected true or false");
        delivering.waits = wait->get_bool();
    }
    for (const auto* const name : {"push", "repeat", "wait"})
        body.erase(name);
    return delivering;
}

}  // namespace

wechat::Result<std::string> file_from(const std::string& named, bool paths)
{
    // A path where a file of that name is, and base64 otherwise: JPEG's base64 begins like a path.
    std::error_code ignored;
    constexpr std::size_t longest_path = 4096;
    if (paths && named.size() < longest_path && std::filesystem::is_regular_file(named, ignored)) {
        std::ifstream file{named, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    const auto bytes = codec::from_base64(named);
    if (!bytes || bytes->empty())
        return wrong("neither a file nor base64");
    return std::string{bytes->begin(), bytes->end()};
}

wechat::Result<Done> act_from_json(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    std::string_view verb,
    const json::object& body,
    bool files
)
{
    auto what = body;
    const auto delivering = take_delivering(what, account.settings.push.value_or(platform.rules.push));
    if (!delivering)
        return delivering.error();
    auto push = perform(platform, account, openid, verb, what, files);
    if (!push)
        return push.error();
    push->rules = delivering->rules;
    return Done{std::move(*push), delivering->waits};
}

wechat::Result<Burst>
burst_from_json(Platform& platform, OfficialAccount& account, const json::object& body, bool files)
{
    Burst burst;
    const auto* const acts = body.if_contains("acts");
    const auto* const at_once = body.if_contains("at_once");
    const auto order = text_in(body, "order").value_or("given");
    if (!only(body, {"acts", "order", "at_once"}) || acts == nullptr || !acts->is_array()
        || acts->get_array().size() > most_acts || (at_once != nullptr && !at_once->is_bool())
        || (order != "given" && order != "reversed" && order != "shuffled"))
        return wrong("expected {acts: [...], order: given, reversed or shuffled, at_once: true or false}");
    burst.at_once = at_once != nullptr && at_once->get_bool();
    for (const auto& act : acts->get_array()) {
        const auto* const one = act.if_object();
        const auto* const verb =
            one == nullptr ? verbs.end() : std::ranges::find_if(verbs, [&](std::string_view name) {
                return one->contains(name) && one->at(name).is_object();
            });
        const auto openid = one != nullptr ? text_in(*one, "contact").value_or("") : std::string{};
        if (verb == verbs.end() || openid.empty() || one->size() != 2)
            return wrong("acts: expected {contact, VERB: {...}}");
        auto done = act_from_json(platform, account, openid, *verb, one->at(*verb).get_object(), files);
        if (!done)
            return done.error();
        burst.pushes.push_back(std::move(done->push));
    }
    burst.order.resize(burst.pushes.size());
    std::iota(burst.order.begin(), burst.order.end(), std::size_t{0});
    if (order == "reversed")
        std::ranges::reverse(burst.order);
    if (order == "shuffled")
        platform.random.shuffle(burst.order);
    return burst;
}

}  // namespace simulator
