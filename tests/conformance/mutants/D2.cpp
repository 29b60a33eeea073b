// Forgets the ids of messages that are no replay.
#include "mutant.hpp"

#include <map>

class ForgetsIds : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        const auto id = text(message->client_id);
        if ((message->flags & CHANNEL_REPLAY) != 0 || ++times_[id] == 1)
            return Mutant::send(message, error);
        auto another = *message;
        const auto new_id = id + "-" + std::to_string(times_[id]);
        another.client_id = channel::str(new_id);
        true_id_[new_id] = id;
        return Mutant::send(&another, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        auto told = *report;
        const auto found = true_id_.find(text(report->client_id));
        if (found != true_id_.end())
            told.client_id = channel::str(found->second);
        return Mutant::report(&told, token, error);
    }

    std::map<std::string, int> times_;
    std::map<std::string, std::string> true_id_;
};

MUTANT(ForgetsIds)
