// Says of a message that was sent behind another one that it is queued, after it has said that it was sent.
#include "mutant.hpp"

#include <map>
#include <set>

class QueuedAfterSent : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        const auto id = text(message->client_id), contact = text(message->contact);
        if (under_way(contact))
            behind_another_.insert(id);
        contact_[id] = contact;
        return Mutant::send(message, error);
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        const auto id = text(report->client_id);
        const auto status = Mutant::report(report, token, error);
        if (status == CHANNEL_OK && report->state == CHANNEL_SENT && second_of_two(id))
            token_ = token, after_ = id, revision_ = report->revision + 1;
        return status;
    }
    void settle(channel_token token, channel_status status, int64_t retry_after_ms) override
    {
        if (token == own_token)
            return;
        Mutant::settle(token, status, retry_after_ms);
        if (token != std::exchange(token_, 0))
            return;
        channel_report queued{};
        queued.struct_size = sizeof queued;
        queued.state = CHANNEL_QUEUED;
        queued.client_id = channel::str(after_);
        queued.revision = revision_;
        queued.happened_ms = now();
        channel_error error{};
        Mutant::report(&queued, own_token, &error);
    }

    bool under_way(const std::string& contact) const
    {
        for (const auto& [id, its_contact] : contact_)
            if (its_contact == contact && !sent_.contains(id))
                return true;
        return false;
    }

    bool second_of_two(const std::string& id)
    {
        sent_.insert(id);
        int all = 0;
        for (const auto& [one, contact] : contact_)
            all += contact == contact_[id] ? 1 : 0;
        return all == 2 && behind_another_.erase(id) == 1;
    }

    static constexpr channel_token own_token = 77;
    std::map<std::string, std::string> contact_;
    std::set<std::string> sent_, behind_another_;
    std::string after_;
    channel_token token_ = 0;
    std::uint64_t revision_ = 0;
};

MUTANT(QueuedAfterSent)
