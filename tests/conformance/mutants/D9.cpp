// Says of what is sent that it is cancelled.
#include "mutant.hpp"

#include <set>

class CancelsWhatIsSent : public Mutant {
    channel_status cancel(channel_str client_id, channel_error* error) override
    {
        cancelled_ = text(client_id);
        return Mutant::cancel(client_id, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        auto told = *report;
        if (report->state == CHANNEL_SENT && cancelled_ == text(report->client_id))
            told.state = CHANNEL_CANCELLED;
        return Mutant::report(&told, token, error);
    }

    std::string cancelled_;
};

MUTANT(CancelsWhatIsSent)
