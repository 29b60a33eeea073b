#pragma once
/// Between abi.h's borrowed structs and values.hpp's owned values, with the checks that abi.h asks for.

#include <channel/values.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace channel {

// abi.h, "Text".
inline constexpr std::size_t id_bytes_max = 255;
inline constexpr std::size_t text_bytes_max = 64 * 1024;
inline constexpr std::size_t json_bytes_max = 1024 * 1024;
// abi.h, CHANNEL_E_BUSY.
inline constexpr Milliseconds busy_least{50};

constexpr std::string_view view(channel_str text) noexcept
{
    return text.size == 0 || text.data == nullptr ? std::string_view{} : std::string_view(text.data, text.size);
}

constexpr channel_str str(std::string_view text) noexcept { return {text.data(), text.size()}; }

constexpr Time time_of(std::int64_t ms) noexcept { return Time(Milliseconds(ms)); }
constexpr std::int64_t ms_of(Time time) noexcept { return time.time_since_epoch().count(); }

/// The length of the UTF-8 sequence at the front of text; 0: none starts here (RFC 3629, table 3-7 of Unicode).
constexpr std::size_t utf8_step(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const auto tail = [&](std::size_t i) { return follows(i, 0x80, 0xBF); };
    if (text.empty())
        return 0;
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
    return 0;
}

constexpr bool valid_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto step = utf8_step(text);
        if (step == 0)
            return false;
        text.remove_prefix(step);
    }
    return true;
}

/// As much of text as fits into size bytes, cut between characters; what is no UTF-8 becomes "?".
inline std::string clean(std::string_view text, std::size_t size)
{
    std::string result;
    while (!text.empty()) {
        const auto step = utf8_step(text);
        if (result.size() + std::max<std::size_t>(step, 1) > size)
            break;
        result += step == 0 ? std::string_view("?") : text.substr(0, step);
        text.remove_prefix(std::max<std::size_t>(step, 1));
    }
    return result;
}

template <std::size_t Size>
void copy_text(char (&to)[Size], std::string_view text)
{
    const auto fits = clean(text, Size - 1);
    std::memset(to, 0, Size);
    std::memcpy(to, fits.data(), fits.size());
}

/// What stands in fixed storage, also of a peer that forgot the NUL.
template <std::size_t Size>
std::string text_in(const char (&from)[Size])
{
    return std::string(from, strnlen(from, Size));
}

/// text as a JSON string, quotes included.
inline std::string json_quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : clean(text, json_bytes_max)) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            result += escape;
        } else {
            result += c;
        }
    }
    return result += '"';
}

/// A class of abi.h; one that this header does not know is internal, as abi.h says.
constexpr Status status_of(channel_status status) noexcept
{
    return status > CHANNEL_OK || status < CHANNEL_E_INTERNAL ? Status::internal : static_cast<Status>(status);
}

/// What abi.h asks of a failure: busy never says less than 50 ms.
constexpr Milliseconds retry_after(Status status, Milliseconds asked) noexcept
{
    return status == Status::busy ? std::max(asked, busy_least) : std::max(asked, Milliseconds{0});
}

inline channel_status
fill(channel_error& error, Status status, std::string_view code, std::string_view text, Milliseconds wait = {})
{
    error.status = static_cast<channel_status>(status);
    error.reserved = 0;
    error.retry_after_ms = retry_after(status, wait).count();
    copy_text(error.code, code);
    copy_text(error.text, text);
    return error.status;
}

inline Error error_of(channel_status status, const channel_error& error)
{
    const auto known = status_of(status);
    return Error(known, text_in(error.code), text_in(error.text), retry_after(known, Milliseconds(error.retry_after_ms)));
}

inline Outcome outcome_of(channel_status status, std::int64_t retry_after_ms) noexcept
{
    const auto known = status_of(status);
    return {known, retry_after(known, Milliseconds(retry_after_ms))};
}

/// The one place where everything that is thrown ends: class, code and text in the caller's storage.
template <class Call>
channel_status guarded(channel_error* error, Call&& call) noexcept
try {
    call();
    return CHANNEL_OK;
} catch (const Error& failure) {
    const auto status = failure.status() == Status::ok ? Status::internal : failure.status();
    return fill(*error, status, failure.code(), failure.what(), failure.retry_after());
} catch (const std::exception& failure) {
    return fill(*error, Status::internal, "exception", failure.what());
} catch (...) {
    return fill(*error, Status::internal, "exception", "not a std::exception");
}

