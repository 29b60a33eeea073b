/// The one export, in a file of its own: tests link the rest without it.
#include "spool.hpp"

CHANNEL_PLUGIN(Spool)
