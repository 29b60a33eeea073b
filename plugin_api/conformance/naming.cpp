// N: what it says of itself, and how it agrees with hosts older and newer than itself.

#include "check.hpp"
#include "loading.hpp"
#include "raw_host.hpp"
#include "stage.hpp"
#include "traces.hpp"

#include <boost/json/parse.hpp>

#include <memory>
#include <regex>
#include <set>

namespace conformance {
namespace {

void json_object(const char* text, const std::string& name)
{
    boost::json::error_code broken;
    const auto value = boost::json::parse(text, broken);
    want(!broken && value.is_object(), name + " is no JSON object");
}

void well_formed_ids(const char* const* ids, const std::string& name)
{
    static const std::regex form("[a-z0-9_-]+(\\.[a-z0-9_-]+)+/[0-9]+");
    std::set<std::string> seen;
    want(ids != nullptr, name + " is NULL");
    for (; *ids != nullptr; ++ids) {
        want(std::regex_match(*ids, form), name + ": \"" + *ids + "\" is no id such as com.example.name/1");
        want(seen.insert(*ids).second, name + ": \"" + *ids + "\" stands there twice");
    }
}

void static_data(const Setup& setup)
{
    const Loaded loaded(setup.plugin);
    const auto& plugin = loaded.plugin();
    want(
        plugin.struct_size >= sizeof(channel_plugin), "struct_size is " + std::to_string(plugin.struct_size)
    );
    want(plugin.reserved == 0, "reserved is not 0");
    const std::pair<const char*, const char*> texts[] = {
        {"type", plugin.type},
        {"name", plugin.name},
        {"version", plugin.version},
        {"toolchain", plugin.toolchain},
        {"capabilities", plugin.capabilities},
        {"settings_schema", plugin.settings_schema},
    };
    for (const auto& [name, text] : texts)
        want(text != nullptr && *text != '\0', std::string(name) + " is empty");
    want(
        std::regex_match(plugin.type, std::regex("[a-z0-9_-]+")),
        "type is no single word of small letters and digits"
    );
    json_object(plugin.capabilities, "capabilities");
    json_object(plugin.settings_schema, "settings_schema");
    well_formed_ids(plugin.needs, "needs");
    well_formed_ids(plugin.offers, "offers");
}

void quiet_create(const Setup& setup)
{
    const Loaded loaded(setup.plugin);
    RawHost host;
    channel_instance instance{};
    channel_error error{};
    const auto threads = threads_now();
    note_call("create");
    want(
        loaded.plugin().create({"one", 3}, &host.table, &instance, &error) == CHANNEL_OK,
        std::string("create fails: ") + error.text
    );
    want(host.calls == 0, "create calls the host");
    want(threads_now() == threads, "create starts a thread");
    note_call("destroy");
    instance.ops->destroy(instance.self);
}

/// What create and a look at nonsense settings answer to a host whose structs lie in such a room.
template <class Room>
void lives_in(const Setup& setup, const std::string& what)
{
    const Loaded loaded(setup.plugin);
    RawHost host;
    auto table_room = Room::of(sizeof(channel_host));
    auto settings_room = Room::of(sizeof(channel_settings));
    channel_instance instance{};
    channel_error error{};
    note_call("create");
    const auto created = loaded.plugin().create({"one", 3}, table_room->put(host.table), &instance, &error);
    want(created == CHANNEL_OK, "create fails when the host's table is " + what + ": " + error.text);
    const auto folder = setup.folder.string();
    const channel_settings settings{
        sizeof(channel_settings), CHANNEL_VALIDATE, {"{}", 2}, {folder.data(), folder.size()}};
    note_call("configure");
    const auto status = instance.ops->configure(instance.self, settings_room->put(settings), 1, &error);
    want(
        status != CHANNEL_E_ARGUMENT,
        "configure gives argument when its settings are " + what + ": " + error.text
    );
    note_call("destroy");
    instance.ops->destroy(instance.self);
}

struct LongRoom {
    static std::unique_ptr<Longer> of(std::size_t) { return std::make_unique<Longer>(); }
};
struct EdgeRoom {
    static std::unique_ptr<AtTheEdge> of(std::size_t size) { return std::make_unique<AtTheEdge>(size); }
};

/// Hands the plugin its messages in another room than the host's own.
template <class Room>
class Moved : public Between {
public:
    channel_status
    check(const channel_message* message, channel_capability* answer, channel_error* error) override
    {
        const auto room = Room::of(sizeof(channel_capability));
        auto* const there = room->put(*answer);
        const auto status = in_room(message, [&](const channel_message* moved) {
            return Between::check(moved, there, error);
        });
        const auto size = answer->struct_size;
        *answer = *there;
        answer->struct_size = size;
        return status;
    }
    channel_status send(const channel_message* message, channel_error* error) override
    {
        return in_room(message, [&](const channel_message* moved) { return Between::send(moved, error); });
    }
    const channel_host* seen_host() override
    {
        host_room_ = Room::of(sizeof(channel_host));
        return host_room_->put(table());
    }

private:
    template <class Call>
    static channel_status in_room(const channel_message* message, const Call& call)
    {
        const auto content_room = Room::of(sizeof(channel_content));
        const auto message_room = Room::of(sizeof(channel_message));
        auto* const moved = message_room->put(*message);
        if (message->content != nullptr)
            moved->content = content_room->put(*message->content);
        return call(moved);
    }

