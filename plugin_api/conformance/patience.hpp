#pragma once
/// How late the machine itself is, measured beside a check, so that a limit in real time finds slow channels and not
/// busy machines.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

namespace conformance {

class Patience {
public:
    using Milliseconds = std::chrono::duration<double, std::milli>;

    /// folder: where the channel's store lies, whose disk is measured, too
    explicit Patience(const std::filesystem::path& folder)
        : file_(folder / "patience"), thread_([this] { measure(); })
    {}
    ~Patience()
    {
        ending_ = true;
        thread_.join();
    }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;

    /// The contract's limit, and what this machine took for nothing in the meantime.
    [[nodiscard]] Milliseconds with(Milliseconds limit) const
    {
        return limit + 4 * Milliseconds(worst_.load());
    }

    /// The same where not the slowest of many calls counts but the one in the middle.
    [[nodiscard]] Milliseconds usually_with(Milliseconds limit) const
    {
        const std::lock_guard lock(mutex_);
        return limit + 4 * middle_of(late_);
    }

    /// Of an empty list: nothing.
    [[nodiscard]] static Milliseconds middle_of(std::vector<Milliseconds> times)
    {
        if (times.empty())
            return {};
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::ranges::nth_element(times, middle);
        return *middle;
    }

private:
    static constexpr Milliseconds nap{2};

    void measure()
    {
        const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        while (!ending_) {
            const auto begin = std::chrono::steady_clock::now();
            std::this_thread::sleep_for(nap);
            const auto woken = std::chrono::steady_clock::now();
            // A store does a few of these in one call.
            [[maybe_unused]] const auto written = ::pwrite(file, "x", 1, 0);
            ::fsync(file);
            const auto end = std::chrono::steady_clock::now();
            const Milliseconds late = std::max<Milliseconds>(woken - begin - nap, end - woken);
            worst_ = std::max(worst_.load(), late.count());
            const std::lock_guard lock(mutex_);
            late_.push_back(late);
        }
        ::close(file);
    }

    std::filesystem::path file_;
    std::atomic<bool> ending_ = false;
    std::atomic<double> worst_ = 0;
    mutable std::mutex mutex_;
    std::vector<Milliseconds> late_ = {};
    std::thread thread_;
};

}  // namespace conformance
