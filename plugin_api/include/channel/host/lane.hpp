#pragma once
/// The lane of an instance: everything the contract tags [lane] and [control], tasks and timers, one at a time.

#include <channel/host/clock.hpp>
#include <channel/task.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace channel {

/// Threaded: its own thread runs what comes and what is due. Manual: whoever calls run_until_idle or run_until does,
/// and a standing clock is moved by him (advance below). Outlives the instances on it.
class Lane {
public:
    enum class Mode { threaded, manual };

    explicit Lane(Clock& clock, Mode mode = Mode::threaded) : clock_(clock)
    {
        clock_.watch(this, [this] { wake(); });
        if (mode == Mode::threaded)
            thread_ = std::thread([this] { serve(); });
    }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;
    ~Lane() { close(); }

    // ---- [any] ----

    [[nodiscard]] Clock& clock() const noexcept { return clock_; }
    [[nodiscard]] Time now() const { return clock_.now(); }

    /// Runs task on the lane, after what was posted before. After close it is destroyed instead.
    void post(Task task)
    {
        {
            const std::lock_guard lock(mutex_);
            if (closed_)
                return;
            ready_.push_back(std::move(task));
        }
        changed_.notify_all();
    }

    /// Runs task on the lane when the clock has reached due; those of one due time in the order they were armed.
    std::uint64_t arm(Time due, Task task)
    {
        const std::lock_guard lock(mutex_);
        const auto timer = ++last_timer_;
        due_of_.emplace(timer, due);
        timers_.emplace(std::pair(due, timer), std::move(task));
        changed_.notify_all();
        return timer;
    }

    /// True: it will not run any more. False: it runs, has run, or never was.
    bool disarm(std::uint64_t timer)
    {
        Task dropped;  // destroyed after the lock: it may own something that comes back here
        const std::lock_guard lock(mutex_);
        const auto found = due_of_.find(timer);
        if (found == due_of_.end())
            return false;
        const auto entry = timers_.find({found->second, timer});
        dropped = std::move(entry->second);
        timers_.erase(entry);
        due_of_.erase(found);
        return true;
    }

    /// When the first timer is due; nothing if none is armed.
    [[nodiscard]] std::optional<Time> next_due() const
    {
        const std::lock_guard lock(mutex_);
        return timers_.empty() ? std::nullopt : std::optional(timers_.begin()->first.first);
    }

    /// Nothing to run at this moment, and nothing running.
    [[nodiscard]] bool idle() const
    {
        const std::lock_guard lock(mutex_);
        return !running_ && ready_.empty() && !due_now();
    }

    /// Whether the caller runs on this lane.
    [[nodiscard]] bool here() const
    {
        const std::lock_guard lock(mutex_);
        return running_ && runner_ == std::this_thread::get_id();
    }

    /// Runs nothing more; waits for what runs. Called by the destructor; not from the lane.
    void close()
    {
        clock_.forget(this);
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable())
            thread_.join();
    }

    // ---- Manual: from one thread, not from the lane ----

    /// Runs what is ready and due until nothing is; gives how many. Does not wait, does not move the clock.
    std::size_t run_until_idle()
    {
        std::size_t count = 0;
        std::unique_lock lock(mutex_);
        while (run_one(lock))
            ++count;
        return count;
    }

    /// Runs what comes until done() holds; false if that took longer than limit, in real time. done is asked
    /// after each task and each millisecond, because what it asks about may change without the lane.
    template <class Condition>
    bool run_until(const Condition& done, Milliseconds limit)
    {
        const auto deadline = std::chrono::steady_clock::now() + limit;
        run_until_idle();
        while (!done()) {
            if (std::chrono::steady_clock::now() >= deadline)
                return false;
            std::unique_lock lock(mutex_);
            if (!run_one(lock))
                changed_.wait_for(lock, Milliseconds{1});
        }
        return true;
    }

private:
    using Key = std::pair<Time, std::uint64_t>;
    static constexpr Milliseconds nap_most{1000};  // the system's clock may be set ahead without telling us

    void wake()
    {
        { const std::lock_guard lock(mutex_); }  // or the wait could just miss it
        changed_.notify_all();
    }

    [[nodiscard]] bool due_now() const { return !timers_.empty() && timers_.begin()->first.first <= clock_.now(); }

    /// Timers first: what is due was so before what is posted now.
    std::optional<Task> take()
    {
        std::optional<Task> task;
        if (closed_)
            return task;
        if (due_now()) {
            const auto first = timers_.begin();
            task = std::move(first->second);
            due_of_.erase(first->first.second);
            timers_.erase(first);
        } else if (!ready_.empty()) {
            task = std::move(ready_.front());
            ready_.pop_front();
        }
        return task;
    }

    bool run_one(std::unique_lock<std::mutex>& lock)
    {
        auto task = take();
        if (!task)
            return false;
        running_ = true;
        runner_ = std::this_thread::get_id();
        lock.unlock();
        (*task)();
        task.reset();
        lock.lock();
        running_ = false;
        return true;
    }

    void serve()
    {
        std::unique_lock lock(mutex_);
        while (!closed_) {
            if (run_one(lock))
                continue;
            if (timers_.empty() || clock_.stands())
                changed_.wait(lock);
            else
                changed_.wait_for(lock, std::min(timers_.begin()->first.first - clock_.now(), nap_most));
        }
    }

    Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> ready_;
    std::map<Key, Task> timers_;
    std::map<std::uint64_t, Time> due_of_;
    std::uint64_t last_timer_ = 0;
    bool closed_ = false;
    bool running_ = false;
    std::thread::id runner_;
    std::thread thread_;
};

/// Moves a standing clock to time, timer by timer over all lanes, as README, "A host", says; gives whether it got
/// there: quiet() runs the lanes until nothing can happen by itself any more (busy 0, no open token), or gives
/// false if that took too long.
template <class Quiet>
bool advance(Clock& clock, std::span<Lane* const> lanes, Time time, const Quiet& quiet)
{
    for (;;) {
        if (!quiet())
            return false;
        std::optional<Time> next;
        for (const auto* lane : lanes)
            if (const auto due = lane->next_due(); due && (!next || *due < *next))
                next = due;
        if (!next || *next > time)
            break;
        clock.advance_to(*next);
    }
    clock.advance_to(time);
    return quiet();
}

}  // namespace channel
