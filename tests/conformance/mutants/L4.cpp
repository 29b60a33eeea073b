// While two messages are under way it waits for their answers, and does not stop without.
#include "mutant.hpp"

#include <set>

class WaitsForEver : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        under_way_.insert(text(message->client_id));
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        if (report->state >= CHANNEL_SENT)
            under_way_.erase(text(report->client_id));
        return Mutant::report(report, token, error);
    }
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        return under_way_.size() == 2 ? CHANNEL_OK : Mutant::stop(grace_ms, op, error);
    }

    std::set<std::string> under_way_;
};

MUTANT(WaitsForEver)
