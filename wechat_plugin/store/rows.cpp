#include "store/rows.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <type_traits>
#include <utility>

namespace wechat::store {
namespace {

namespace json = boost::json;

constexpr std::string_view report_begins = R"({"report":)";

// The members of a type by their names: one list for writing and for reading.
template <class Visit>
void members(std::type_identity<policy::Message>, Visit&& visit)
{
    using M = policy::Message;
    visit("id", &M::id), visit("sender", &M::sender), visit("kind", &M::kind), visit("bytes", &M::bytes);
    visit("accepted", &M::accepted), visit("unfit", &M::unfit), visit("unfit_words", &M::unfit_words);
}
template <class Visit>
void members(std::type_identity<policy::Outgoing>, Visit&& visit)
{
    using M = policy::Outgoing;
    visit("messages", &M::messages), visit("automatic", &M::automatic), visit("text", &M::text);
    visit("tells_of", &M::tells_of), visit("attempt", &M::attempt), visit("window", &M::window);
    visit("started", &M::started), visit("sent_again", &M::sent_again), visit("not_after", &M::not_after);
}
template <class Visit>
void members(std::type_identity<policy::Conversation>, Visit&& visit)
{
    using M = policy::Conversation;
    visit("phase", &M::phase), visit("window", &M::window), visit("last_message", &M::last_message);
    visit("closed_by_wechat", &M::closed_by_wechat), visit("refused_for_slots", &M::refused_for_slots);
    visit("slots_used", &M::slots_used), visit("employee_sent", &M::employee_sent);
    visit("employee_reached", &M::employee_reached), visit("announced", &M::announced);
    visit("prompted", &M::prompted), visit("reminded", &M::reminded), visit("told_limit", &M::told_limit);
    visit("told_queued", &M::told_queued), visit("told_inactive", &M::told_inactive);
    visit("participants", &M::participants), visit("told_participants", &M::told_participants);
    visit("participants_settled", &M::participants_settled), visit("outgoing", &M::outgoing);
    visit("queue", &M::queue), visit("attempts", &M::attempts);
}
template <class Visit>
void members(std::type_identity<Content>, Visit&& visit)
{
    using M = Content;
    visit("kind", &M::kind), visit("text", &M::text), visit("path", &M::path), visit("mime", &M::mime);
    visit("name", &M::name), visit("bytes", &M::bytes), visit("data", &M::data);
}
template <class Visit>
void members(std::type_identity<policy::Report>, Visit&& visit)
{
    using M = policy::Report;
    visit("id", &M::id), visit("state", &M::state), visit("reason", &M::reason),
        visit("position", &M::position);
    visit("errcode", &M::errcode), visit("words", &M::words), visit("rid", &M::rid);
}
template <class Visit>
void members(std::type_identity<Item>, Visit&& visit)
{
    using M = Item;
    visit("kind", &M::kind), visit("id", &M::id), visit("happened", &M::happened), visit("name", &M::name);
    visit("content", &M::content), visit("data", &M::data);
}
template <class Visit>
void members(std::type_identity<Report>, Visit&& visit)
{
    using M = Report;
    visit("report", &M::report), visit("revision", &M::revision), visit("happened", &M::happened);
}
template <class Visit>
void members(std::type_identity<Fetch>, Visit&& visit)
{
    using M = Fetch;
    visit("item", &M::item), visit("content", &M::content), visit("since", &M::since);
}
template <class Visit>
void members(std::type_identity<policy::Send>, Visit&& visit)
{
    using M = policy::Send;
    visit("attempt", &M::attempt), visit("messages", &M::messages), visit("prefix", &M::prefix);
    visit("text", &M::text), visit("automatic", &M::automatic);
}

// ---- Writing: a member only where it differs from its default. Straight into the text: with values of Boost.JSON in
// between, writing took four times as long (tests/bench: micro, write_conversation). ----

void write(std::string& out, const std::string& text)
{
    const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20U && c != '"' && c != '\\'; };
    if (std::ranges::all_of(text, plain))
        out.append(1, '"').append(text).append(1, '"');
    else
        out += json::serialize(json::string_view{text});
}

void write_number(std::string& out, std::int64_t number)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& list);
template <class T>
void write(std::string& out, const std::deque<T>& list);

void write(std::string& out, const std::map<std::string, std::string>& map)
{
    const char* comma = "{";
    for (const auto& [name, text] : map) {
        out += std::exchange(comma, ",");
        write(out, name);
        out += ':';
        write(out, text);
    }
    out += map.empty() ? "{}" : "}";
}

template <class T>
void write_members(std::string& out, const T& value);

template <class T>
void write(std::string& out, const T& value)
{
    if constexpr (std::is_same_v<T, bool>)
        out += value ? "true" : "false";
    else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
        write_number(out, static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<T, Time>)
        write_number(out, to_seconds(value));
    else if constexpr (requires { value.str(); })
        write(out, value.str());  // an Id
    else
        write_members(out, value);
}

template <class T>
void write(std::string& out, const std::optional<T>& value)
{
    if (value)
        write(out, *value);
    else
        out += "null";
}

