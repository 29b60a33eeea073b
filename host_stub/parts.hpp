/// The inside of a Host, for the files that its functions are divided into.
#pragma once

#include "black_box.hpp"
#include "host.hpp"
#include "line.hpp"
#include "store.hpp"
#include "waiters.hpp"

#include <channel/host.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace host {

// plugin-api 3.7: a [control] call has 1 s, and what it starts needs time of its own, sockets and all.
inline constexpr channel::Milliseconds operation_patience = std::chrono::seconds{30};

[[nodiscard]] channel::Settings settings_of(const ChannelConfig& channel, const Config& config);
/// A line each.
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

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
    void take_up_time();

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

}  // namespace host
