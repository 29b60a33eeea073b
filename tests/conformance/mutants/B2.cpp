// Exports a helper, too.
#include "spool.hpp"

extern "C" CHANNEL_EXPORT int spool_helper();
extern "C" int spool_helper()
{
    return 7;
}

CHANNEL_PLUGIN(Spool)
