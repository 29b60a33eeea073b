#include "parts.hpp"
#include "reloads.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace host {
namespace {

constexpr channel::Milliseconds beyond_grace = std::chrono::seconds{5};

}  // namespace

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

void Host::Parts::load(const ChannelConfig& channel, std::vector<std::string>& faults)
{
    try {
        const auto mode =
            config.clock == ClockKind::manual ? channel::Lane::Mode::manual : channel::Lane::Mode::threaded;
        const auto number = channels.size();
        black_box->name(number, channel.id);
        black_box->note(number, "load");
        auto library = channel.linked ? channel::Library::linked(*channel.linked)
                                      : channel::Library::load(channel.library);
        log(channel::Level::info,
            "channel_loaded",
            library.name(),
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

Host::~Host()
{
    stop();
}

void Host::start()
{
    auto& parts = *parts_;
    parts.started = true;
    parts.take_up_time();
    std::vector<std::string> faults;
    for (const auto& running : parts.channels) {
        const auto begin = [](channel::Instance& instance, const channel::Done& done) {
            instance.start(done);
        };
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
            result ? channel::Level::info : channel::Level::error,
            "channel_stopped",
            result ? "stopped" : "did not stop: " + result.json,
            {{"channel", running.line->id()}}
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
                reload.ok ? channel::Level::info : channel::Level::error,
                "reloaded",
                joined(reload.errors),
                {{"channel", line.id()}, {"customer", reload.customer}}
            );
            all.push_back(std::move(reload));
        }
    }
    return all;
}

}  // namespace host
