/// How much is under way: the number `busy` of inspect("state") (plugin-api 3.7).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace wechat {

/// Counts pieces of work that go on by themselves. At 0 nothing happens until a timer fires, somebody calls or the
/// platform speaks: only then may a virtual clock move. [any]
class Busy {
public:
    /// One piece of work, as long as it lives. The next piece is begun before the last one goes.
    class Work {
    public:
        Work() = default;
        explicit Work(std::shared_ptr<std::atomic<std::int64_t>> count) : count_(std::move(count))
        {
            ++*count_;
        }
        Work(const Work& other) : count_(other.count_)
        {
            if (count_)
                ++*count_;
        }
        Work(Work&& other) noexcept : count_(std::move(other.count_)) {}
        Work& operator=(Work other) noexcept
        {
            std::swap(count_, other.count_);
            return *this;
        }
        ~Work()
        {
            if (count_)
                --*count_;
        }

    private:
        std::shared_ptr<std::atomic<std::int64_t>> count_;
    };

    [[nodiscard]] Work begin() { return Work{count_}; }
    [[nodiscard]] std::int64_t count() const { return *count_; }

private:
    std::shared_ptr<std::atomic<std::int64_t>> count_ = std::make_shared<std::atomic<std::int64_t>>(0);
};

}  // namespace wechat
