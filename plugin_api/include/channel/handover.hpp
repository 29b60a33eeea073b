#pragma once
/// Hands items and reports to the host, one at a time per conversation, again after BUSY: what every channel needs
/// between what it knows and what the host has on its disk.
///
///     channel::Handover handover(host);                                        // in start; gone with the run
///     handover.give(conversation, item, [](channel::Outcome outcome) { ... });
///
/// It lives in memory: what waits here when the run ends is the channel's to give again, from its store or from
/// its provider.

#include <channel/plugin.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

namespace channel {

/// All of it on the lane; one per run, so that nothing of one run is left in the next.
class Handover {
public:
    using Given = std::variant<Item, Report>;
    /// ok: durable at the host; refused: the host never takes it; busy: it waits, and the end will be told again.
    using Told = std::function<void(Outcome)>;

    explicit Handover(Host host) : host_(host) {}

    /// conversation  the same text for all that must keep its order
    void give(const std::string& conversation, Given given, Told told)
    {
        auto& queue = queues_[conversation];
        queue.entries.push_back({std::move(given), std::move(told)});
        ++waiting_;
        if (queue.entries.size() == 1)
            offer_first(conversation);
        else if (queue.pausing)
            tell_busy(queue.entries.back());
    }

    [[nodiscard]] std::size_t waiting() const { return waiting_; }

private:
    struct Entry {
        Given given;
        Told told;
    };

    struct Queue {
        std::deque<Entry> entries = {};
        bool pausing = false;  // the host was busy: again when a timer fires
    };

    static void tell_busy(const Entry& entry)
    {
        if (entry.told)
            entry.told({Status::busy, {}});
    }

    void offer_first(const std::string& conversation)
    {
        const auto settled = [this, conversation](Outcome outcome) { end_first(conversation, outcome); };
        auto& queue = queues_[conversation];
        queue.pausing = false;
        const auto& given = queue.entries.front().given;
        auto outcome = ok;
        if (const auto* const item = std::get_if<Item>(&given))
            outcome = host_.offer(*item, Settled{settled});
        else
            outcome = host_.report(std::get<Report>(given), Settled{settled});
        if (!outcome)
            end_first(conversation, outcome);
    }

    void end_first(const std::string& conversation, Outcome outcome)
    {
        const auto found = queues_.find(conversation);
        if (found == queues_.end())
            return;
        auto& queue = found->second;
        if (outcome.status == Status::busy || outcome.status == Status::unavailable) {
            const auto due = host_.now() + std::max(outcome.retry_after, busy_least);
            host_.arm(due, [this, conversation] { offer_first(conversation); });
            queue.pausing = true;
            for (const auto& entry : queue.entries)
                tell_busy(entry);
            return;
        }
        const auto told = std::move(queue.entries.front().told);
        queue.entries.pop_front();
        --waiting_;
        const auto more = !queue.entries.empty();
        if (!more)
            queues_.erase(found);
        if (told)
            told(outcome);
        if (more)
            offer_first(conversation);
    }

    Host host_;
    std::unordered_map<std::string, Queue> queues_;
    std::size_t waiting_ = 0;
};

}  // namespace channel
