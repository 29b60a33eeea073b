// Does not say its version.
#include "mutant.hpp"

namespace {
channel_plugin without_version()
{
    auto plugin = channel::plugin_table<Spool>;
    plugin.version = "";
    return plugin;
}
}  // namespace

const channel_plugin channel_plugin_v1 = without_version();
