// Completes stop twice.
#include "mutant.hpp"

class StopsTwice : public Mutant {
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        stop_ = op;
        return Mutant::stop(grace_ms, op, error);
    }
    channel_status complete(channel_op op, channel_status status, channel_str result) override
    {
        const auto done = Mutant::complete(op, status, result);
        if (op == std::exchange(stop_, 0))
            Mutant::complete(op, status, result);
        return done;
    }

    channel_op stop_ = 0;
};

MUTANT(StopsTwice)
