#include "world.hpp"

#include "replay/medium.hpp"
#include "store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <future>
#include <utility>

namespace simulation {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto line = "wechat";  // the channel's id in the host
constexpr auto send_path = "/cgi-bin/message/custom/send";
// Real time. A fault that loses an answer closes the connection, so nothing that goes well comes near it.
constexpr std::chrono::milliseconds patience = 20s;
constexpr std::chrono::microseconds glance = 200us;
constexpr std::int64_t all = 1'000'000'000;
constexpr std::array<std::int64_t, 3> refusals{43004, 45015, 45047};  // W4

simulator::Options simulator_options()
{
    simulator::Options options;
    options.rules.clock = simulator::Clock::Kind::standing;
    return options;
}

void write(const fs::path& file, std::string_view bytes)
{
    std::ofstream stream{file, std::ios::binary};
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush())
        throw WorldError{"cannot write " + file.string()};
}

std::string settings(const fs::path& folder)
{
    json::array files;
    for (const auto& customer : customers())
        files.emplace_back((folder / (customer.name + ".yaml")).string());
    json::object object;
    object["listen"] = "127.0.0.1:0";
    object["store"] = (folder / "wechat.sqlite").string();
    object["customers"] = std::move(files);
    return json::serialize(object);
}

std::int64_t errcode_in(const std::string& answer)
{
    json::error_code broken;
    const auto value = json::parse(answer, broken);
    const auto* const object = broken ? nullptr : value.if_object();
    const auto* const errcode = object ? object->if_contains("errcode") : nullptr;
    return errcode && errcode->is_int64() ? errcode->get_int64() : 0;
}

bool is_refusal(std::int64_t errcode)
{
    return std::ranges::find(refusals, errcode) != refusals.end();
}

}  // namespace

World::World(fs::path plugin) : platform_(simulator_options())
{
    for (const auto& customer : customers())
        write(folder_.path() / (customer.name + ".yaml"), file_of(customer, platform_.url()));
    config_.base_dir = folder_.path();
    config_.clock = host::ClockKind::manual;
    config_.store = folder_.path() / "host.sqlite";
    config_.media = folder_.path() / "media";
    config_.channels = {{.id = line, .library = std::move(plugin), .settings = settings(folder_.path())}};
    config_.routing.otherwise = {"ana"};
    config_.routing.scenes["both"] = {"ana", "ben"};
    // A full hour some time ahead: whole seconds, as CreateTime has them, and later than any clock of a host that is
    // made anew during the run.
    const auto start = std::chrono::ceil<std::chrono::hours>(std::chrono::system_clock::now()) + 1h;
    platform_.set_time(start);
    open(start);
}

void World::open(channel::Time now)
{
    try {
        host_ = std::make_unique<host::Host>(config_, host::Log{channel::Level::error});
        host_->advance(now - host_->now());
        host_->start();
        host_->before_advance([this](channel::Milliseconds by) { platform_.advance(by); });
    } catch (const std::exception& error) {
        throw WorldError{error.what()};
    }
    reader_.emplace(host_->store_file());
    const auto state = json::parse(state_of_plugin());
    const auto port = state.as_object().at("port").to_number<std::uint16_t>();
    for (const auto& customer : customers())
        announce_account(customer, port);
    come_to_rest();
}

// The port is another one after each start.
void World::announce_account(const Customer& customer, std::uint16_t port)
{
    simulator::Account account{
        .app_id = customer.app_id,
        .app_secret = app_secret,
        .token = callback_token,
        .encoding_aes_key = encoding_aes_key,
        .callback_url = "http://127.0.0.1:" + std::to_string(port) + "/wechat/" + customer.name,
        .original_id = "gh_" + customer.name,
    };
    auto verified = std::async(std::launch::async, [&] { return platform_.put(std::move(account)); });
    while (verified.wait_for(glance) != std::future_status::ready)
        come_to_rest();
    if (!verified.get())
        throw WorldError{"the plugin does not answer the platform's check for " + customer.name};
}

std::string World::state_of_plugin() const
{
    try {
        return host_->inspect(line, "state");
    } catch (const channel::Error& error) {
        return error.text();
    }
}

void World::come_to_rest()
{
    if (!host_->run_until_idle(patience))
        throw WorldError{"still busy after 20 s: the plugin says " + state_of_plugin()};
}

// ---- what happens ----

// The platform waits for the plugin's answer, and the plugin may wait for its lane, which runs here.
void World::deliver(const std::function<simulator::Delivered()>& callback)
{
    auto delivered = std::async(std::launch::async, callback);
    while (delivered.wait_for(glance) != std::future_status::ready)
        come_to_rest();
    const auto answered = delivered.get().answered;
    if (answered != simulator::Answered::success && answered != simulator::Answered::reply)
        throw WorldError{"the plugin did not take a callback: " + std::string{name_of(answered)}};
    come_to_rest();
}

void World::contact_says(const Contact& contact, const std::string& text, bool menu_item, int repeat)
{
    simulator::Saying saying{.menu_id = menu_item ? "item" : "", .repeat = repeat};
    saying.content.text = text;
    deliver([&] { return platform_.contact_sends(contact.customer->app_id, contact.openid, saying); });
}

void World::contact_follows(const Contact& contact, const std::string& scene)
{
    deliver([&] { return platform_.contact_follows(contact.customer->app_id, contact.openid, scene); });
}

