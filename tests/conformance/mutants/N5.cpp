// Knows a topic by its first letters.
#include "mutant.hpp"

class ComparesAPrefix : public Mutant {
    channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error) override
    {
        if (channel::view(topic).starts_with("health"))
            return Mutant::inspect(channel::str("health"), sink, error);
        return Mutant::inspect(topic, sink, error);
    }
};

MUTANT(ComparesAPrefix)
