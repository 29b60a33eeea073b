#include "http/requests.hpp"

#include <channel/convert.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace host::http {
namespace {

namespace json = boost::json;

// The contract's ids have 255 bytes; ours puts the conversation's id before the client's.
constexpr std::size_t client_id_bytes = 200;
constexpr std::size_t employee_bytes = 64;
constexpr std::size_t most_participants = 100;
constexpr int nesting = 8;

Answer bad(std::string_view text)
{
    return failure(400, "bad_request", text);
}

Asked<json::object> read_object(std::string_view body)
{
    json::parse_options options;
    options.max_depth = nesting;
    json::error_code broken;
    auto value = json::parse({body.data(), body.size()}, broken, {}, options);
    if (broken)
        return bad("The body is not JSON.");
    if (!value.is_object())
        return bad("The body is not a JSON object.");
    return std::move(value.as_object());
}

std::optional<std::string> text_in(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains({name.data(), name.size()});
    return found && found->is_string() ? std::optional{std::string{found->as_string()}} : std::nullopt;
}

bool is_id(std::string_view text, std::size_t most)
{
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
    return !text.empty() && text.size() <= most && std::ranges::none_of(text, is_control);
}

std::optional<std::string> from_base64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const auto size = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    if (size < 0)
        return std::nullopt;
    const auto padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

// A name for the file's kind, tame: media.cpp takes no other.
std::string extension_of(const std::string& name)
{
    return std::filesystem::path{name}.extension().string();
}

Asked<Upload> read_upload(const json::object& media, channel::Content& content)
{
    const auto kind = text_in(media, "kind");
    const auto encoded = text_in(media, "base64");
    if (!kind || !is_id(*kind, 64) || *kind == "text" || !encoded)
        return bad("media needs kind (image, voice, video or file) and base64.");
    auto bytes = from_base64(*encoded);
    if (!bytes)
        return bad("media.base64 is not base64.");
    content.kind = *kind;
    content.mime = text_in(media, "mime").value_or("");
    content.name = text_in(media, "name").value_or("");
    content.bytes = bytes->size();
    return Upload{*std::move(bytes), extension_of(content.name)};
}

// {"location": {latitude, longitude, name, label}} or {"link": {url, title, description, pic_url}}: the kind's data.
bool read_structured(const json::object& object, channel::Content& content)
{
    for (const std::string_view kind : {"location", "link"}) {
        const auto* const data = object.if_contains({kind.data(), kind.size()});
        if (!data || !data->is_object())
            continue;
        content.kind = kind;
        content.data = json::serialize(*data);
        return true;
    }
    return false;
}

// 90s, 15m, 48h or 7d.
std::optional<channel::Milliseconds> read_duration(const std::string& text)
{
    using namespace std::chrono_literals;
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [unit, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc{} || end - unit != 1 || number < 0 || number > 1'000'000)
        return std::nullopt;
    switch (*unit) {
    case 's': return channel::Milliseconds{number * 1s};
    case 'm': return channel::Milliseconds{number * 1min};
    case 'h': return channel::Milliseconds{number * 1h};
    case 'd': return channel::Milliseconds{number * 24h};
    default: return std::nullopt;
    }
}

}  // namespace

Asked<SendRequest> read_send(std::string_view body, bool is_check)
{
    const auto asked = read_object(body);
    if (const auto* const answer = std::get_if<Answer>(&asked))
        return *answer;
    const auto& object = std::get<json::object>(asked);
    SendRequest request;
    auto& [draft, upload] = request;
    draft.employee = text_in(object, "employee").value_or("");
    draft.client_id = text_in(object, "client_id").value_or("");
    if (!is_id(draft.employee, employee_bytes))
        return bad("employee is missing: who writes.");
    if (!is_id(draft.client_id, client_id_bytes) && !(is_check && draft.client_id.empty()))
        return bad(
            "client_id is missing: your name for this message, up to 200 bytes, the same when you ask again."
        );
    const auto text = text_in(object, "text");
    const auto* const media = object.if_contains("media");
    const bool structured = !text && !media && read_structured(object, draft.content);
    if (structured || (is_check && !text && !media))
        return request;  // of a check without content: what would a text do?
    if (text.has_value() == (media != nullptr))
        return bad("A message has one of text, media, location and link.");
    draft.content.text = text.value_or("");
    if (draft.content.text.size() > channel::text_bytes_max)
        return bad("text is longer than 64 KiB.");
    if (!media) {
        if (draft.content.text.empty())
            return bad("text is empty.");
        return request;
    }
    if (!media->is_object())
        return bad("media is not an object.");
    auto read = read_upload(media->as_object(), draft.content);
    if (const auto* const answer = std::get_if<Answer>(&read))
        return *answer;
    upload = std::get<Upload>(std::move(read));
    return request;
}