// ---- Checks: what came over the border is believed only after them ----

[[noreturn]] inline void wrong(std::string_view what, std::string_view why)
{
    throw Error(Status::argument, "argument", std::string(what).append(": ").append(why));
}

inline std::string text_of(channel_str text, std::string_view what, std::size_t bytes_max = text_bytes_max)
{
    if (text.size > 0 && text.data == nullptr)
        wrong(what, "a size without data");
    if (text.size > bytes_max)
        wrong(what, "longer than " + std::to_string(bytes_max) + " bytes");
    if (!valid_utf8(view(text)))
        wrong(what, "not UTF-8");
    return std::string(view(text));
}

inline std::string optional_id_of(channel_str id, std::string_view what) { return text_of(id, what, id_bytes_max); }

inline std::string id_of(channel_str id, std::string_view what)
{
    if (id.size == 0)
        wrong(what, "empty");
    return optional_id_of(id, what);
}

inline std::string json_of(channel_str json, std::string_view what) { return text_of(json, what, json_bytes_max); }

/// A struct as long as in 1.0 at least; a longer one is read as far as this header knows it.
template <class Struct>
const Struct& known(const Struct* given, std::string_view what)
{
    if (given == nullptr)
        wrong(what, "missing");
    if (given->struct_size < sizeof(Struct))
        wrong(what, "struct_size is shorter than in 1.0");
    return *given;
}

// ---- abi.h to values.hpp ----

inline Content content_of(const channel_content& content)
{
    if (content.path.size > 0 && view(content.path).substr(0, 1) != "/")
        wrong("content.path", "not absolute");
    return {
        .kind = id_of(content.kind, "content.kind"),
        .text = text_of(content.text, "content.text"),
        .path = text_of(content.path, "content.path"),
        .mime = optional_id_of(content.mime, "content.mime"),
        .name = text_of(content.name, "content.name"),
        .bytes = content.bytes,
        .data = json_of(content.data, "content.data"),
    };
}

inline std::optional<Content> content_of(const channel_content* content)
{
    if (content == nullptr)
        return std::nullopt;
    return content_of(known(content, "content"));
}

/// client_id may be empty only where nothing is sent: check.
inline Message message_of(const channel_message* given, bool for_check)
{
    const auto& message = known(given, "message");
    if (!for_check && message.content == nullptr)
        wrong("message.content", "missing");
    return {
        .client_id = for_check ? optional_id_of(message.client_id, "client_id") : id_of(message.client_id, "client_id"),
        .account = id_of(message.account, "account"),
        .contact = id_of(message.contact, "contact"),
        .sender = optional_id_of(message.sender, "sender"),
        .content = content_of(message.content),
        .replay = (message.flags & CHANNEL_REPLAY) != 0,
    };
}

inline Item item_of(const channel_item* given)
{
    const auto& item = known(given, "item");
    return {
        .kind = static_cast<ItemKind>(item.kind),
        .id = id_of(item.id, "item.id"),
        .account = id_of(item.account, "account"),
        .contact = id_of(item.contact, "contact"),
        .happened = time_of(item.happened_ms),
        .name = optional_id_of(item.name, "item.name"),
        .content = content_of(item.content),
        .data = json_of(item.data, "item.data"),
    };
}

inline Report report_of(const channel_report* given)
{
    const auto& report = known(given, "report");
    return {
        .state = static_cast<State>(report.state),
        .client_id = id_of(report.client_id, "client_id"),
        .revision = report.revision,
        .happened = time_of(report.happened_ms),
        .reason = optional_id_of(report.reason, "report.reason"),
        .text = text_of(report.text, "report.text"),
        .position = report.position,
        .data = json_of(report.data, "report.data"),
    };
}

inline Settings settings_of(const channel_settings* given)
{
    const auto& settings = known(given, "settings");
    if (settings.mode != CHANNEL_VALIDATE && settings.mode != CHANNEL_APPLY)
        wrong("settings.mode", "neither validate nor apply");
    return {
        .mode = static_cast<Mode>(settings.mode),
        .json = json_of(settings.json, "settings.json"),
        .base_dir = text_of(settings.base_dir, "settings.base_dir"),
    };
}

inline Capability capability_of(const channel_capability& from)
{
    const bool known_verdict = from.verdict == CHANNEL_SEND || from.verdict == CHANNEL_QUEUE;
    Capability capability;
    capability.verdict = known_verdict ? static_cast<Verdict>(from.verdict) : Verdict::refuse;
    capability.cost = from.cost;
    capability.slots_left = from.slots_left;
    if (from.window_ends_ms != 0)
        capability.window_ends = time_of(from.window_ends_ms);
    capability.reason = text_in(from.reason);
    capability.text = text_in(from.text);
    return capability;
}

