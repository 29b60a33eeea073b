#pragma once
/// How late the machine itself is, measured beside a check, so that a limit in real time finds slow channels and not
/// busy machines.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <thread>
#include <unistd.h>

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
        }
        ::close(file);
    }

    std::filesystem::path file_;
    std::atomic<bool> ending_ = false;
    std::atomic<double> worst_ = 0;
    std::thread thread_;
};

}  // namespace conformance
