// Counts revisions in memory, and begins anew after a restart.
#include "mutant.hpp"

#include <set>

class CountsInMemory : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        seen_.insert(text(message->client_id));
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        auto told = *report;
        if (!seen_.contains(text(report->client_id)) && report->state == CHANNEL_SENT)
            ++told.revision;
        return Mutant::report(&told, token, error);
    }

    std::set<std::string> seen_;
};

MUTANT(CountsInMemory)