// ---- values.hpp to abi.h: borrows, so the value must outlive the struct ----

inline channel_content borrow(const Content& content) noexcept
{
    return {
        sizeof(channel_content), 0,          str(content.kind), str(content.text), str(content.path), str(content.mime),
        str(content.name),       content.bytes, str(content.data),
    };
}

/// A message or an item together with the content it points to.
template <class Struct>
struct Borrowed {
    channel_content content;
    Struct whole;
    bool has_content;

    /// The struct itself; good while this and the value it was made of stand still.
    const Struct* get() noexcept
    {
        whole.content = has_content ? &content : nullptr;
        return &whole;
    }
};

inline Borrowed<channel_message> borrow(const Message& message) noexcept
{
    return {
        message.content ? borrow(*message.content) : channel_content{},
        {sizeof(channel_message), message.replay ? std::uint32_t{CHANNEL_REPLAY} : 0, str(message.client_id),
         str(message.account), str(message.contact), str(message.sender), nullptr},
        message.content.has_value(),
    };
}

inline Borrowed<channel_item> borrow(const Item& item) noexcept
{
    return {
        item.content ? borrow(*item.content) : channel_content{},
        {sizeof(channel_item), static_cast<std::int32_t>(item.kind), str(item.id), str(item.account),
         str(item.contact), ms_of(item.happened), str(item.name), nullptr, str(item.data)},
        item.content.has_value(),
    };
}

inline channel_report borrow(const Report& report) noexcept
{
    return {
        sizeof(channel_report), static_cast<std::int32_t>(report.state), str(report.client_id), report.revision,
        ms_of(report.happened), str(report.reason), str(report.text), report.position, 0, str(report.data),
    };
}

inline channel_settings borrow(const Settings& settings) noexcept
{
    return {
        sizeof(channel_settings), static_cast<std::int32_t>(settings.mode), str(settings.json),
        str(settings.base_dir),
    };
}

/// Writes into the host's storage, and nothing beyond what this header knows of it.
inline void write(const Capability& capability, channel_capability& to)
{
    to.verdict = static_cast<std::int32_t>(capability.verdict);
    to.cost = capability.cost;
    to.slots_left = capability.slots_left;
    to.window_ends_ms = capability.window_ends ? ms_of(*capability.window_ends) : 0;
    copy_text(to.reason, capability.reason);
    copy_text(to.text, capability.text);
}

/// The result of a failed operation: {"code": ..., "text": ...}.
inline std::string json_of(const Error& error)
{
    auto json = "{\"code\":" + json_quoted(error.code()) + ",\"text\":" + json_quoted(error.what());
    if (const auto wait = retry_after(error.status(), error.retry_after()); wait > Milliseconds{0})
        json += ",\"retry_after_ms\":" + std::to_string(wait.count());
    return json += '}';
}

/// The result of configure: [{"level", "file", "line", "column", "code", "text"}].
inline std::string json_of(std::span<const Finding> findings)
{
    constexpr std::string_view levels[] = {"debug", "info", "warning", "error"};
    std::string json = "[";
    for (const auto& finding : findings) {
        json += json.size() == 1 ? "{\"level\":\"" : ",{\"level\":\"";
        json += levels[std::clamp(static_cast<int>(finding.level), 0, 3)];
        json += "\",\"file\":" + json_quoted(finding.file) + ",\"line\":" + std::to_string(finding.line)
            + ",\"column\":" + std::to_string(finding.column) + ",\"code\":" + json_quoted(finding.code)
            + ",\"text\":" + json_quoted(finding.text) + '}';
    }
    return json += ']';
}

/// The result of examine: [{"account", "step", "level", "text", "remedy"}].
inline std::string json_of(std::span<const Examined> steps)
{
    std::string json = "[";
    for (const auto& step : steps) {
        json += json.size() == 1 ? "{\"account\":" : ",{\"account\":";
        json += json_quoted(step.account) + ",\"step\":" + json_quoted(step.step) + ",\"level\":"
            + json_quoted(name_of(step.level)) + ",\"text\":" + json_quoted(step.text)
            + ",\"remedy\":" + json_quoted(step.remedy) + '}';
    }
    return json += ']';
}

}  // namespace channel
