// Takes a message before it has been started.
#include "mutant.hpp"

class SendsBeforeStart : public Mutant {
    channel_status start(channel_op op, channel_error* error) override
    {
        started_ = true;
        return Mutant::start(op, error);
    }
    channel_status send(const channel_message* message, channel_error* error) override
    {
        return started_ ? Mutant::send(message, error) : CHANNEL_OK;
    }

    bool started_ = false;
};

MUTANT(SendsBeforeStart)
