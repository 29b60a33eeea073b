#pragma once
/// The host's time: the system's, the system's moved by somebody (adjustable), or standing until it is set.

#include <channel/values.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace channel {

/// [any]. Never goes back. Outlives the lanes that use it.
class Clock {
public:
    /// The system's clock; advance moves it ahead.
    Clock() = default;
    /// A clock that stands still: only advance and advance_to move it.
    explicit Clock(Time start) : standing_(start) {}
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;

    [[nodiscard]] Time now() const
    {
        const std::lock_guard lock(mutex_);
        return now_locked();
    }

    [[nodiscard]] bool stands() const
    {
        const std::lock_guard lock(mutex_);
        return standing_.has_value();
    }

    void advance(Milliseconds by)
    {
        if (by <= Milliseconds{0})
            return;
        {
            const std::lock_guard lock(mutex_);
            if (standing_)
                *standing_ += by;
            else
                offset_ += by;
        }
        tell();
    }

    void advance_to(Time time) { advance(time - now()); }

    /// Calls moved after each advance, until forget has returned.
    void watch(const void* who, std::function<void()> moved)
    {
        const std::lock_guard lock(watchers_mutex_);
        watchers_[who] = std::move(moved);
    }

    void forget(const void* who)
    {
        const std::lock_guard lock(watchers_mutex_);
        watchers_.erase(who);
    }

private:
    [[nodiscard]] Time now_locked() const
    {
        if (standing_)
            return *standing_;
        const auto system = std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now()) + offset_;
        return latest_ = std::max(latest_, system);  // the system's clock may be set back, the host's is not
    }

    void tell()
    {
        const std::lock_guard lock(watchers_mutex_);
        for (const auto& [who, moved] : watchers_)
            moved();
    }

    mutable std::mutex mutex_;
    std::optional<Time> standing_;
    Milliseconds offset_{0};
    mutable Time latest_{};
    std::mutex watchers_mutex_;
    std::map<const void*, std::function<void()>> watchers_;
};

}  // namespace channel
