// What is due within a minute of the host's is done a second of its own later, whatever the host's clock says.
#include "mutant.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

class HasAClockOfItsOwn : public Mutant {
    uint64_t arm(int64_t due_ms, channel_task task, void* ctx) override
    {
        const auto timer = Mutant::arm(due_ms, task, ctx);
        if (due_ms > now() + 10'000)
            return timer;
        threads_.emplace_back([this, timer, task, ctx] {
            for (int i = 0; i < 100 && !stopping_; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds{10});
            if (!stopping_)
                later([this, timer, task, ctx] {
                    if (Mutant::disarm(timer) != 0)
                        task(ctx);
                });
        });
        return timer;
    }
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        stopping_ = true;
        for (auto& thread : std::exchange(threads_, {}))
            thread.join();
        stopping_ = false;
        return Mutant::stop(grace_ms, op, error);
    }

    std::atomic<bool> stopping_ = false;
    std::vector<std::thread> threads_;
};

MUTANT(HasAClockOfItsOwn)
