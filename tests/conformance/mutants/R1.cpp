// Gives the time at which a letter was seen for that at which it was written.
#include "mutant.hpp"

class TimeOfArrival : public Mutant {
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        auto told = *item;
        told.happened_ms = now();
        return Mutant::offer(&told, token, error);
    }
};

MUTANT(TimeOfArrival)
