#include "store/rows.hpp"

#include <boost/json.hpp>

#include <type_traits>

namespace wechat::store {
namespace {

namespace json = boost::json;

// ---- Writing: a member only where it differs from its default ----

json::value plain(const Content& content);
json::value plain(const policy::Message& message);
json::value plain(const policy::Outgoing& outgoing);
json::value plain(const policy::Report& report);

template <class T>
json::value plain(const T& value)
{
    if constexpr (std::is_same_v<T, bool>)
        return value;
    else if constexpr (std::is_enum_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_same_v<T, Time>)
        return to_seconds(value);
    else if constexpr (std::is_same_v<T, std::string>)
        return json::string{value};
    else
        return json::string{value.str()};  // an Id
}

template <class T>
json::value plain(const std::optional<T>& value)
{
    return value ? plain(*value) : json::value(nullptr);
}

json::value plain(const std::map<std::string, std::string>& map)
{
    json::object object;
    for (const auto& [name, value] : map)
        object[name] = value;
    return object;
}

template <class List>
json::value list_of(const List& list)
{
    json::array array;
    for (const auto& element : list)
        array.push_back(plain(element));
    return array;
}
template <class T>
json::value plain(const std::vector<T>& list)
{
    return list_of(list);
}
template <class T>
json::value plain(const std::deque<T>& list)
{
    return list_of(list);
}

// Visits each member with its name: one list of names per type serves writing and reading.
template <class Visit>
void members(policy::Message& m, Visit&& visit)
{
    visit("id", m.id), visit("sender", m.sender), visit("kind", m.kind), visit("bytes", m.bytes);
    visit("accepted", m.accepted), visit("unfit", m.unfit), visit("unfit_words", m.unfit_words);
}
template <class Visit>
void members(policy::Outgoing& o, Visit&& visit)
{
    visit("messages", o.messages), visit("automatic", o.automatic), visit("text", o.text);
    visit("tells_of", o.tells_of), visit("attempt", o.attempt), visit("window", o.window);
    visit("started", o.started), visit("sent_again", o.sent_again), visit("not_after", o.not_after);
}
template <class Visit>
void members(policy::Conversation& c, Visit&& visit)
{
    visit("phase", c.phase), visit("window", c.window), visit("last_message", c.last_message);
    visit("closed_by_wechat", c.closed_by_wechat), visit("refused_for_slots", c.refused_for_slots);
    visit("slots_used", c.slots_used), visit("employee_sent", c.employee_sent);
    visit("employee_reached", c.employee_reached), visit("announced", c.announced);
    visit("prompted", c.prompted), visit("reminded", c.reminded), visit("told_limit", c.told_limit);
    visit("told_queued", c.told_queued), visit("told_inactive", c.told_inactive);
    visit("participants", c.participants), visit("told_participants", c.told_participants);
    visit("participants_settled", c.participants_settled), visit("outgoing", c.outgoing);
    visit("queue", c.queue), visit("attempts", c.attempts);
}
template <class Visit>
void members(Content& c, Visit&& visit)
{
    visit("kind", c.kind), visit("text", c.text), visit("path", c.path), visit("mime", c.mime);
    visit("name", c.name), visit("bytes", c.bytes), visit("data", c.data);
}
template <class Visit>
void members(policy::Report& r, Visit&& visit)
{
    visit("id", r.id), visit("state", r.state), visit("reason", r.reason), visit("position", r.position);
    visit("errcode", r.errcode), visit("words", r.words), visit("rid", r.rid);
}
template <class Visit>
void members(Item& i, Visit&& visit)
{
    visit("kind", i.kind), visit("id", i.id), visit("happened", i.happened), visit("name", i.name);
    visit("content", i.content), visit("data", i.data);
}
template <class Visit>
void members(Report& r, Visit&& visit)
{
    visit("report", r.report), visit("revision", r.revision), visit("happened", r.happened);
}
template <class Visit>
void members(Fetch& f, Visit&& visit)
{
    visit("item", f.item), visit("content", f.content), visit("since", f.since);
}
template <class Visit>
void members(policy::Send& s, Visit&& visit)
{
    visit("attempt", s.attempt), visit("messages", s.messages), visit("prefix", s.prefix);
    visit("text", s.text), visit("automatic", s.automatic);
}

template <class T>
json::object object_of(const T& value)
{
    // Members are only visited as mutable; a copy of the defaults tells which ones need not be written.
    T copy = value;
    T defaults = {};
    json::object written;
    std::vector<json::value> unchanged;
    members(defaults, [&](const char*, const auto& member) { unchanged.push_back(plain(member)); });
    std::size_t i = 0;
    members(copy, [&](const char* name, const auto& member) {
        auto present = plain(member);
        if (present != unchanged[i++])
            written[name] = std::move(present);
    });
    return written;
}

json::value plain(const Content& content)
{
    return object_of(content);
}
json::value plain(const policy::Message& message)
{
    return object_of(message);
}
json::value plain(const policy::Outgoing& outgoing)
{
    return object_of(outgoing);
}
json::value plain(const policy::Report& report)
{
    return object_of(report);
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
        members(to, [&](const char* name, auto& member) {
            if (const auto* found = object.if_contains(name))
                take(*found, member);
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

template <class T>
Result<T> read(std::string_view row)
try {
    T value = {};
    take(json::parse(row), value);
    return value;
} catch (const std::exception& failure) {
    return fail(errc::store_broken, failure.what());
}

}  // namespace

std::string to_row(const policy::Conversation& conversation)
{
    return json::serialize(object_of(conversation));
}
std::string to_row(const Content& content)
{
    return json::serialize(object_of(content));
}
std::string to_row(const policy::Report& report)
{
    return json::serialize(object_of(report));
}

std::string to_row(const Payload& payload)
{
    json::object tagged;
    if (const auto* item = std::get_if<Item>(&payload))
        tagged["item"] = object_of(*item);
    else if (const auto* report = std::get_if<Report>(&payload))
        tagged["report"] = object_of(*report);
    else if (const auto* fetch = std::get_if<Fetch>(&payload))
        tagged["fetch"] = object_of(*fetch);
    else
        tagged["send"] = object_of(std::get<policy::Send>(payload));
    return json::serialize(tagged);
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
    const auto value = json::parse(row);
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
