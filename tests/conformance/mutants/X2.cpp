// Does not look whether a message could be written.
#include "mutant.hpp"

class IgnoresTheResult : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        const auto status = Mutant::send(message, error);
        if (status != CHANNEL_E_UNAVAILABLE)
            return status;
        channel_report accepted{};
        accepted.struct_size = sizeof accepted;
        accepted.state = CHANNEL_ACCEPTED;
        accepted.client_id = message->client_id;
        accepted.revision = 1;
        accepted.happened_ms = now();
        channel_error ignored{};
        report(&accepted, own_token, &ignored);
        return CHANNEL_OK;
    }
    void settle(channel_token token, channel_status status, int64_t retry_after_ms) override
    {
        if (token != own_token)
            Mutant::settle(token, status, retry_after_ms);
    }

    static constexpr channel_token own_token = 77;
};

MUTANT(IgnoresTheResult)
