#pragma once
/// What every channel written in C++ has below its class: phase, operations, tasks, tokens of the layer.
///
/// One Core per instance; it outlives the author's object. Everything is [any] unless it says otherwise.

#include <channel/convert.hpp>
#include <channel/task.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace channel {

/// A timer of arm; 0: refused, because the instance is not alive.
using Timer = std::uint64_t;
/// What becomes of an offer or a report, for who prefers a function to a token. Runs on the lane.
using Settled = std::function<void(Outcome)>;

/// What send answers when the layer is to report it: the first report about a message, or its present state.
struct Receipt {
    State state = State::accepted;
    std::string reason = {};  // id; may be empty
    std::string text = {};    // for a person; may be empty
    std::uint32_t position = 0;
    std::uint64_t revision = 1;
    std::string data = {};  // JSON object; may be empty
};

namespace detail {

enum class Call { validate, apply, start, stop, examine, other };

class Core {
public:
    Core(const channel_host* host, std::string_view instance) : host_(*host), instance_(instance) {}
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    [[nodiscard]] const channel_host& host() const noexcept { return host_; }
    [[nodiscard]] const std::string& instance() const noexcept { return instance_; }
    [[nodiscard]] Phase phase() const noexcept { return phase_.load(); }
    [[nodiscard]] Time now() const noexcept { return time_of(host_.now(host_.self)); }

    void want_running() const
    {
        if (phase() != Phase::running)
            throw wrong_phase();
    }

    void log(Level level, std::string_view code, std::string_view text, std::string_view fields = {}) const noexcept
    {
        host_.log(host_.self, static_cast<std::int32_t>(level), str(code), str(text), str(fields));
    }

    // ---- Tasks: owned here, so that nothing leaks when the host never runs them ----

    Timer arm(Time due, Task task)
    {
        const auto [key, node] = keep(std::move(task));
        const auto timer = host_.arm(host_.self, ms_of(due), &Core::run_task, node);
        if (timer == 0) {
            drop(key);
            return 0;
        }
        const std::lock_guard lock(mutex_);
        if (const auto found = tasks_.find(key); found != tasks_.end())
            found->second->timer = timer;
        return key;
    }

    bool disarm(Timer key)
    {
        std::unique_lock lock(mutex_);
        const auto found = tasks_.find(key);
        if (found == tasks_.end() || found->second->timer == 0)
            return false;
        const auto timer = found->second->timer;
        lock.unlock();
        if (host_.disarm(host_.self, timer) == 0)
            return false;
        drop(key);
        return true;
    }

    bool post(Task task)
    {
        const auto [key, node] = keep(std::move(task));
        if (host_.post(host_.self, &Core::run_task, node) == CHANNEL_OK)
            return true;
        drop(key);
        return false;
    }

    // ---- Operations: each ends exactly once, whatever the author does ----

    /// Opens an operation if this phase allows it; else throws the state error and nothing has changed.
    std::uint64_t open(Call call, channel_op op)
    {
        const std::lock_guard lock(mutex_);
        const auto before = phase();
        if (!allowed(call, before))
            throw wrong_phase();
        if (call == Call::start) {
            receipts_.clear();  // of the run before: the host asks again
            phase_ = Phase::starting;
        }
        if (call == Call::stop)
            phase_ = Phase::stopping;
        const auto key = ++last_key_;
        operations_.emplace(key, Operation{call, op, before, true, false});
        return key;
    }

    /// The author's function has returned or thrown: gives the status that the slot answers.
    channel_status leave(std::uint64_t key, channel_status status, const channel_error& error)
    {
        std::unique_lock lock(mutex_);
        const auto found = operations_.find(key);
        if (found == operations_.end()) {
            lock.unlock();
            if (status != CHANNEL_OK && key != 0) {
                log(Level::error, "exception_after_completion", text_in(error.text));
                return CHANNEL_OK;
            }
            return status;
        }
        if (status != CHANNEL_OK) {
            const auto [call, op, before, in_call, forgotten] = found->second;
            operations_.erase(found);
            if (call == Call::start)
                phase_ = before;
            if (call == Call::stop)
                phase_ = starting() ? Phase::starting : Phase::running;
            return status;
        }
        found->second.in_call = false;
        const bool forgotten = found->second.forgotten;
        lock.unlock();
        if (forgotten)
            forget(key);
        return CHANNEL_OK;
    }

