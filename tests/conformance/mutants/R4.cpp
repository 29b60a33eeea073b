// Takes every answer of the host for a good one.
#include "mutant.hpp"

class DropsAfterBusy : public Mutant {
    void settle(channel_token token, channel_status status, int64_t retry_after_ms) override
    {
        const bool later = status == CHANNEL_E_BUSY || status == CHANNEL_E_UNAVAILABLE;
        Mutant::settle(token, later ? channel_status{CHANNEL_OK} : status, retry_after_ms);
    }
};

MUTANT(DropsAfterBusy)
