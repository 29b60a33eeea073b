// Linked with an executable stack: CMakeLists.txt.
#include "spool.hpp"

CHANNEL_PLUGIN(Spool)
