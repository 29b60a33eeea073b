#include "host.hpp"

#include "line.hpp"
#include "media.hpp"
#include "metrics.hpp"
#include "public_ids.hpp"
#include "reloads.hpp"
#include "store.hpp"
#include "waiters.hpp"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

namespace host {
namespace {

using namespace std::chrono_literals;

// plugin-api 3.7: a [control] call has 1 s, and what it starts needs time of its own, sockets and all.
constexpr channel::Milliseconds operation_patience = 30s;
constexpr channel::Milliseconds beyond_grace = 5s;
constexpr auto glance = 1ms;

channel::Settings settings_of(const ChannelConfig& channel, const Config& config)
{
    return {.mode = channel::Mode::apply, .json = channel.settings, .base_dir = config.base_dir.string()};
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

Problem unknown_conversation() { return {"unknown_conversation", "There is no such conversation."}; }
Problem unavailable(const std::string& why) { return {"unavailable", "The host cannot store: " + why}; }

}  // namespace

/// What a host is made of, in the order in which the parts outlive each other.
struct Host::Parts {
    /// A clock, the lane on it, and the channel on the lane.
    struct Running {
        std::unique_ptr<channel::Lane> lane;
        std::unique_ptr<Line> line;
    };

    Parts(Config config_, Log log_) : config(std::move(config_)), log(log_)
    {
        if (config.clock == ClockKind::manual)
            clock.emplace(std::chrono::floor<channel::Milliseconds>(std::chrono::system_clock::now()));
        else
            clock.emplace();
    }

    ~Parts()
    {
        for (const auto& running : channels)
            running.line->shut();
        if (black_box)
            black_box->clear();
        store.reset();  // what it still does is told to lines that are shut
    }

    void load(const ChannelConfig& channel, std::vector<std::string>& faults);
    [[nodiscard]] Line* line(std::string_view id) const;
    [[nodiscard]] bool quiet() const;
    [[nodiscard]] std::uint64_t activity() const;

