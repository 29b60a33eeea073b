#include "replay/stage.hpp"

#include "replay/account.hpp"
#include "replay/arrangement.hpp"
#include "replay/medium.hpp"

#include "store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <future>
#include <iterator>
#include <utility>

namespace replay {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto line = "wechat";  // the channel's id in the host
constexpr auto send_path = "/cgi-bin/message/custom/send";
// Real time. A fault that loses an answer closes the connection, so nothing that goes well comes near it.
constexpr std::chrono::milliseconds patience = 10s;
constexpr std::chrono::milliseconds glance = 1ms;
constexpr std::int64_t all_events = 1'000'000;

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
        throw StageError{"cannot write " + file.string()};
}

std::string read(const fs::path& file)
{
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string settings(const fs::path& folder)
{
    json::object object;
    object["listen"] = "127.0.0.1:0";
    object["store"] = (folder / "wechat.sqlite").string();
    object["customers"] = json::array{json::value((folder / "replay.yaml").string())};
    return json::serialize(object);
}

json::object parsed(const std::string& text)
{
    json::error_code broken;
    const auto value = json::parse(text, broken);
    return !broken && value.is_object() ? value.get_object() : json::object{};
}

std::string text_in(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains(name);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

// What somebody said: a text as it reads, a file by its name.
void put(std::string medium, std::string text, const std::string& bytes, Happening& happening)
{
    happening.medium = std::move(medium);
    happening.what = bytes.empty() ? std::move(text) : name_in(bytes).value_or("a file that nobody sent");
}

}  // namespace

Stage::Stage(const Scenario& scenario, const fs::path& plugin) : platform_(simulator_options())
{
    write(folder_.path() / "replay.yaml", account::customer_file(scenario, platform_.url()));
    config_.base_dir = folder_.path();
    config_.clock = host::ClockKind::manual;
    config_.store = folder_.path() / "host.sqlite";
    config_.media = folder_.path() / "media";
    config_.channels = {{.id = line, .library = plugin, .settings = settings(folder_.path())}};
    config_.routing.otherwise = scenario.participants;
    make_conversation();
    // A full hour some time ahead: whole seconds, as CreateTime has them, and later than any clock of a host that is
    // made anew during the run.
    start_ = std::chrono::ceil<std::chrono::hours>(std::chrono::system_clock::now()) + 1h;
    platform_.set_time(start_);
    open(start_);
}

// Employees may write to somebody who has never written (O1): the host has him before he says anything.
void Stage::make_conversation()
{
    host::Store store{config_.store};
    store.run_now([&](host::Records& records) { records.add_channel(line); });
    store.run_now([&](host::Records& records) {
        conversation_ = records.conversation(line, account::customer, account::contact).id;
    });
}

void Stage::open(channel::Time now)
{
    try {
        host_ = std::make_unique<host::Host>(config_, host::Log{channel::Level::error});
        host_->advance(now - host_->now());
        host_->start();
        host_->before_advance([this](channel::Milliseconds by) { platform_.advance(by); });
    } catch (const std::exception& error) {
        throw StageError{error.what()};
    }
    reader_.emplace(host_->store_file());
    const auto state = parsed(state_of_plugin());
    const auto* const port = state.if_contains("port");
    if (!port || !port->is_number())
        throw StageError{"the plugin does not say on which port it listens"};
    const auto callback_url =
        "http://127.0.0.1:" + std::to_string(port->to_number<std::uint16_t>()) + "/wechat/" + account::customer;
    simulator::Account account{
        .app_id = account::app_id,
        .app_secret = account::app_secret,
        .token = account::token,
        .encoding_aes_key = account::encoding_aes_key,
        .callback_url = callback_url,
        .original_id = account::original_id,
    };
    auto verified = std::async(std::launch::async, [&] { return platform_.put(std::move(account)); });
    while (verified.wait_for(glance) != std::future_status::ready)
        come_to_rest();
    if (!verified.get())
        throw StageError{"the plugin does not answer the platform's check of " + callback_url};
    come_to_rest();
}

// ---- time ----

Milliseconds Stage::since_start(channel::Time time) const { return time - start_; }

std::string Stage::state_of_plugin() const
{
    try {
        return host_->inspect(line, "state");
    } catch (const channel::Error& error) {
        return error.text();
    }
}

void Stage::come_to_rest()
{
    if (!host_->run_until_idle(patience))
        throw StageError{"still busy after 10 s: the plugin says " + state_of_plugin()};
}

void Stage::advance_to(Milliseconds since)
{
    try {
        host_->advance(start_ + since - host_->now());
    } catch (const channel::Error& error) {
        throw StageError{error.text() + " The plugin says " + state_of_plugin()};
    }
}

// ---- acts ----

void Stage::perform(const Act& act)
{
    std::visit([this](const auto& what) { on(what); }, act);
    come_to_rest();
}

// The platform waits for the plugin's answer, and the plugin may wait for its lane, which runs here.
void Stage::deliver(const std::function<simulator::Delivered()>& callback)
{
    auto delivered = std::async(std::launch::async, callback);
    while (delivered.wait_for(glance) != std::future_status::ready)
        come_to_rest();
    const auto what = delivered.get();
    if (what.answered != simulator::Answered::success && what.answered != simulator::Answered::reply)
        throw StageError{"the plugin did not take the platform's callback in " + std::to_string(what.deliveries) + " deliveries"};
}

void Stage::on(const ContactSays& act)
{
    simulator::Saying saying;
    saying.content.kind = wechat::kind_named(act.medium);
    saying.menu_id = act.menu_message;
    (act.medium == "text" ? saying.content.text : saying.file) =
        act.medium == "text" ? act.what : bytes_of(act.medium, act.what);
    deliver([&] { return platform_.contact_sends(account::app_id, account::contact, saying); });
}

void Stage::on(const ContactFollows& act)
{
    deliver([&] { return platform_.contact_follows(account::app_id, account::contact, act.scene); });
}

void Stage::on(const ContactUnfollows&)
{
    deliver([&] { return platform_.contact_unfollows(account::app_id, account::contact); });
}

void Stage::on(const ContactScans& act)
{
    deliver([&] { return platform_.contact_scans(account::app_id, account::contact, act.scene); });
}

void Stage::on(const ContactClicks& act)
{
    deliver([&] { return platform_.contact_clicks_menu(account::app_id, account::contact, act.key); });
}

void Stage::on(const EmployeeSends& act)
{
    host::Draft draft{.employee = act.name, .client_id = act.id, .content = {.kind = act.medium}};
    if (act.medium == "text") {
        draft.content.text = act.what;
    } else {
        const auto file = folder_.path() / (act.id + std::string{extension_of(act.medium)});
        write(file, bytes_of(act.medium, act.what));
        draft.content.path = file.string();
        draft.content.name = file.filename().string();
        draft.content.mime = mime_of(act.medium);
        draft.content.bytes = fs::file_size(file);
    }
    host_->send(conversation_, std::move(draft), [](const auto&) {}, nullptr);
}

void Stage::on(const EmployeeCancels& act)
{
    host_->cancel(conversation_, act.id, [](const auto&) {});
}

void Stage::on(const ParticipantsChange& act)
{
    auto all = reader_->conversation(conversation_)->participants;
    for (const auto& name : act.add)
        if (std::ranges::find(all, name) == all.end())
            all.push_back(name);
    for (const auto& name : act.remove)
        std::erase(all, name);
    host_->set_participants(conversation_, std::move(all), [](const auto&) {});
}

void Stage::on(const PlatformAnswers& act)
{
    using Kind = PlatformAnswers::Kind;
    if (act.kind == Kind::errcode && act.errcode == 0)
        return platform_.clear_faults(send_path);
    simulator::Fault fault{.path = send_path, .times = act.times};
    if (act.kind == Kind::errcode)
        fault.errcode = act.errcode;
    else if (act.kind == Kind::unavailable)
        fault.http_status = 503;
    else
        fault.timeout = simulator::Fault::Timeout::after_write;
    platform_.add_fault(fault);
}

void Stage::on(const Restart& act)
{
    const auto then = host_->now() + act.down;
    reader_.reset();
    host_->stop();
    host_.reset();
    platform_.advance(act.down);
    open(then);
}

// ---- what happened ----

std::vector<Happening> Stage::happened() { return arranged(kept_by_host(), shown_on_phone()); }

Happening Stage::from_host(const host::Message& message) const
{
    Happening happening;
    happening.at = since_start(message.at);
    const auto bytes = message.media.empty() ? std::string{} : read(config_.media / message.media);
    put(message.kind, message.text, bytes, happening);
    happening.kind = Entry::Kind::to_employees;
    if (message.from == host::Author::contact && message.kind != "event")
        return happening;
    happening.medium = "text";
    if (message.from == host::Author::contact) {
        const auto data = parsed(message.data);
        happening.kind = Entry::Kind::event;
        happening.name = message.key;
        happening.what = text_in(data, message.key == "menu" ? "key" : "scene");
        return happening;
    }
    if (message.from == host::Author::channel_to_contact)
        happening.kind = Entry::Kind::to_contact;
    happening.automatic = message.key;
    happening.silent = message.text.empty();
    return happening;
}

std::vector<Happening> Stage::kept_by_host()
{
    std::vector<Happening> all;
    for (const auto& event : reader_->events(last_event_, all_events)) {
        last_event_ = event.id;
        if (event.type == host::Event::Type::conversation)
            continue;
        const auto message = reader_->message(event.message);
        if (!message)
            throw StageError{"the host logged an event of a message that it does not have"};
        if (event.type == host::Event::Type::message) {
            if (message->from != host::Author::employee)
                all.push_back(from_host(*message));
            continue;
        }
        const auto& progress = event.progress;
        if (progress.state == host::pending || progress.state == CHANNEL_ACCEPTED)
            continue;
        Happening happening;
        happening.kind = Entry::Kind::state;
        happening.at = since_start(event.at);
        happening.name = message->client_id;
        happening.what = host::state_name(progress.state);
        happening.reason = progress.reason;
        happening.why = progress.text;
        all.push_back(std::move(happening));
    }
    return all;
}

Happening Stage::from_phone(const simulator::PhoneEntry& entry)
{
    std::string bytes;
    if (!entry.media.empty())
        bytes = platform_.with_platform([&](simulator::Platform& platform) {
            const auto* const media = platform.any_media(entry.media);
            return media ? media->bytes : std::string{};
        });
    Happening happening;
    happening.at = since_start(entry.at);
    put(entry.kind, entry.text, bytes, happening);
    return happening;
}

std::vector<Happening> Stage::shown_on_phone()
{
    std::vector<Happening> all;
    const auto phone = platform_.phone(account::app_id, account::contact);
    for (; shown_ < phone.size(); ++shown_)
        if (phone[shown_].from != simulator::PhoneEntry::From::contact)
            all.push_back(from_phone(phone[shown_]));
    return all;
}

}  // namespace replay