template <class List>
void write_list(std::string& out, const List& list)
{
    const char* comma = "";
    out += '[';
    for (const auto& element : list) {
        out += std::exchange(comma, ",");
        write(out, element);
    }
    out += ']';
}
template <class T>
void write(std::string& out, const std::vector<T>& list)
{
    write_list(out, list);
}
template <class T>
void write(std::string& out, const std::deque<T>& list)
{
    write_list(out, list);
}

template <class T>
void write_members(std::string& out, const T& value)
{
    static const T defaults = {};
    const char* comma = "";
    out += '{';
    members(std::type_identity<T>{}, [&](const char* name, auto member) {
        if constexpr (std::equality_comparable<std::decay_t<decltype(value.*member)>>)
            if (value.*member == defaults.*member)
                return;
        out.append(std::exchange(comma, ",")).append(1, '"').append(name).append("\":");
        write(out, value.*member);
    });
    out += '}';
}

template <class T>
std::string row_of(const T& value, std::string_view before = {}, std::string_view behind = {})
{
    std::string row;
    row.reserve(256);
    row += before;
    write(row, value);
    row += behind;
    return row;
}

// ---- Reading: what is there is taken, the rest keeps its default; a wrong type throws ----

template <class T>
void take(const json::value& from, std::vector<T>& to);
template <class T>
void take(const json::value& from, std::deque<T>& to);
template <class T>
void take(const json::value& from, std::optional<T>& to);
void take(const json::value& from, std::map<std::string, std::string>& to)
{
    for (const auto& [name, value] : from.as_object())
        to[name] = std::string{value.as_string()};
}

template <class T>
void take(const json::value& from, T& to)
{
    if constexpr (std::is_same_v<T, bool>)
        to = from.as_bool();
    else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
        to = static_cast<T>(from.to_number<std::int64_t>());
    else if constexpr (std::is_same_v<T, Time>)
        to = from_seconds(from.to_number<std::int64_t>());
    else if constexpr (std::is_same_v<T, std::string>)
        to = std::string{from.as_string()};
    else if constexpr (requires { to.str(); })
        to = T{std::string{from.as_string()}};
    else {
        const auto& object = from.as_object();
        members(std::type_identity<T>{}, [&](const char* name, auto member) {
            if (const auto* found = object.if_contains(name))
                take(*found, to.*member);
        });
    }
}
template <class T>
void take(const json::value& from, std::optional<T>& to)
{
    if (from.is_null())
        to.reset();
    else
        take(from, to.emplace());
}
template <class T>
void take(const json::value& from, std::vector<T>& to)
{
    for (const auto& element : from.as_array())
        take(element, to.emplace_back());
}
template <class T>
void take(const json::value& from, std::deque<T>& to)
{
    for (const auto& element : from.as_array())
        take(element, to.emplace_back());
}

// What a row is read into on its way: from the stack, as far as that goes.
struct Memory {
    std::array<unsigned char, 4096> first;
    json::monotonic_resource resource{first.data(), first.size()};
};

template <class T>
Result<T> read(std::string_view row)
try {
    Memory memory;
    T value = {};
    take(json::parse(row, &memory.resource), value);
    return value;
} catch (const std::exception& failure) {
    return fail(errc::store_broken, failure.what());
}

}  // namespace

std::string to_row(const policy::Conversation& conversation)
{
    return row_of(conversation);
}
std::string to_row(const Content& content)
{
    return row_of(content);
}
std::string to_row(const policy::Report& report)
{
    return row_of(report);
}

std::string to_row(const Payload& payload)
{
    if (const auto* item = std::get_if<Item>(&payload))
        return row_of(*item, R"({"item":)", "}");
    if (const auto* report = std::get_if<Report>(&payload))
        return row_of(*report, report_begins, "}");
    if (const auto* fetch = std::get_if<Fetch>(&payload))
        return row_of(*fetch, R"({"fetch":)", "}");
    return row_of(std::get<policy::Send>(payload), R"({"send":)", "}");
}

bool is_report(std::string_view row)
{
    return row.starts_with(report_begins);
}

Result<policy::Conversation> read_conversation(std::string_view row)
{
    return read<policy::Conversation>(row);
}
Result<Content> read_content(std::string_view row)
{
    return read<Content>(row);
}
Result<policy::Report> read_report(std::string_view row)
{
    return read<policy::Report>(row);
}

namespace {

template <class T>
Payload taken(const json::value& from)
{
    T read = {};
    take(from, read);
    return Payload{std::move(read)};
}

}  // namespace

Result<Payload> read_payload(std::string_view row)
try {
    Memory memory;
    const auto value = json::parse(row, &memory.resource);
    const auto& tagged = value.as_object();
    if (const auto* item = tagged.if_contains("item"))
        return taken<Item>(*item);
    if (const auto* report = tagged.if_contains("report"))
        return taken<Report>(*report);
    if (const auto* fetch = tagged.if_contains("fetch"))
        return taken<Fetch>(*fetch);
    return taken<policy::Send>(tagged.at("send"));
} catch (const std::exception& failure) {
    return fail(errc::store_broken, failure.what());
}

}  // namespace wechat::store
