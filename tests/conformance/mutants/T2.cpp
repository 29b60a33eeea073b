// One lock for everything: whoever asks waits for the lane.
#include "mutant.hpp"

#include <mutex>

class OneBigLock : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        const std::lock_guard lock(mutex_);
        return Mutant::send(message, error);
    }
    channel_status
    check(const channel_message* message, channel_capability* answer, channel_error* error) override
    {
        const std::lock_guard lock(mutex_);
        return Mutant::check(message, answer, error);
    }

    std::mutex mutex_;
};

MUTANT(OneBigLock)
