#include "plugin/channel.hpp"

#include "engine/translate.hpp"
#include "plugin/inspect.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>
#include <thread>

namespace wechat::plugin {
namespace {

// Commands of the host that are not durable yet; at a commit's latency this many take well under a second.
constexpr std::size_t most_commands = 10'000;

channel::Level level_of(Level level)
{
    return static_cast<channel::Level>(level);
}

// The host's log takes fields as JSON; what must be hidden has been hidden by the fields' types.
Log log_to(channel::Host host)
{
    return Log{[host](Level level, std::string_view code, std::string_view text, Log::Fields fields) {
        boost::json::object object;
        for (const auto& field : fields)
            std::visit([&](const auto& value) { object[field.name] = value; }, field.value);
        host.log_json(level_of(level), code, text, boost::json::serialize(object));
    }};
}

bool has_errors(const std::vector<channel::Finding>& findings)
{
    return std::ranges::any_of(findings, [](const auto& f) { return f.level == channel::Level::error; });
}

channel::Error unknown_customer(std::string_view account)
{
    return channel::Error(
        channel::Status::refused,
        "unknown_customer",
        "no customer named " + std::string{account} + " is served"
    );
}

}  // namespace

WeChatChannel::WeChatChannel(channel::Host host, std::string_view) : host_(host) {}

WeChatChannel::Shared WeChatChannel::shared() const
{
    const std::lock_guard lock{mutex_};
    return shared_;
}

std::shared_ptr<Runtime> WeChatChannel::running() const
{
    auto runtime = shared().runtime;
    if (!runtime)
        throw channel::Error(channel::Status::state, "not_running", "the channel is not running");
    return runtime;
}

void WeChatChannel::configure(const channel::Settings& given, channel::Completion done)
{
    std::vector<channel::Finding> findings;
    const bool taken =
        given.mode == channel::Mode::apply ? apply(given, findings) : validate(given, findings);
    if (taken)
        done.ok(findings);
    else
        done.refuse(findings);
}

bool WeChatChannel::validate(const channel::Settings& given, std::vector<channel::Finding>& findings) const
{
    const auto settings = read_settings(given, findings);
    if (has_errors(findings))
        return false;
    auto loaded = load_customers(settings.customers, shared().customers);
    findings = std::move(loaded.findings);
    return loaded.any_taken;
}

bool WeChatChannel::apply(const channel::Settings& given, std::vector<channel::Finding>& findings)
{
    auto settings = read_settings(given, findings);
    if (has_errors(findings))
        return false;
    const auto in_force = shared();
    auto loaded = load_customers(settings.customers, in_force.customers);
    findings = std::move(loaded.findings);
    remember_faults(findings);
    if (!loaded.any_taken)
        return false;
    const auto directory = directory_of(loaded.customers);
    {
        const std::lock_guard lock{mutex_};
        shared_.customers = std::move(loaded.customers);
        shared_.directory = directory;
    }
    given_ = given;
    settings_ = std::move(settings);  // of a running channel, port and store are those of its next start
    if (in_force.runtime) {
        in_force.runtime->set_directory(directory);
        watch_files(*in_force.runtime);
    }
    return true;
}

void WeChatChannel::remember_faults(const std::vector<channel::Finding>& findings)
{
    const std::lock_guard lock{mutex_};
    shared_.faults.clear();
    std::ranges::copy_if(findings, std::back_inserter(shared_.faults), [](const auto& finding) {
        return finding.level == channel::Level::error;
    });
}

void WeChatChannel::watch_files(Runtime& runtime)
{
    std::set<std::filesystem::path> folders;
    for (const auto& file : settings_.customers)
        folders.insert(file.parent_path());
    // The lane has the settings; files may change while the host reconfigures.
    runtime.watch(std::move(folders), [this] { host_.post([this] { files_changed(); }); });
}

// What an operator sees of it is the log: nobody asked, so nobody waits for an answer.
void WeChatChannel::files_changed()
{
    std::vector<channel::Finding> findings;
    apply(given_, findings);
    const auto log = log_to(host_);
    for (const auto& finding : findings)
        if (finding.code != "unchanged")
            log(finding.level == channel::Level::error ? Level::error : Level::info,
                "customer_file_" + finding.code,
                finding.text,
                {{"file", finding.file}, {"line", finding.line}, {"column", finding.column}});
}

void WeChatChannel::start(channel::Completion done)
{
    auto runtime = std::make_shared<Runtime>(host_, settings_, shared().directory, log_to(host_));
    {
        const std::lock_guard lock{mutex_};
        shared_.runtime = runtime;
    }
    watch_files(*runtime);
    const auto end = std::make_shared<channel::Completion>(std::move(done));
    runtime->start([this, end, started_one = runtime.get()](const Result<void>& started) {
        if (started) {
            end->ok();
            return;
        }
        const channel::Error failure{
            channel::Status::unavailable,
            std::string{name_of(started.error().code)},
            describe(started.error())};
        const auto stopped = [this, end, failure] { end_run(std::move(*end), failure); };
        started_one->stop(std::chrono::milliseconds{0}, stopped);
    });
}

void WeChatChannel::stop(std::chrono::milliseconds grace, channel::Completion done)
{
    doctor_.reset();
    const auto runtime = shared().runtime;
    if (!runtime) {
        done.ok();
        return;
    }
    const auto end = std::make_shared<channel::Completion>(std::move(done));
    runtime->stop(grace, [this, end] { end_run(std::move(*end), std::nullopt); });
}

// The loop's thread cannot wait for itself: the lane does, and then nothing of the run is left.
void WeChatChannel::end_run(channel::Completion done, std::optional<channel::Error> failure)
{
    const auto end = std::make_shared<channel::Completion>(std::move(done));
    host_.post([this, end, failure = std::move(failure)] {
        doctor_.reset();  // one that began before a start that has failed
        std::shared_ptr<Runtime> runtime;
        {
            const std::lock_guard lock{mutex_};
            runtime = std::exchange(shared_.runtime, nullptr);
        }
        // Whoever looks at it from another thread holds it for the length of one answer.
        while (runtime.use_count() > 1)
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        runtime.reset();
        if (failure)
            end->fail(*failure);
        else
            end->ok();
    });
}

engine::Directory::Found WeChatChannel::served(std::string_view account) const
{
    auto found = shared().directory->named(account);
    if (!found)
        throw unknown_customer(account);
    return found;
}

channel::Capability WeChatChannel::check(const channel::Message& message) const
{
    const auto view = shared();
    const auto account = view.directory->named(message.account);
    if (!view.runtime || !account)
        throw unknown_customer(message.account);
    const auto found = view.runtime->store().peek({account->app_id, OpenId{message.contact}});
    if (!found)
        throw channel::Error(channel::Status::unavailable, "store", describe(found.error()));
    const auto input = engine::input_of(message, *account);
    auto asked = std::get<policy::EmployeeSent>(input.event).message;
    if (!message.content)
        asked.bytes = 1;  // abi.h: what would a text do?
    return engine::to_channel(
        policy::capability(*account->rules, found->value_or(policy::Conversation{}), asked, now())
    );
}

void WeChatChannel::send(const channel::Message& message)
{
    const auto runtime = running();
    if (runtime->commands_waiting() >= most_commands)
        throw channel::Error(
            channel::Status::busy, "busy", "the store is behind", std::chrono::milliseconds{200}
        );
    const auto account = served(message.account);
    runtime->command({account->app_id, OpenId{message.contact}}, engine::input_of(message, *account));
}

void WeChatChannel::cancel(std::string_view client_id)
{
    running()->cancel(std::string{client_id});
}

void WeChatChannel::settle(channel::Token token, channel::Outcome outcome)
{
    if (const auto runtime = shared().runtime)
        runtime->settle(token, outcome);
}

void WeChatChannel::participants(
    std::string_view account,
    std::string_view contact,
    std::span<const channel::Participant> participants,
    channel::Completion done
)
{
    policy::ParticipantsSet event;
    for (const auto& participant : participants)
        event.participants.emplace_back(participant.id);
    engine::Input input;
    input.event = std::move(event);
    const auto end = std::make_shared<channel::Completion>(std::move(done));
    const store::Key key{served(account)->app_id, OpenId{std::string{contact}}};
    running()->command(key, std::move(input), [end](bool durable) {
        if (durable)
            end->ok();
        else
            end->fail(channel::Error(channel::Status::state, "stopping", "the run ends; ask again"));
    });
}

void WeChatChannel::invite(const channel::Invitation& invitation, channel::Completion done)
{
    running()->invite(served(invitation.account)->app_id, invitation, std::move(done));
}

void WeChatChannel::typing(std::string_view account, std::string_view contact, bool on)
{
    running()->typing({served(account)->app_id, OpenId{std::string{contact}}}, on);
}

void WeChatChannel::examine(channel::Completion done)
{
    if (doctor_ && !doctor_->ended())
        throw channel::Error(
            channel::Status::busy, "busy", "an examination is under way", std::chrono::seconds{1}
        );
    const auto view = shared();
    std::vector<Patient> patients;
    for (const auto& [file, account] : view.customers) {
        patients.push_back({.account = account, .file = file, .endpoint = settings_.webhook});
        if (view.runtime)
            patients.back().endpoint.port = view.runtime->port();
    }
    auto busy = view.runtime ? view.runtime->busy().begin() : Busy::Work();
    doctor_ = std::make_unique<Doctor>(host_, std::move(patients), Patience(), std::move(busy), std::move(done));
}

std::string WeChatChannel::inspect(std::string_view topic) const
{
    constexpr std::string_view conversation = "conversation:";
    const auto view = shared();
    if (topic == "health")
        return health_json(view.runtime.get());
    if (topic == "state")
        return state_json(view.runtime.get());
    if (topic == "config")
        return config_json(view.customers);
    if (topic == "faults")
        return faults_json(view.faults);
    if (topic == "capabilities")
        return capabilities_json(description.capabilities, view.customers);
    if (topic == "metrics")
        return metrics_text(view.runtime.get());
    if (topic == "texts")
        return texts_json(view.customers);
    if (topic.starts_with(conversation))
        return conversation_json(
            view.runtime.get(), view.customers, topic.substr(conversation.size()), now()
        );
    throw channel::unknown_topic(topic);
}

Time WeChatChannel::now() const
{
    return from_milliseconds(host_.now().time_since_epoch().count());
}

}  // namespace wechat::plugin
