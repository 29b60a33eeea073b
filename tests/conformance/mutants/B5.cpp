// Changes the locale of the whole process while it is loaded.
#include "spool.hpp"

#include <clocale>

namespace {
[[maybe_unused]] const char* const changed = std::setlocale(LC_ALL, "C.UTF-8");
}

CHANNEL_PLUGIN(Spool)
