// Says that everything can be sent.
#include "mutant.hpp"

class AlwaysSaysSend : public Mutant {
    channel_status
    check(const channel_message* message, channel_capability* answer, channel_error* error) override
    {
        const auto status = Mutant::check(message, answer, error);
        if (status == CHANNEL_OK)
            answer->verdict = CHANNEL_SEND;
        return status;
    }
};

MUTANT(AlwaysSaysSend)