void World::contact_unfollows(const Contact& contact)
{
    deliver([&] { return platform_.contact_unfollows(contact.customer->app_id, contact.openid); });
}

void World::contact_scans(const Contact& contact, const std::string& scene)
{
    deliver([&] { return platform_.contact_scans(contact.customer->app_id, contact.openid, scene); });
}

void World::contact_clicks_menu(const Contact& contact, const std::string& key)
{
    deliver([&] { return platform_.contact_clicks_menu(contact.customer->app_id, contact.openid, key); });
}

void World::send(const Contact& contact, host::Draft draft)
{
    host_->send(
        conversation(contact), std::move(draft), [](const auto&) {}, nullptr
    );
    come_to_rest();
}

void World::employee_sends(
    const Contact& contact, const std::string& employee, const std::string& id, std::string text
)
{
    send(
        contact, {.employee = employee, .client_id = id, .content = {.kind = "text", .text = std::move(text)}}
    );
}

void World::employee_shows(
    const Contact& contact, const std::string& employee, const std::string& id, const std::string& name
)
{
    const auto file = folder_.path() / (id + std::string{replay::extension_of("image")});
    write(file, replay::bytes_of("image", name));
    host::Draft draft{.employee = employee, .client_id = id, .content = {.kind = "image"}};
    draft.content.path = file.string();
    draft.content.name = file.filename().string();
    draft.content.mime = replay::mime_of("image");
    draft.content.bytes = fs::file_size(file);
    send(contact, std::move(draft));
}

void World::employee_cancels(const Contact& contact, const std::string& id)
{
    host_->cancel(conversation(contact), id, [](const auto&) {});
    come_to_rest();
}

void World::set_participants(const Contact& contact, host::Employees everybody)
{
    host_->set_participants(conversation(contact), std::move(everybody), [](const auto&) {});
    come_to_rest();
}

void World::platform_answers(simulator::Fault fault)
{
    fault.path = send_path;
    fault.times = 1;
    if (fault.errcode && is_refusal(*fault.errcode))
        ++ordered_[*fault.errcode];
    platform_.add_fault(std::move(fault));
}

void World::platform_recovers()
{
    const auto withdraw = [this](simulator::Platform& platform) {
        for (const auto& fault : platform.faults.all())
            if (fault.errcode && is_refusal(*fault.errcode))
                --ordered_[*fault.errcode];
        platform.faults.clear();
    };
    platform_.with_platform(withdraw);
}

void World::advance(Milliseconds by)
{
    try {
        host_->advance(by);
    } catch (const channel::Error& error) {
        throw WorldError{error.text() + " The plugin says " + state_of_plugin()};
    }
}

void World::restart(Milliseconds down)
{
    const auto then = host_->now() + down;
    reader_.reset();
    host_->stop();
    host_.reset();
    platform_.advance(down);
    open(then);
}

// ---- what is seen ----

bool World::known_to_host(const Contact& contact)
{
    return reader_->find(line, contact.customer->name, contact.openid).has_value();
}

host::ConversationId World::conversation(const Contact& contact)
{
    const auto found = reader_->find(line, contact.customer->name, contact.openid);
    if (!found)
        throw WorldError{"the host does not know the contact " + contact.openid};
    return *found;
}

std::optional<host::Message> World::unfinished(const Contact& contact)
{
    if (!known_to_host(contact))
        return std::nullopt;
    for (auto& message : reader_->messages(conversation(contact), 0, all))
        if (message.from == host::Author::employee && !message.progress.is_final())
            return message;
    return std::nullopt;
}

Story World::story(const Contact& contact, host::EventId since)
{
    Story story{.contact = contact};
    story.phone = platform_.phone(contact.customer->app_id, contact.openid);
    const auto name_files = [&](simulator::Platform& platform) {
        for (auto& entry : story.phone)
            if (const auto* const media = platform.any_media(entry.media))
                entry.text = replay::name_in(media->bytes).value_or("a file that nobody sent");
    };
    platform_.with_platform(name_files);
    if (!known_to_host(contact))
        return story;
    const auto id = conversation(contact);
    story.kept = reader_->messages(id, 0, all);
    std::map<host::MessageId, std::string> client_ids;
    for (const auto& message : story.kept)
        client_ids[message.id] = message.client_id;
    for (const auto& event : reader_->events(since, all))
        if (event.conversation == id && event.type == host::Event::Type::state)
            story.states.push_back({client_ids[event.message], event.progress});
    return story;
}

std::vector<std::string> World::unordered_refusals()
{
    const auto standing =
        platform_.with_platform([](simulator::Platform& platform) { return platform.faults.all(); });
    if (!standing.empty())
        throw WorldError{"refusals are looked at when no fault stands"};
    std::vector<std::string> found;
    const auto look = [&](simulator::Platform& platform) {
        for (const auto& request : platform.requests()) {
            if (request.number <= read_ || request.path != send_path)
                continue;
            const auto errcode = errcode_in(request.answer);
            if (is_refusal(errcode) && --ordered_[errcode] < 0)
                found.push_back(request.body + " -> " + request.answer);
        }
        read_ = platform.requests_received();
    };
    platform_.with_platform(look);
    ordered_.clear();
    return found;
}

}  // namespace simulation
