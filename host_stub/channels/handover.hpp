/// Hands items and reports to the host, one at a time per conversation, again after BUSY. For channels without a
/// store: what waits here is at the provider, too, until it has been settled.
#pragma once

#include <channel/plugin.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

namespace channels {

/// All of it on the lane; one per run, so that nothing of one run is left in the next.
class Handover {
public:
    using Given = std::variant<channel::Item, channel::Report>;
    /// ok: durable at the host; refused: the host never takes it; busy: it waits, and the end will be told again.
    using Told = std::function<void(channel::Outcome)>;

    explicit Handover(channel::Host host) : host_(host) {}

    /// conversation  the same text for all that must keep its order
    void give(const std::string& conversation, Given given, Told told)
    {
        auto& queue = queues_[conversation];
        queue.push_back({std::move(given), std::move(told)});
        ++waiting_;
        if (queue.size() == 1)
            offer_first(conversation);
    }

    [[nodiscard]] std::size_t waiting() const { return waiting_; }

private:
    struct Entry {
        Given given;
        Told told;
    };

    static constexpr channel::Milliseconds shortest_pause{50};  // abi.h, CHANNEL_E_BUSY

    void offer_first(const std::string& conversation)
    {
        const auto settled = [this, conversation](channel::Outcome outcome) {
            end_first(conversation, outcome);
        };
        const auto& given = queues_[conversation].front().given;
        auto outcome = channel::ok;
        if (const auto* const item = std::get_if<channel::Item>(&given))
            outcome = host_.offer(*item, channel::Settled{settled});
        else
            outcome = host_.report(std::get<channel::Report>(given), channel::Settled{settled});
        if (!outcome)
            end_first(conversation, outcome);
    }

    void end_first(const std::string& conversation, channel::Outcome outcome)
    {
        const auto found = queues_.find(conversation);
        if (found == queues_.end())
            return;
        const auto told = found->second.front().told;
        if (outcome.status == channel::Status::busy || outcome.status == channel::Status::unavailable) {
            const auto due = host_.now() + std::max(outcome.retry_after, shortest_pause);
            host_.arm(due, [this, conversation] { offer_first(conversation); });
            if (told)
                told({channel::Status::busy, outcome.retry_after});
            return;
        }
        found->second.pop_front();
        --waiting_;
        const auto more = !found->second.empty();
        if (!more)
            queues_.erase(found);
        if (told)
            told(outcome);
        if (more)
            offer_first(conversation);
    }

    channel::Host host_;
    std::unordered_map<std::string, std::deque<Entry>> queues_;
    std::size_t waiting_ = 0;
};

}  // namespace channels
