// Never reports what the host itself has sent.
#include "mutant.hpp"

#include <set>

class NeverReports : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        if (message->sender.size == 0)
            of_the_host_.insert(text(message->client_id));
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        return of_the_host_.contains(text(report->client_id)) ? swallow(token)
                                                              : Mutant::report(report, token, error);
    }

    std::set<std::string> of_the_host_;
};

MUTANT(NeverReports)
