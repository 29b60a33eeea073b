// Does not start without its provider.
#include "mutant.hpp"

class WantsItsProvider : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        provider_ = provider_of(*settings);
        return Mutant::configure(settings, op, error);
    }
    channel_status start(channel_op op, channel_error* error) override
    {
        if (!provider_.empty() && !Letters(provider_).reachable())
            return fails(error, channel::Status::unavailable, "provider");
        return Mutant::start(op, error);
    }

    std::filesystem::path provider_;
};

MUTANT(WantsItsProvider)
