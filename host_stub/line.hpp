/// One channel instance on its lane, between the store and the channel: nothing is settled before it is durable,
/// nothing is handed over before it is.
#pragma once

#include "black_box.hpp"
#include "calls.hpp"
#include "config.hpp"
#include "intake.hpp"
#include "log.hpp"
#include "store.hpp"
#include "traffic.hpp"

#include <channel/host.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// What a channel last said of its health.
struct LineHealth {
    channel::Health level = channel::Health::ok;
    std::string text;
};

/// How often something has happened since the host started; a change means that the host is not idle.
struct LineCounters {
    std::atomic<std::uint64_t> offers = 0, repeats = 0, reports = 0, turned_away = 0, sends = 0, posts = 0;
};

class Line final : public channel::LaneServices {
public:
    struct World {
        Store& store;
        const Config& config;
        const Log& log;
        BlackBox& black_box;
        std::size_t number;  // the channel's place in it
        /// Told whom each report was about, as he stands then, once that is durable; on the store's thread.
        std::function<void(const Message&)> progressed;
    };

    Line(const ChannelConfig& config, channel::Lane& lane, channel::Library library, World world);
    ~Line() override;

    [[nodiscard]] const std::string& id() const { return config_.id; }
    [[nodiscard]] const channel::Library& library() const { return library_; }
    [[nodiscard]] const channel::Instance& instance() const { return *instance_; }
    [[nodiscard]] const LineCounters& counters() const { return counters_; }
    [[nodiscard]] Traffic::Figures traffic() const { return traffic_.figures(); }
    [[nodiscard]] LineHealth health() const;

    /// Runs an operation on the lane and waits for its end, driving the lane itself where it is manual.
    using Start = std::function<void(channel::Instance&, channel::Done)>;
    [[nodiscard]] channel::Result operation(const Start& start, channel::Milliseconds patience);
    /// The same for who does not wait: end is told on the lane, of a call that throws, too.
    void begin(const Start& start, const channel::Done& end);
    /// Takes up what the last run left: participants, messages without a report, cancels. After start.
    void resume();
    /// Cuts the channel off. After stop; nothing of it runs any more.
    void shut();

    // What the host hands over, once it is durable. [any]
    void send(const Message& message, const Conversation& conversation, bool replay);
    void cancel(const Message& message, const Conversation& conversation);
    void tell_participants(const Conversation& conversation);
    /// The message as the contract has it.
    [[nodiscard]] channel::Message
    in_contract(const Message& message, const Conversation& conversation) const;

    // ---- Services ----
    std::uint64_t arm(channel::Time due, channel::Task task) override;
    void post(channel::Task task) override;
    void
    log(channel::Level level, std::string_view code, std::string_view text, std::string_view fields) override;
    void health(channel::Health level, std::string_view code, std::string_view text) override;
    void entering(const char* function) override { world_.black_box.note(world_.number, function); }
    channel::Outcome offer(const channel::Item& item, channel::Token token) override;
    channel::Outcome report(const channel::Report& report, channel::Token token) override;

private:
    enum class Turn { taking_up, behind };  // of the last run's business, or after it
    void in_turn(Turn turn, channel::Task task);
    void cancel(const Message& message, const Conversation& conversation, Turn turn);
    void tell_participants(const Conversation& conversation, Turn turn);
    void settle_later(channel::Token token, channel::Outcome outcome);
    [[nodiscard]] channel::Outcome outcome_of(const std::string& fault);
    void refuse(const Message& message, const channel::Error& error);
    void participants_told(const Conversation& conversation, const channel::Result& result);

    const ChannelConfig& config_;
    channel::Library library_;
    World world_;
    Calls calls_;  // [lane]
    LineCounters counters_;
    Traffic traffic_;
    mutable std::mutex mutex_;
    LineHealth health_;
    std::mutex early_mutex_;
    bool taken_up_ = false;
    std::vector<channel::Task> early_;
    std::optional<channel::Instance> instance_;
};

}  // namespace host
