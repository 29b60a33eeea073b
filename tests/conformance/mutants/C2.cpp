// Stops at the first fault of the settings.
#include "mutant.hpp"

class StopsAtTheFirst : public Mutant {
    channel_status complete(channel_op op, channel_status status, channel_str result) override
    {
        auto findings = text(result);
        if (const auto second = findings.find("},{"); status == CHANNEL_E_REFUSED && second != findings.npos)
            findings = findings.substr(0, second) + "}]";
        return Mutant::complete(op, status, channel::str(findings));
    }
};

MUTANT(StopsAtTheFirst)
