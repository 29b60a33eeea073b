// Has no state before it was started.
#include "mutant.hpp"

class NoStateBeforeStart : public Mutant {
    channel_status start(channel_op op, channel_error* error) override
    {
        started_ = true;
        return Mutant::start(op, error);
    }
    channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error) override
    {
        if (!started_ && text(topic) == "state")
            return fails(error, channel::Status::state, "not_started");
        return Mutant::inspect(topic, sink, error);
    }

    bool started_ = false;
};

MUTANT(NoStateBeforeStart)
