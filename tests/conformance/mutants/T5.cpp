// Forgets to count what a thread of its own does for every third message.
#include "mutant.hpp"

#include <thread>
#include <vector>

class ForgetsItsThread : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        on_a_thread_ = ++sends_ % 3 == 0;
        const auto status = Mutant::send(message, error);
        on_a_thread_ = false;
        return status;
    }
    channel_status post(channel_task task, void* ctx) override
    {
        if (!on_a_thread_)
            return Mutant::post(task, ctx);
        threads_.emplace_back([this, task, ctx] {
            std::this_thread::sleep_for(std::chrono::milliseconds{500});
            Mutant::post(task, ctx);
        });
        return CHANNEL_OK;
    }
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        for (auto& thread : std::exchange(threads_, {}))
            thread.join();
        return Mutant::stop(grace_ms, op, error);
    }

    int sends_ = 0;
    bool on_a_thread_ = false;
    std::vector<std::thread> threads_;
};

MUTANT(ForgetsItsThread)
