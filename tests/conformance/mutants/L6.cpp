// Opens a file at each start, and never closes it.
#include "mutant.hpp"

#include <fcntl.h>

class LeaksAFile : public Mutant {
    channel_status start(channel_op op, channel_error* error) override
    {
        if (++starts_ > 10) [[maybe_unused]]
            const auto leaked = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        return Mutant::start(op, error);
    }

    int starts_ = 0;
};

MUTANT(LeaksAFile)
