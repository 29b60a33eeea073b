// A reload drops what has not left yet.
#include "mutant.hpp"

#include <set>

class DropsAtReload : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        if (settings->mode == CHANNEL_APPLY)
            for (const auto& id : std::exchange(waiting_, {})) {
                dropped_.insert(id);
                channel_error ignored{};
                ops().cancel(self(), channel::str(id), &ignored);
            }
        return Mutant::configure(settings, op, error);
    }
    channel_status send(const channel_message* message, channel_error* error) override
    {
        waiting_.insert(text(message->client_id));
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        if (report->state >= CHANNEL_SENT)
            waiting_.erase(text(report->client_id));
        return dropped_.contains(text(report->client_id)) ? swallow(token)
                                                          : Mutant::report(report, token, error);
    }

    std::set<std::string> waiting_, dropped_;
};

MUTANT(DropsAtReload)
