// noexcept is in the slot's type: a function that may throw does not fit into the table.
#include <channel/abi.h>

#ifdef BROKEN
void settle(void*, channel_token, channel_status, int64_t);
#else
void settle(void*, channel_token, channel_status, int64_t) noexcept;
#endif

channel_ops table();
channel_ops table()
{
    channel_ops ops{};
    ops.settle = &settle;
    return ops;
}
