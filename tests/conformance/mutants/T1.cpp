// Waits on the lane until the provider has answered, as soon as more than one message is under way.
#include "mutant.hpp"

#include <set>
#include <thread>

class CallsTheProviderInSend : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        under_way_.insert(text(message->client_id));
        const auto status = Mutant::send(message, error);
        if (under_way_.size() > 8)
            std::this_thread::sleep_for(std::chrono::milliseconds{80});
        return status;
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        if (report->state >= CHANNEL_SENT)
            under_way_.erase(text(report->client_id));
        return Mutant::report(report, token, error);
    }

    std::set<std::string> under_way_;
};

MUTANT(CallsTheProviderInSend)
