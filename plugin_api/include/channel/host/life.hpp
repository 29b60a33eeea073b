#pragma once
/// What is open between a host and a channel: the phase, operations, timers and tokens. Only kept here; who breaks a
/// rule is told so elsewhere.

#include <channel/host/instance.hpp>

namespace channel::detail {

/// Every function is [any].
class Life {
public:
    struct Operation {
        std::string function;
        Done done;
    };

    [[nodiscard]] Phase phase() const
    {
        const std::lock_guard lock(mutex_);
        return phase_;
    }

    // ---- Operations ----

    struct Begun {
        channel_op op = 0;
        Phase before{};
    };

    /// Notes an operation before it is called, because the channel may complete it at once; so the phase moves now, too.
    Begun begin(const char* function, Done done, std::optional<Phase> during)
    {
        const std::lock_guard lock(mutex_);
        const Begun begun{++last_op_, phase_};
        operations_.emplace(begun.op, Operation{function, std::move(done)});
        if (during)
            phase_ = *during;
        return begun;
    }

    /// The call has failed: there was no operation. False: it has been completed all the same.
    bool take_back(const Begun& begun, std::optional<Phase> during)
    {
        const std::lock_guard lock(mutex_);
        const bool was_open = operations_.erase(begun.op) == 1;
        if (was_open && during && phase_ == *during)
            phase_ = begun.before;
        return was_open;
    }

    struct Finished {
        Operation operation;
        Phase before{};
        Phase after{};
    };

    /// Nothing: there is no such operation.
    std::optional<Finished> finish(channel_op op, bool good)
    {
        const std::lock_guard lock(mutex_);
        auto found = operations_.extract(op);
        if (!found)
            return std::nullopt;
        const auto before = phase_;
        move_phase(found.mapped().function, good);
        return Finished{std::move(found.mapped()), before, phase_};
    }

    struct Remains {
        std::vector<Operation> operations;
        std::vector<std::uint64_t> timers;  // the services' numbers
    };

    /// The run is over: its tasks will not run, its tokens are closed; gives what else was left of it.
    Remains end_run()
    {
        const std::lock_guard lock(mutex_);
        ++run_;
        Remains remains;
        for (auto& [op, operation] : operations_)
            remains.operations.push_back(std::move(operation));
        for (const auto& [timer, armed] : timers_)
            remains.timers.push_back(armed);
        operations_.clear();
        timers_.clear();
        tokens_.clear();
        conversations_.clear();
        return remains;
    }

    // ---- Tasks and timers ----

    /// Which run this is; tasks are of the run in which they were handed over.
    [[nodiscard]] std::uint64_t run() const
    {
        const std::lock_guard lock(mutex_);
        return run_;
    }

    /// Whether a task may still run; timer: 0, or the one that has come, which is over then.
    bool may_run(std::uint64_t timer, std::uint64_t run)
    {
        const std::lock_guard lock(mutex_);
        if (run != run_ || !alive(phase_))
            return false;
        return timer == 0 || timers_.erase(timer) == 1;
    }

    /// The channel's number of a timer; the services' number is noted once it is known.
    std::uint64_t add_timer()
    {
        const std::lock_guard lock(mutex_);
        timers_.emplace(++last_timer_, 0);
        return last_timer_;
    }
    void timer_is(std::uint64_t timer, std::uint64_t armed)
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = timers_.find(timer); found != timers_.end())
            found->second = armed;
    }

    /// Ends a timer: it cannot run any more, even if the lane has taken it already. Gives the services' number.
    std::optional<std::uint64_t> remove_timer(std::uint64_t timer)
    {
        const std::lock_guard lock(mutex_);
        const auto found = timers_.extract(timer);
        return found ? std::optional(found.mapped()) : std::nullopt;
    }

    // ---- Tokens ----

    [[nodiscard]] bool is_open(Token token) const
    {
        const std::lock_guard lock(mutex_);
        return tokens_.contains(token);
    }

    /// False: another token of the conversation is open. conversation: empty if it is not known.
    bool open(Token token, std::string conversation)
    {
        const std::lock_guard lock(mutex_);
        if (!conversation.empty() && !conversations_.insert(conversation).second)
            return false;
        tokens_.emplace(token, std::move(conversation));
        return true;
    }

    /// False: it is not open.
    bool close(Token token)
    {
        const std::lock_guard lock(mutex_);
        const auto found = tokens_.extract(token);
        if (!found)
            return false;
        conversations_.erase(found.mapped());
        return true;
    }

    [[nodiscard]] std::size_t open_tokens() const
    {
        const std::lock_guard lock(mutex_);
        return tokens_.size();
    }

private:
    void move_phase(std::string_view function, bool good)
    {
        if (function == "configure" && good && phase_ == Phase::created)
            phase_ = Phase::configured;
        if (function == "start" && phase_ == Phase::starting)
            phase_ = good ? Phase::running : Phase::stopped;
        if (function == "stop")
            phase_ = Phase::stopped;
    }

    mutable std::mutex mutex_;
    Phase phase_ = Phase::created;
    std::uint64_t run_ = 0;
    channel_op last_op_ = 0;
    std::uint64_t last_timer_ = 0;
    std::unordered_map<channel_op, Operation> operations_;
    std::unordered_map<std::uint64_t, std::uint64_t> timers_;  // the channel's number: that of the services
    std::unordered_map<Token, std::string> tokens_;            // open ones: their conversation
    std::unordered_set<std::string> conversations_;            // those with an open token
};

}  // namespace channel::detail
