/* No entry of its own, but a dependency that has one (plugin-api.md E14). */
#include <channel/abi.h>

const char* type_of_dependency(void);
const char* type_of_dependency(void)
{
    return channel_plugin_v1.type;
}