Asked<Employees> read_participants(std::string_view body)
{
    json::error_code broken;
    const auto value = json::parse({body.data(), body.size()}, broken);
    const auto* const list = broken ? nullptr : value.if_array();
    if (!list || list->size() > most_participants)
        return bad("The body is a JSON list of employees, up to 100.");
    Employees employees;
    std::set<std::string> seen;
    for (const auto& item : *list) {
        if (!item.is_string() || !is_id(std::string_view{item.as_string()}, employee_bytes))
            return bad("An employee's name is a text of up to 64 bytes.");
        employees.emplace_back(item.as_string());
        if (!seen.insert(employees.back()).second)
            return bad("Somebody is named twice.");
    }
    return employees;
}

Asked<InvitationDraft> read_invitation(std::string_view body)
{
    const auto asked = read_object(body);
    if (const auto* const answer = std::get_if<Answer>(&asked))
        return *answer;
    const auto& object = std::get<json::object>(asked);
    const auto employee = text_in(object, "employee");
    InvitationDraft draft{
        .channel = text_in(object, "channel").value_or(""),
        .customer = text_in(object, "customer").value_or(""),
        .scene = text_in(object, "scene").value_or(""),
    };
    if (!is_id(draft.channel, channel::id_bytes_max) || !is_id(draft.customer, channel::id_bytes_max))
        return bad("An invitation needs channel and customer.");
    if (draft.scene.empty() == !employee)
        return bad("An invitation has either scene, a word of the routing, or employee: whom it leads to.");
    if (!employee && !is_id(draft.scene, channel::id_bytes_max))
        return bad("scene is a text of up to 255 bytes.");
    if (employee && !is_id(*employee, employee_bytes))
        return bad("employee is a text of up to 64 bytes.");
    if (employee)
        draft.employees = {*employee};
    const auto* const lifetime = object.if_contains("lifetime");
    if (!lifetime || lifetime->is_null())
        return draft;
    const auto duration = read_duration(text_in(object, "lifetime").value_or(""));
    if (!duration || duration->count() == 0)
        return bad("lifetime is a duration such as 15m, 48h or 7d; without one the invitation is for ever.");
    draft.lifetime = *duration;
    return draft;
}

Asked<TypingRequest> read_typing(std::string_view body)
{
    const auto asked = read_object(body);
    if (const auto* const answer = std::get_if<Answer>(&asked))
        return *answer;
    const auto& object = std::get<json::object>(asked);
    const auto* const typing = object.if_contains("typing");
    TypingRequest request{.employee = text_in(object, "employee").value_or("")};
    if (!is_id(request.employee, employee_bytes))
        return bad("employee is missing: who types.");
    if (!typing || !typing->is_bool())
        return bad("typing is true or false.");
    request.on = typing->as_bool();
    return request;
}

Asked<channel::Milliseconds> read_advance(std::string_view body)
{
    const auto asked = read_object(body);
    if (const auto* const answer = std::get_if<Answer>(&asked))
        return *answer;
    const auto duration = read_duration(text_in(std::get<json::object>(asked), "advance").value_or(""));
    if (!duration)
        return bad("advance is a duration such as 90s, 15m, 48h or 7d.");
    return *duration;
}

}  // namespace host::http
