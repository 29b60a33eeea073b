/// What went through one channel since the host started: for operators, in real time.
#pragma once

#include <channel/values.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace host {

/// [any]
class Traffic {
public:
    using Clock = std::chrono::steady_clock;  // whatever the host's clock says
    struct Figures {
        std::uint64_t received = 0;  // contacts' messages
        std::map<std::string, std::uint64_t, std::less<>>
            states;                                 // employees' messages that came into it, by its name
        std::uint64_t answered = 0;                 // hand-overs that ended without waiting
        std::chrono::duration<double> answering{};  // how long those took, together
    };

    void received();
    void handed_over(std::string_view client_id, Clock::time_point now);
    /// The channel's word on a message, the first time that it is heard. A message that is queued waits for the
    /// contact: how long that takes says nothing about the channel.
    void reported(std::string_view client_id, channel::State state, Clock::time_point now);
    [[nodiscard]] Figures figures() const;

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Clock::time_point> under_way_;
    Figures figures_;
};

}  // namespace host
