// When the host cannot take a report now, it waits for the settle of the one before, on the lane that would bring it.
#include "mutant.hpp"

#include <condition_variable>
#include <mutex>

class WaitsForSettle : public Mutant {
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        const auto status = Mutant::report(report, token, error);
        if (status == CHANNEL_E_UNAVAILABLE) {
            std::unique_lock lock(mutex_);
            settled_.wait(lock);
        }
        return status;
    }
    void settle(channel_token token, channel_status status, int64_t retry_after_ms) override
    {
        settled_.notify_all();
        Mutant::settle(token, status, retry_after_ms);
    }

    std::mutex mutex_;
    std::condition_variable settled_;
};

MUTANT(WaitsForSettle)
