#include "config.hpp"

#include "yaml.hpp"

#include <boost/asio/ip/address.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace host {
namespace {

namespace fs = std::filesystem;

// "127.0.0.1:8080", "[::1]:8080".
void read_listen(const Place& place, Config& config)
{
    const auto text = place.text();
    const auto colon = text.rfind(':');
    if (colon == std::string::npos)
        return place.expected("ADDRESS:PORT");
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    boost::system::error_code no_address;
    boost::asio::ip::make_address(address, no_address);
    std::uint16_t port = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, no_port] = std::from_chars(text.data() + colon + 1, end, port);
    if (no_address || no_port != std::errc{} || rest != end)
        return place.expected("ADDRESS:PORT");
    config.listen = {address, port};
}

void read_clock(const Place& place, Config& config)
{
    const auto text = place.text();
    if (text == "adjustable")
        config.clock = ClockKind::adjustable;
    else if (text != "system")
        place.expected("system or adjustable");
}

void read_simulator(const Place& place, Config& config)
{
    config.simulator = place.text();
    if (!config.simulator.starts_with("http://"))
        place.expected("an http:// URL");
}

constexpr std::array channel_keys{
    Key<ChannelConfig>{"id", [](const Place& place, ChannelConfig& channel) { channel.id = place.text(); }},
    Key<ChannelConfig>{
        "library", [](const Place& place, ChannelConfig& channel) { channel.library = place.text(); }},
    Key<ChannelConfig>{
        "settings",
        [](const Place& place, ChannelConfig& channel) {
            if (!place.is_map())
                return place.expected("a map");
            channel.settings = place.json();
        }},
};

bool is_id(std::string_view text)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    return !text.empty() && text.size() <= 64 && text.find_first_not_of(allowed) == std::string_view::npos;
}

void read_channel(const Place& place, Config& config)
{
    ChannelConfig channel;
    read_keys(place, channel_keys, channel);
    if (!place.is_map())
        return;
    if (!is_id(channel.id))
        place.complain("a channel needs an id of small letters, digits, - and _");
    if (channel.library.empty())
        place.complain("a channel needs a library: the path of its .so");
    const auto is_same = [&](const ChannelConfig& other) { return other.id == channel.id; };
    if (std::ranges::any_of(config.channels, is_same))
        place.complain("two channels have the id \"" + channel.id + "\"");
    config.channels.push_back(std::move(channel));
}

void read_channels(const Place& place, Config& config)
{
    if (!place.is_list())
        return place.expected("a list of channels");
    for (const auto& item : place.items())
        read_channel(item, config);
}

Employees read_employees(const Place& place)
{
    auto names = place.texts();
    if (place.is_list() && names.empty())
        place.complain("nobody is named here");
    if (std::set(names.begin(), names.end()).size() != names.size())
        place.complain("somebody is named twice");
    return names;
}

constexpr std::array customer_keys{
    Key<Employees>{"desk", [](const Place& place, Employees& desk) { desk = read_employees(place); }},
};

constexpr std::array routing_keys{
    Key<Routing>{
        "default", [](const Place& place, Routing& routing) { routing.otherwise = read_employees(place); }},
    Key<Routing>{
        "scenes",
        [](const Place& place, Routing& routing) {
            place.each([&](const std::string& scene, const Place&, const Place& value) {
                routing.scenes[scene] = read_employees(value);
            });
        }},
    Key<Routing>{
        "customers",
        [](const Place& place, Routing& routing) {
            place.each([&](const std::string& customer, const Place&, const Place& value) {
                read_keys(value, customer_keys, routing.desks[customer]);
            });
        }},
};

constexpr std::array config_keys{
    Key<Config>{"listen", read_listen},
    Key<Config>{
        "api_token",
        [](const Place& place, Config& config) { config.api_token = place.secret(config.base_dir); }},
    Key<Config>{"clock", read_clock},
    Key<Config>{"simulator", read_simulator},
    Key<Config>{"store", [](const Place& place, Config& config) { config.store = place.text(); }},
    Key<Config>{"media", [](const Place& place, Config& config) { config.media = place.text(); }},
    Key<Config>{"channels", read_channels},
    Key<Config>{
        "routing",
        [](const Place& place, Config& config) { read_keys(place, routing_keys, config.routing); }},
};

// What no single key can know.
void check_together(const Place& root, const Config& config)
{
    const auto at = [&](const char* key) { return root.at(root.node()[key]); };
    const auto has = [&](const char* key) { return root.node()[key].IsDefined(); };
    if (!has("channels"))
        root.complain("\"channels\" is missing: the list of channels to run");
    if (!is_loopback(config.listen.address) && config.api_token.empty())
        at("listen").complain("an address that others can reach needs an api_token");
    if (has("simulator") && config.clock != ClockKind::adjustable)
        at("simulator").complain("a simulator needs \"clock: adjustable\"");
}

void make_absolute(fs::path& path, const fs::path& base)
{
    path = (base / path).lexically_normal();
}

}  // namespace

Employees Routing::named_by(std::string_view scene) const
{
    const auto found = scenes.find(scene);
    return found == scenes.end() ? Employees{} : found->second;
}

const Employees& Routing::desk_of(std::string_view customer) const
{
    if (const auto found = desks.find(customer); found != desks.end())
        return found->second;
    return otherwise;
}

ConfigReading read_config(const fs::path& file)
{
    ConfigReading reading;
    auto& [config, complaints] = reading;
    config.base_dir = fs::absolute(file).parent_path();
    const auto name = file.string();
    try {
        const Place root{YAML::LoadFile(name), name, complaints};
        read_keys(root, config_keys, config);
        if (root.is_map())
            check_together(root, config);
    } catch (const YAML::ParserException& fault) {
        complaints.push_back({name, fault.mark.line + 1, fault.mark.column + 1, fault.msg});
    } catch (const YAML::Exception&) {
        complaints.push_back({name, 0, 0, "the file cannot be read"});
    }
    make_absolute(config.store, config.base_dir);
    make_absolute(config.media, config.base_dir);
    for (auto& channel : config.channels)
        make_absolute(channel.library, config.base_dir);
    return reading;
}

bool is_loopback(std::string_view address)
{
    boost::system::error_code no_address;
    const auto parsed = boost::asio::ip::make_address(address, no_address);
    return !no_address && parsed.is_loopback();
}

}  // namespace host
