// Clears what is in force before it has read what comes.
#include "mutant.hpp"

class ClearsFirst : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        cleared_ = !channel::view(settings->json).ends_with('}');
        return Mutant::configure(settings, op, error);
    }
    channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error) override
    {
        if (!cleared_ || text(topic) != "config")
            return Mutant::inspect(topic, sink, error);
        sink->write(sink->ctx, channel::str("{}"));
        return CHANNEL_OK;
    }

    bool cleared_ = false;
};

MUTANT(ClearsFirst)