    void finish(std::uint64_t key, Status status, std::string_view result)
    {
        std::unique_lock lock(mutex_);
        const auto found = operations_.find(key);
        if (found == operations_.end())
            return;  // stop has ended it already
        const auto operation = found->second;
        operations_.erase(found);
        if (operation.call == Call::stop) {
            lock.unlock();
            end_run();
            complete(operation.op, status, result);
            return;
        }
        // README, "States": a start that a stop has overtaken ends with state, whatever became of it.
        if (operation.call == Call::start && phase() != Phase::starting) {
            lock.unlock();
            complete_overtaken(operation.op);
            return;
        }
        if (operation.call == Call::start)
            phase_ = status == Status::ok ? Phase::running : Phase::stopped;
        if (operation.call == Call::apply && status == Status::ok && phase() == Phase::created)
            phase_ = Phase::configured;
        const bool ended = operation.call == Call::start && status != Status::ok;
        lock.unlock();
        if (ended)
            end_run();  // an examination that was begun before is overtaken, too
        complete(operation.op, status, result);
    }

    /// A Completion was destroyed unused. While the author's function runs it may be because of an exception,
    /// which then says more; so this waits for leave.
    void forget(std::uint64_t key)
    {
        {
            const std::lock_guard lock(mutex_);
            const auto found = operations_.find(key);
            if (found == operations_.end())
                return;
            if (found->second.in_call) {
                found->second.forgotten = true;
                return;
            }
        }
        finish(key, Status::internal, R"({"code":"forgotten","text":"the channel dropped this call without an answer"})");
    }

    // ---- Tokens of the layer: the upper half, so they never meet the author's ----

    static constexpr Token layer_half = Token{1} << 63;

    template <class Struct>
    using Hand = channel_status (*)(void*, const Struct*, channel_token, channel_error*);

    /// Hands over under a token of the layer; ok: settled runs once, unless the run ends first.
    template <class Struct>
    Outcome hand_over(Hand<Struct> slot, const Struct* given, Settled settled)
    {
        const auto token = layer_half | next_token_.fetch_add(1);
        {
            const std::lock_guard lock(mutex_);
            settled_.emplace(token, std::move(settled));
        }
        const auto outcome = hand_over(slot, given, token);
        if (!outcome) {
            const std::lock_guard lock(mutex_);
            settled_.erase(token);
        }
        return outcome;
    }

    template <class Struct>
    Outcome hand_over(Hand<Struct> slot, const Struct* given, Token token)
    {
        channel_error error{};
        const auto status = slot(host_.self, given, token, &error);
        if (status == CHANNEL_OK)
            return ok;
        const auto outcome = outcome_of(status, error.retry_after_ms);
        if (outcome.status == Status::argument || outcome.status == Status::internal)
            log(Level::error, "not_taken", text_in(error.text));
        return outcome;
    }

    /// [lane]
    void settle(Token token, Outcome outcome)
    {
        Settled settled;
        {
            const std::lock_guard lock(mutex_);
            if (auto found = settled_.extract(token))
                settled = std::move(found.mapped());
        }
        if (settled)
            settled(outcome);
    }

    // ---- Receipts that send returned: reported in order per conversation, until the host has them ----

    /// [lane]
    void report_receipt(std::string conversation, std::string client_id, Receipt receipt)
    {
        Report report{
            .state = receipt.state,
            .client_id = std::move(client_id),
            .revision = receipt.revision,
            .happened = now(),
            .reason = std::move(receipt.reason),
            .text = std::move(receipt.text),
            .position = receipt.position,
            .data = std::move(receipt.data),
        };
        auto& waiting = receipts_[conversation];
        waiting.push_back(std::move(report));
        if (waiting.size() == 1)
            report_first(conversation);
    }

private:
    struct Node {
        Core* core;
        std::uint64_t key;
        Task task;
        std::uint64_t timer;  // the host's; 0: a posted task, or not armed yet
    };

    struct Operation {
        Call call;
        channel_op op;
        Phase before;
        bool in_call, forgotten;
    };

    [[nodiscard]] Error wrong_phase() const
    {
        return Error(Status::state, "state", "not while " + std::string(name_of(phase())));
    }

    static bool allowed(Call call, Phase phase)
    {
        switch (call) {
        case Call::validate:
        case Call::apply: return phase != Phase::starting && phase != Phase::stopping;
        case Call::start: return phase == Phase::configured || phase == Phase::stopped;
        case Call::stop: return phase == Phase::starting || phase == Phase::running;
        case Call::examine:
            return phase == Phase::configured || phase == Phase::running || phase == Phase::stopped;
        case Call::other: return phase == Phase::running;
        }
        return false;
    }

