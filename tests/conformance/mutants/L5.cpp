// Leaves a timer behind when it stops.
#include "mutant.hpp"

class LeavesATimer : public Mutant {
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        host().arm(
            host().self, now() + 1'000'000, [](void*) noexcept {}, nullptr
        );
        return Mutant::stop(grace_ms, op, error);
    }
};

MUTANT(LeavesATimer)
