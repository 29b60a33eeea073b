#include "stage.hpp"

#include <fstream>
#include <thread>

namespace conformance {
namespace {

constexpr std::chrono::seconds operation_within{12}, stop_within{10};
constexpr std::chrono::milliseconds still_before_a_jump{80}, last_chance{1000};
constexpr int most_stirs = 20;

/// Goes on from where a run that has ended was, because a host's clock never goes back.
channel::Time first_moment(const std::filesystem::path& file)
{
    auto now = std::chrono::time_point_cast<channel::Milliseconds>(std::chrono::system_clock::now());
    std::int64_t last = 0;
    if (std::ifstream(file) >> last)
        now = std::max(now, channel::Time(channel::Milliseconds(last)));
    return now;
}

std::string name_of(const Provider* provider)
{
    return provider == nullptr ? "one" : provider->name();
}

}  // namespace

Stage::Stage(const Setup& setup, Provider* provider, Ledger ledger)
    : Stage(setup, provider, Loaded(setup.plugin).plugin(), std::move(ledger))
{}

Stage::Stage(const Setup& setup, Provider* provider, const channel_plugin& plugin, Ledger ledger)
    : provider_(provider),
      clock_file_(setup.folder / "clock"),
      plugin_(Between::around<Wire>(plugin)),
      clock_(first_moment(clock_file_)),
      lane_(clock_, channel::Lane::Mode::manual),
      host_(lane_, std::move(ledger))
{
    host_.settle = [this](channel::Token token, channel::Outcome outcome) {
        if (instance_)
            instance_->settle(token, outcome);
    };
    instance_.emplace(plugin_, name_of(provider), host_, channel::Instance::Options{});
    if (provider_ != nullptr)
        provider_->clock(clock_.now());
}

Stage::~Stage()
{
    if (!instance_)
        return;
    const auto phase = instance_->phase();
    try {
        if (phase == channel::Phase::running || phase == channel::Phase::starting)
            (void)ended([&](channel::Done done) { instance_->stop({}, std::move(done)); }, stop_within);
    } catch (const channel::Error&) {
        // The check has said what it had to say.
    }
}

std::optional<channel::Result>
Stage::ended(const std::function<void(channel::Done)>& call, channel::Milliseconds limit)
{
    const auto result =
        std::make_shared<std::optional<channel::Result>>();  // the end may come after we have left
    try {
        call([result](const channel::Result& end) { *result = end; });
    } catch (const channel::Error& error) {
        return channel::Result{
            error.status(),
            "{\"code\":" + channel::json_quoted(error.code())
                + ",\"text\":" + channel::json_quoted(error.text()) + "}"};
    }
    lane_.run_until([&] { return result->has_value(); }, limit);
    return *result;
}

channel::Result Stage::configure(const channel::Settings& settings)
{
    const auto result =
        ended([&](channel::Done done) { instance_->configure(settings, std::move(done)); }, operation_within);
    want(result.has_value(), "configure does not complete");
    return *result;
}

channel::Result Stage::configure(channel::Mode mode)
{
    return configure(provider_->settings(mode));
}

channel::Result Stage::start()
{
    const auto result =
        ended([&](channel::Done done) { instance_->start(std::move(done)); }, operation_within);
    want(result.has_value(), "start does not complete");
    if (*result && provider_ != nullptr)
        provider_->running(instance_->inspect("state"));
    return *result;
}

channel::Result Stage::stop(channel::Milliseconds grace)
{
    const auto result =
        ended([&](channel::Done done) { instance_->stop(grace, std::move(done)); }, operation_within);
    want(result.has_value(), "stop does not complete");
    return *result;
}

void Stage::run()
{
    const auto configured = configure();
    want(bool(configured), "configure gives " + configured.json);
    const auto started = start();
    want(bool(started), "start gives " + started.json);
    for (std::size_t i = 0; i < provider_->contacts(); ++i)
        open(i);
    rest();
}

void Stage::open(std::size_t contact)
{
    ask("open", {{"contact", provider_->contact(contact)}});
    if (instance_->extension(CHANNEL_PARTICIPANTS) == nullptr)
        return;
    const channel::Participant ana{"ana", "Ana"};
    const auto set = ended(
        [&](channel::Done done) {
            instance_->participants(
                provider_->account(), provider_->contact(contact), std::span(&ana, 1), std::move(done)
            );
        },
        operation_within
    );
    want(set && bool(*set), "it does not take a conversation's participants");
}

void Stage::restart()
{
    want_good(stop(), "stop fails");
    const auto started = start();
    want(bool(started), "start after stop gives " + started.json);
    rest();
}

std::optional<channel::Error> Stage::send(const channel::Message& message)
{
    host_.moment("before a message is durable");
    host_.ledger().add(message);
    host_.moment("before send");
    try {
        instance_->send(message);
    } catch (const channel::Error& error) {
        return error;
    }
    host_.moment("after send");
    return std::nullopt;
}

std::optional<channel::Error>
Stage::send(const std::string& client_id, const std::string& text, std::size_t contact)
{
    return send(Provider::message(client_id, *provider_, text, contact));
}

bool Stage::is(const std::string& client_id, channel::State state) const
{
    return host_.state_of(client_id) == state;
}

bool Stage::concluded(const std::string& client_id) const
{
    const auto state = host_.state_of(client_id);
    return state && *state >= channel::State::sent;
}

void Stage::expect_sent(const std::string& client_id)
{
    until([&] { return concluded(client_id); });
    const auto state = host_.state_of(client_id);
    want(state.has_value(), "message " + client_id + " should be sent, but is never reported");
    const auto* const report = host_.ledger().find(client_id)->last();
    const auto why =
        report->reason.empty() ? std::string() : " (" + report->reason + ": " + report->text + ")";
    want(
        *state >= channel::State::sent && *state <= channel::State::read,
        "message " + client_id + " should be sent, but is " + std::string(channel::name_of(*state)) + why
    );
}

bool Stage::quiet() const
{
    if (!lane_.idle())
        return false;
    if (!instance_ || !channel::alive(instance_->phase()))
        return true;
    return instance_->busy().value_or(0) == 0;
}

// Whether nothing has come from the channel for a while, in real time: what is on its way through a socket or a
// directory is seen by nobody.
Stage::Condition Stage::still(std::chrono::milliseconds real) const
{
    struct Since {
        std::uint64_t calls;
        std::chrono::steady_clock::time_point moment;
    };
    const auto since =
        std::make_shared<Since>(Since{Wire::ears().calls_of_host, std::chrono::steady_clock::now()});
    return [since, real] {
        const auto now = std::chrono::steady_clock::now();
        if (const auto calls = Wire::ears().calls_of_host.load(); calls != since->calls)
            *since = {calls, now};
        return now - since->moment >= real;
    };
}

bool Stage::until(const Condition& condition, channel::Milliseconds within)
{
    const auto limit = clock_.now() + within;
    for (;;) {
        if (run_until_still(condition) || stirred(condition))
            return true;
        const auto next = lane_.next_due();
        if (!next || *next > limit)
            return lane_.run_until(condition, last_chance);
        move_to(*next);
    }
}

bool Stage::run_until_still(const Condition& condition)
{
    const auto still_now = still(still_before_a_jump);
    const auto done = [&] { return condition() || (still_now() && quiet()); };
    lane_.run_until(done, std::chrono::seconds{8});
    return condition();
}

// A provider that is slow because its machine is must not look like one that says nothing: it is asked for what it
// has, and what it says thereupon is waited for.
bool Stage::stirred(const Condition& condition)
{
    if (provider_ == nullptr || !provider_->answers_apart())
        return false;
    for (int round = 0; round < most_stirs; ++round) {
        const auto calls = Wire::ears().calls_of_host.load();
        (void)provider_->got();
        if (run_until_still(condition))
            return true;
        if (Wire::ears().calls_of_host == calls)
            return false;
    }
    return false;
}

void Stage::move_to(channel::Time time)
{
    clock_.advance_to(time);
    std::ofstream(clock_file_) << clock_.now().time_since_epoch().count();
    if (provider_ != nullptr)
        provider_->clock(clock_.now());
    lane_.run_until_idle();
}

void Stage::advance(channel::Milliseconds by)
{
    const auto target = clock_.now() + by;
    for (;;) {
        want(rest(), "it does not come to rest: \"busy\" stays above 0");
        const auto next = lane_.next_due();
        if (!next || *next > target)
            break;
        move_to(*next);
    }
    move_to(target);
    want(rest(), "it does not come to rest: \"busy\" stays above 0");
}

void Stage::jump(channel::Milliseconds by)
{
    move_to(clock_.now() + by);
    rest();
}

bool Stage::rest(channel::Milliseconds limit)
{
    return lane_.run_until([this] { return quiet(); }, limit);
}

void Stage::watch(channel::Milliseconds real)
{
    lane_.run_until([] { return false; }, real);
}

bool Stage::soon(const Condition& condition, channel::Milliseconds limit)
{
    return lane_.run_until(condition, limit);
}

boost::json::object Stage::ask(std::string_view verb, boost::json::object fields)
{
    return provider_->ask(verb, std::move(fields), [this](const Condition& done) {
        return lane_.run_until(done, std::chrono::seconds{16});
    });
}

boost::json::object Stage::write(const std::string& text, std::size_t contact)
{
    return ask("write", {{"contact", provider_->contact(contact)}, {"text", text}});
}

bool Stage::received(const std::string& text)
{
    for (const auto& item : host_.ledger().received())
        if (item.content && item.content->text == text)
            return true;
    return false;
}

}  // namespace conformance