    bool starting() const
    {
        const auto is_start = [](const auto& entry) { return entry.second.call == Call::start; };
        return std::any_of(operations_.begin(), operations_.end(), is_start);
    }

    void complete(channel_op op, Status status, std::string_view result) const noexcept
    {
        host_.complete(host_.self, op, static_cast<channel_status>(status), str(result));
    }

    void complete_overtaken(channel_op op) const noexcept
    {
        complete(op, Status::state, R"({"code":"stopped","text":"the channel was stopped before this had ended"})");
    }

    std::pair<std::uint64_t, Node*> keep(Task task)
    {
        const std::lock_guard lock(mutex_);
        const auto key = ++last_key_;
        auto& node = tasks_[key];
        node.reset(new Node{this, key, std::move(task), 0});
        return {key, node.get()};
    }

    void drop(std::uint64_t key) { take(key); }

    std::unique_ptr<Node> take(std::uint64_t key)
    {
        const std::lock_guard lock(mutex_);
        auto found = tasks_.extract(key);
        return found ? std::move(found.mapped()) : nullptr;
    }

    static void run_task(void* ctx) noexcept
    {
        auto& core = *static_cast<Node*>(ctx)->core;
        channel_error error{};
        const auto call = [&] {
            if (const auto node = core.take(static_cast<Node*>(ctx)->key))
                node->task();
        };
        if (guarded(&error, call) != CHANNEL_OK)
            core.log(Level::error, "exception_in_task", text_in(error.text));
    }

    /// The run is over: what it left is taken back, so that the next one starts with nothing of it.
    void end_run()
    {
        std::vector<channel_op> overtaken;
        {
            const std::lock_guard lock(mutex_);
            for (const auto& [key, operation] : operations_)
                overtaken.push_back(operation.op);
            operations_.clear();
        }
        retire_tasks();
        for (const auto op : overtaken)
            complete_overtaken(op);
        phase_ = Phase::stopped;
    }

    /// Tasks that the host never ran lose what they hold. Their nodes stay until the next retirement, because
    /// the host may still be throwing away the addresses.
    void retire_tasks()
    {
        std::unordered_map<std::uint64_t, std::unique_ptr<Node>> left;
        std::unordered_map<Token, Settled> lapsed;
        {
            const std::lock_guard lock(mutex_);
            left.swap(tasks_);
            lapsed.swap(settled_);
        }
        for (const auto& [key, node] : left) {
            if (node->timer != 0)
                host_.disarm(host_.self, node->timer);
            node->task = Task();
        }
        const std::lock_guard lock(mutex_);
        retired_.swap(left);
    }

    /// [lane]
    void report_first(const std::string& conversation)
    {
        const auto& report = receipts_[conversation].front();
        const auto given = borrow(report);
        const auto settled = [this, conversation](Outcome outcome) { receipt_settled(conversation, outcome); };
        if (const auto outcome = hand_over(host_.report, &given, Settled(settled)); !outcome)
            receipt_settled(conversation, outcome);
    }

    /// [lane]
    void receipt_settled(const std::string& conversation, Outcome outcome)
    {
        if (outcome.status == Status::busy || outcome.status == Status::unavailable) {
            const auto due = now() + std::max(outcome.retry_after, busy_least);
            arm(due, [this, conversation] { report_first(conversation); });
            return;
        }
        const auto found = receipts_.find(conversation);
        if (found == receipts_.end())
            return;
        if (!outcome)
            log(Level::warning, "receipt_refused", "the host does not take a receipt");
        found->second.pop_front();
        if (found->second.empty())
            receipts_.erase(found);
        else
            report_first(conversation);
    }

    const channel_host& host_;
    std::string instance_;
    std::atomic<Phase> phase_ = Phase::created;
    std::atomic<Token> next_token_ = 1;

    std::mutex mutex_;
    std::uint64_t last_key_ = 0;
    std::unordered_map<std::uint64_t, std::unique_ptr<Node>> tasks_, retired_;
    std::unordered_map<std::uint64_t, Operation> operations_;
    std::unordered_map<Token, Settled> settled_;
    std::map<std::string, std::deque<Report>> receipts_;  // by conversation; [lane]
};

}  // namespace detail
}  // namespace channel
