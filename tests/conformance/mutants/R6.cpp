// Drops what comes after the first thousand letters.
#include "mutant.hpp"

#include <set>

class DropsBeyondAThousand : public Mutant {
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        if (seen_.insert(text(item->id)).second && seen_.size() > 1000)
            return swallow(token);
        return Mutant::offer(item, token, error);
    }

    std::set<std::string> seen_;
};

MUTANT(DropsBeyondAThousand)
