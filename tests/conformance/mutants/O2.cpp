// Says when its provider is down, and never that it is back.
#include "mutant.hpp"

class NeverRecovers : public Mutant {
    void health(int32_t level, channel_str code, channel_str words) override
    {
        if (level != CHANNEL_HEALTH_OK || text(code) != "provider")
            Mutant::health(level, code, words);
    }
};

MUTANT(NeverRecovers)