    const Config config;
    const Log log;
    std::optional<channel::Clock> clock;
    std::unique_ptr<Store> store;
    std::optional<BlackBox> black_box;
    Waiters waiters;
    std::vector<Running> channels;
    std::function<void(channel::Milliseconds)> before_advance;
    std::atomic<bool> started = false;
};

void Host::Parts::load(const ChannelConfig& channel, std::vector<std::string>& faults)
{
    try {
        const auto mode = config.clock == ClockKind::manual ? channel::Lane::Mode::manual : channel::Lane::Mode::threaded;
        const auto number = channels.size();
        black_box->name(number, channel.id);
        black_box->note(number, "load");
        auto library =
            channel.linked ? channel::Library::linked(*channel.linked) : channel::Library::load(channel.library);
        log(channel::Level::info, "channel_loaded", library.name(),
            {{"channel", channel.id},
             {"type", std::string{library.type()}},
             {"version", std::string{library.version()}},
             {"toolchain", std::string{library.toolchain()}}});
        Running running;
        running.lane = std::make_unique<channel::Lane>(*clock, mode);
        const auto progressed = [this](const Message& message) { waiters.tell(message); };
        Line::World world{*store, config, log, *black_box, number, progressed};
        running.line = std::make_unique<Line>(channel, *running.lane, std::move(library), std::move(world));
        auto& line = *running.line;
        channels.push_back(std::move(running));
        const auto configure = [&](channel::Instance& instance, const channel::Done& done) {
            instance.configure(settings_of(channel, config), done);
        };
        const auto result = line.operation(configure, operation_patience);
        for (const auto& error : errors_in(result)) {
            log(channel::Level::error, "channel_settings", error, {{"channel", channel.id}});
            if (!result)
                faults.push_back(channel.id + ": " + error);
        }
    } catch (const channel::Error& error) {
        faults.push_back(channel.id + ": " + error.text());
    }
}

Line* Host::Parts::line(std::string_view id) const
{
    for (const auto& running : channels) {
        if (running.line->id() == id)
            return running.line.get();
    }
    return nullptr;
}

std::uint64_t Host::Parts::activity() const
{
    std::uint64_t sum = store->commits();
    for (const auto& running : channels) {
        const auto& counters = running.line->counters();
        sum += counters.offers + counters.reports + counters.posts;
    }
    return sum;
}

bool Host::Parts::quiet() const
{
    const auto is_quiet = [](const Running& running) {
        const auto& instance = running.line->instance();
        return running.lane->idle() && instance.open_tokens() == 0
            && (!channel::alive(instance.phase()) || instance.busy().value_or(0) == 0);
    };
    return store->waiting() == 0 && std::ranges::all_of(channels, is_quiet);
}

Host::Host(Config config, Log log) : parts_(std::make_unique<Parts>(std::move(config), log))
{
    auto& parts = *parts_;
    try {
        parts.store = std::make_unique<Store>(parts.config.store);
        parts.store->run_now([&](Records& records) {
            for (const auto& channel : parts.config.channels)
                records.add_channel(channel.id);
        });
    } catch (const DatabaseError& error) {
        throw SetupError{"store: " + std::string{error.what()}};
    }
    parts.black_box.emplace(parts.config.store.string() + ".calls");
    for (const auto& call : parts.black_box->last_run())
        parts.log(channel::Level::warning, "last_run_crashed", "the last call into " + call);
    std::vector<std::string> faults;
    for (const auto& channel : parts.config.channels)
        parts.load(channel, faults);
    if (!faults.empty())
        throw SetupError{joined(faults)};
}

Host::~Host() { stop(); }

void Host::start()
{
    auto& parts = *parts_;
    parts.started = true;
    std::vector<std::string> faults;
    for (const auto& running : parts.channels) {
        const auto begin = [](channel::Instance& instance, const channel::Done& done) { instance.start(done); };
        const auto result = running.line->operation(begin, operation_patience);
        if (result) {
            running.line->resume();
            parts.log(channel::Level::info, "channel_started", "running", {{"channel", running.line->id()}});
            continue;
        }
        for (const auto& error : errors_in(result))
            faults.push_back(running.line->id() + ": " + error);
    }
    if (faults.empty())
        return;
    stop();
    throw SetupError{joined(faults)};
}

void Host::stop(std::chrono::milliseconds grace)
{
    auto& parts = *parts_;
    if (!parts.started.exchange(false))
        return;
    const auto stop_one = [&](const Parts::Running& running) {
        if (running.line->instance().phase() != channel::Phase::running
            && running.line->instance().phase() != channel::Phase::starting)
            return;
        const auto end = [grace](channel::Instance& instance, const channel::Done& done) {
            instance.stop(grace, done);
        };
        const auto result = running.line->operation(end, grace + beyond_grace);
        parts.log(
            result ? channel::Level::info : channel::Level::error, "channel_stopped",
            result ? "stopped" : "did not stop: " + result.json, {{"channel", running.line->id()}}
        );
    };
    if (parts.config.clock == ClockKind::manual) {
        std::ranges::for_each(parts.channels, stop_one);
        return;
    }
    std::vector<std::thread> stopping;  // together: the grace is one grace
    for (const auto& running : parts.channels)
        stopping.emplace_back([&] { stop_one(running); });
    for (auto& thread : stopping)
        thread.join();
}

void Host::send(ConversationId conversation, Draft draft, Progressed kept, Progressed receipt)
{
    struct Sent {
        std::optional<Conversation> conversation;
        Message message;
        bool is_new = false;
    };
    const auto result = std::make_shared<Sent>();  // shared by the work and what follows it
    const auto work = [&parts = *parts_, conversation, draft = std::move(draft), result, now = now()](Records& records) {
        *result = {};
        result->conversation = records.conversation(conversation);
        if (!result->conversation)
            return;
        auto& message = result->message;
        message = {
            .conversation = conversation,
            .from = Author::employee,
            .employee = draft.employee,
            .client_id = draft.client_id,
            .kind = draft.content.kind,
            .text = draft.content.text,
            .mime = draft.content.mime,
            .name = draft.content.name,
            .data = draft.content.data,
            .at = now,
        };
        if (const auto known = records.outgoing(conversation, draft.client_id)) {
            message = *known;
            return;
        }
        if (!draft.content.path.empty()) {
            const auto owner = contract_id(records.store_id(), conversation, draft.client_id);
            message.media = keep_file(parts.config.media, owner, draft.content.path);
        }
        message.id = records.add_outgoing(message);
        result->is_new = true;
        result->conversation->unread = 0;
        result->conversation->last_at = std::max(result->conversation->last_at, now);
        records.save(*result->conversation);
        records.log_message(message);
    };
    const auto done = [&parts = *parts_, result, kept = std::move(kept),
                       receipt = std::move(receipt)](const std::string& fault) {
        if (!fault.empty())
            return kept(unavailable(fault));
        if (!result->conversation)
            return kept(unknown_conversation());
        const auto& message = result->message;
        if (message.progress.state == pending && receipt)
            parts.waiters.add(message.id, Waiters::Until::first_report, receipt);
        kept(message);
        auto* const line = parts.line(result->conversation->channel);
        if (result->is_new && line)
            line->send(message, *result->conversation, false);
    };
    parts_->store->run(work, done);
}

void Host::cancel(ConversationId conversation, std::string client_id, Progressed ended)
{
    struct Found {
        std::optional<Conversation> conversation;
        std::optional<Message> message;
    };
    const auto found = std::make_shared<Found>();  // shared by the work and what follows it
    const auto work = [conversation, client_id = std::move(client_id), found](Records& records) {
        *found = {records.conversation(conversation), records.outgoing(conversation, client_id)};
        if (found->message && !found->message->progress.is_final())
            records.set_cancelling(found->message->id, true);
    };
    const auto done = [&parts = *parts_, found, ended = std::move(ended)](const std::string& fault) {
        if (!fault.empty())
            return ended(unavailable(fault));
        if (!found->conversation)
            return ended(unknown_conversation());
        if (!found->message)
            return ended(Problem{"unknown_message", "There is no message with this client_id."});
        if (found->message->progress.is_final())
            return ended(*found->message);
        parts.waiters.add(found->message->id, Waiters::Until::final_state, ended);
        if (auto* const line = parts.line(found->conversation->channel))
            line->cancel(*found->message, *found->conversation);
    };
    parts_->store->run(work, done);
}

void Host::set_participants(ConversationId conversation, Employees participants, Kept kept)
{
    const auto changed = std::make_shared<std::optional<Conversation>>();  // shared by the work and what follows it
    const auto work = [conversation, participants = std::move(participants), changed, now = now()](Records& records) {
        *changed = records.conversation(conversation);
        if (!*changed)
            return;
        (*changed)->participants = participants;
        ++(*changed)->participants_due;
        (*changed)->unread = 0;
        records.save(**changed);
        records.log_conversation(conversation, now);
    };
    const auto done = [&parts = *parts_, changed, kept = std::move(kept)](const std::string& fault) {
        if (!fault.empty())
            return kept(unavailable(fault));
        if (!*changed)
            return kept(unknown_conversation());
        kept(std::nullopt);
        if (auto* const line = parts.line((*changed)->channel))
            line->tell_participants(**changed);
    };
    parts_->store->run(work, done);
}

channel::Capability Host::check(const Conversation& conversation, const Draft& draft) const
{
    const auto* const line = parts_->line(conversation.channel);
    if (!line)
        throw channel::Error{channel::Status::unavailable, "unknown_channel", "This channel is not running."};
    channel::Message message{
        .client_id = draft.client_id,
        .account = conversation.customer,
        .contact = conversation.contact,
        .sender = draft.employee,
    };
    if (draft.content.kind != "text" || !draft.content.text.empty())
        message.content = draft.content;
    return line->instance().check(message);
}

channel::Time Host::now() const { return parts_->clock->now(); }

void Host::before_advance(std::function<void(channel::Milliseconds)> call)
{
    parts_->before_advance = std::move(call);
}

void Host::advance(channel::Milliseconds by)
{
    auto& parts = *parts_;
    if (parts.config.clock == ClockKind::system)
        throw channel::Error{channel::Status::unsupported, "clock_not_adjustable", "The clock is the system's."};
    const auto still_busy = channel::Error{
        channel::Status::unavailable, "still_busy", "The channels are still at work; the clock has not moved on."
    };
    const auto move_to = [&](channel::Time time) {
        const auto step = time - now();
        if (step <= 0ms)
            return;
        if (parts.before_advance)
            parts.before_advance(step);
        parts.clock->advance(step);
    };
    const auto end = now() + by;
    while (true) {
        if (!run_until_idle())
            throw still_busy;
        auto next = end;
        for (const auto& running : parts.channels)
            next = std::min(next, running.lane->next_due().value_or(end));
        move_to(next);
        if (next >= end)
            break;
    }
    if (!run_until_idle())
        throw still_busy;
}

bool Host::run_until_idle(std::chrono::milliseconds patience)
{
    auto& parts = *parts_;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        if (parts.config.clock == ClockKind::manual) {
            for (const auto& running : parts.channels)
                running.lane->run_until_idle();
        }
        // Two looks, and nothing in between: what one part hands to another cannot slip past both.
        const auto before = parts.activity();
        if (parts.quiet() && parts.quiet() && parts.activity() == before)
            return true;
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(glance);
    }
}

std::vector<CustomerReload> Host::reload()
{
    auto& parts = *parts_;
    std::vector<CustomerReload> all;
    for (std::size_t i = 0; i < parts.channels.size(); ++i) {
        auto& line = *parts.channels[i].line;
        const auto settings = settings_of(parts.config.channels[i], parts.config);
        const auto configure = [&](channel::Instance& instance, const channel::Done& done) {
            instance.configure(settings, done);
        };
        const auto result = line.operation(configure, operation_patience);
        std::string config;
        try {
            config = line.instance().inspect("config");
        } catch (const channel::Error& error) {
            parts.log(channel::Level::warning, "inspect_failed", error.text(), {{"channel", line.id()}});
        }
        for (auto& reload : reloads_of(line.id(), config, result)) {
            parts.log(
                reload.ok ? channel::Level::info : channel::Level::error, "reloaded", joined(reload.errors),
                {{"channel", line.id()}, {"customer", reload.customer}}
            );
            all.push_back(std::move(reload));
        }
    }
    return all;
}

std::vector<ChannelStatus> Host::channels() const
{
    std::vector<ChannelStatus> all;
    for (const auto& running : parts_->channels) {
        const auto health = running.line->health();
        all.push_back({
            .id = running.line->id(),
            .type = std::string{running.line->library().type()},
            .health = health.level,
            .health_text = health.text,
            .capabilities = std::string{running.line->library().capabilities()},
        });
    }
    return all;
}

std::string Host::inspect(std::string_view channel, std::string_view topic) const
{
    const auto* const line = parts_->line(channel);
    if (!line)
        throw channel::Error{channel::Status::unavailable, "unknown_channel", "This channel is not running."};
    return line->instance().inspect(topic);
}

std::vector<std::string> Host::ailments() const
{
    std::vector<std::string> all;
    if (const auto fault = parts_->store->fault(); !fault.empty())
        all.push_back("store: " + fault);
    for (const auto& running : parts_->channels) {
        const auto health = running.line->health();
        const auto phase = running.line->instance().phase();
        if (health.level == channel::Health::down)
            all.push_back(running.line->id() + ": " + health.text);
        else if (phase != channel::Phase::running)
            all.push_back(running.line->id() + ": " + std::string{name_of(phase)});
    }
    return all;
}

std::string Host::metrics() const
{
    Metrics metrics;
    metrics.add("host_commits", "counter", "Transactions of the host's store.", "", parts_->store->commits());
    metrics.add("host_store_waiting", "gauge", "What waits for the disk.", "", parts_->store->waiting());
    for (const auto& running : parts_->channels) {
        const auto& line = *running.line;
        const auto& counters = line.counters();
        const auto label = "{channel=\"" + line.id() + "\"}";
        metrics.add("host_offers", "counter", "Items taken from a channel.", label, counters.offers);
        metrics.add("host_repeats", "counter", "Items that were known.", label, counters.repeats);
        metrics.add("host_reports", "counter", "Reports taken from a channel.", label, counters.reports);
        metrics.add("host_reports_refused", "counter", "Reports about unknown messages.", label, counters.turned_away);
        metrics.add("host_sends", "counter", "Messages handed to a channel.", label, counters.sends);
        metrics.add("host_open_tokens", "gauge", "Offers and reports not settled.", label, line.instance().open_tokens());
        metrics.add("host_misbehaviours", "counter", "Breaches of the contract.", label, line.instance().misbehaviours());
        const auto down = line.health().level == channel::Health::down ? 1U : 0U;
        metrics.add("host_channel_down", "gauge", "1: the channel says that it is down.", label, down);
        try {
            metrics.merge(line.id(), line.instance().inspect("metrics"));
        } catch (const channel::Error&) {
            // A channel need not have any.
        }
    }
    return metrics.text();
}

const std::filesystem::path& Host::store_file() const { return parts_->store->file(); }
void Host::on_commit(std::function<void()> call) { parts_->store->on_commit(std::move(call)); }
std::string Host::public_id(ConversationId id) const { return host::public_id(parts_->store->id(), id); }
std::optional<ConversationId> Host::conversation_of(std::string_view id) const
{
    return host::conversation_of(parts_->store->id(), id);
}
const Config& Host::config() const { return parts_->config; }
const Log& Host::log() const { return parts_->log; }

}  // namespace host