    decltype(Room::of(0)) host_room_;
};

/// A message each way, if there is a rig to play it with.
template <class Room>
void works_in(const Setup& setup)
{
    if (!setup.rig)
        return;
    Provider provider(setup);
    const Loaded loaded(setup.plugin);
    const auto moved = Between::around<Moved<Room>>(loaded.plugin());
    Stage stage(setup, &provider, moved);
    stage.run();
    stage.send("m1", "in another room");
    stage.expect_sent("m1");
    (void)stage.instance().check(Provider::message("m2", provider, "Hello"));
    (void)stage.stop();
}

void longer_structs(const Setup& setup)
{
    lives_in<LongRoom>(setup, "longer than it knows");
    works_in<LongRoom>(setup);
}

void shortest_structs(const Setup& setup)
{
    lives_in<EdgeRoom>(setup, "of 1.0, at the edge of memory");
    works_in<EdgeRoom>(setup);
}

bool knows_topic(const channel_instance& instance, const std::string& topic)
{
    const channel_sink sink{nullptr, [](void*, channel_str) noexcept { return std::int32_t{0}; }};
    channel_error error{};
    note_call("inspect");
    const auto status = instance.ops->inspect(instance.self, {topic.data(), topic.size()}, &sink, &error);
    return status != CHANNEL_E_UNSUPPORTED && status != CHANNEL_E_ARGUMENT;
}

void strange_ids(const Setup& setup)
{
    const Loaded loaded(setup.plugin);
    RawHost host;
    channel_instance instance{};
    channel_error error{};
    want(loaded.plugin().create({"one", 3}, &host.table, &instance, &error) == CHANNEL_OK, "create fails");
    std::vector<std::string> known;
    for (const auto* const* id = loaded.plugin().offers; *id != nullptr; ++id)
        known.emplace_back(*id);
    for (const auto& id : known) {
        note_call("extension");
        want(
            instance.ops->extension(instance.self, {id.data(), id.size()}) != nullptr,
            "it offers " + id + ", and has none"
        );
    }
    for (const auto* topic : {"health", "state", "config", "metrics"})
        known.emplace_back(topic);
    std::vector<std::string> strange{"", "?", "com.example.unknown/1"};
    for (const auto& id : known)
        for (const auto& near : {id + "x", id + "1", id.substr(0, id.size() - 1), id.substr(1), id + '\0'})
            strange.push_back(near);
    for (const auto& id : strange) {
        note_call("extension");
        want(
            instance.ops->extension(instance.self, {id.data(), id.size()}) == nullptr,
            "it has an extension \"" + id + '"'
        );
        want(!knows_topic(instance, id), "it has a topic \"" + id + '"');
    }
    instance.ops->destroy(instance.self);
}

constexpr Check checks[] = {
    {"N1", "Its static data is complete, and its ids are well formed.", false, static_data},
    {"N2", "Making an instance calls nothing of the host and starts nothing.", false, quiet_create},
    {"N3", "Structs of a later host, longer than it knows, are fine.", false, longer_structs},
    {"N4", "It reads nothing behind the structs of a host of 1.0.", false, shortest_structs},
    {"N5", "Ids and topics that it does not know are unknown, however near.", false, strange_ids},
};

}  // namespace

std::span<const Check> naming_checks()
{
    return checks;
}

}  // namespace conformance
