// Acknowledges a letter that the host could not take yet, and keeps it in memory.
#include "mutant.hpp"

class AcknowledgesFirst : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        in_ = provider_of(*settings) / "in";
        return Mutant::configure(settings, op, error);
    }
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        const auto status = Mutant::offer(item, token, error);
        std::error_code none;
        if (status == CHANNEL_E_BUSY)
            std::filesystem::remove(in_ / (text(item->id) + ".1"), none);
        return status;
    }

    std::filesystem::path in_;
};

MUTANT(AcknowledgesFirst)
