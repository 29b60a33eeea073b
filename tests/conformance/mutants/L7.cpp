// Remembers the ids of all instances in one place.
#include "mutant.hpp"

#include <map>

class RemembersForAll : public Mutant {
    channel_status send(const channel_message* message, channel_error* error) override
    {
        static std::map<std::string, const void*> first_seen_by;
        const auto* const first = first_seen_by.emplace(text(message->client_id), this).first->second;
        return first == this ? Mutant::send(message, error) : CHANNEL_OK;
    }
};

MUTANT(RemembersForAll)
