// Shares the C++ runtime with its host: CMakeLists.txt.
#include "spool.hpp"

CHANNEL_PLUGIN(Spool)
