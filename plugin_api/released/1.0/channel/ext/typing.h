/* ext/typing.h: the contact sees that somebody writes to him. */
#ifndef CHANNEL_EXT_TYPING_H
#define CHANNEL_EXT_TYPING_H

#include <channel/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANNEL_TYPING "channel.typing/1"

/* GROWS */
typedef struct channel_typing {
    uint32_t struct_size, reserved;

    /* Shows the contact that somebody writes (on: 1), or no longer does (0). Best effort: nothing is stored,
     * reported or tried again, no slot is used. Who writes on says so again every few seconds; the channel asks
     * its provider as often as that allows, and not at all where the contact could not be written to.
     * [lane & running] */
    channel_status (*set)(void* self, channel_str account, channel_str contact, int32_t on, channel_error*)
        CHANNEL_NOEXCEPT;
} channel_typing;

/* ---- Layout of 1.0 ---- */

CHANNEL_ASSERT(sizeof(channel_typing) == 16 && CHANNEL_AT(typing, reserved, 4)
    && CHANNEL_AT(typing, set, 8), "typing 1.0");

#ifdef __cplusplus
}
#endif
#endif
