// Works only with hosts whose structs are exactly as long as its own.
#include "mutant.hpp"

class WantsEqualSizes : public Mutant {
    channel_status create(const channel_plugin& plugin, channel_str instance, channel_error* error) override
    {
        if (host().struct_size != sizeof(channel_host))
            return fails(error, channel::Status::refused, "other_size");
        return Mutant::create(plugin, instance, error);
    }
};

MUTANT(WantsEqualSizes)
