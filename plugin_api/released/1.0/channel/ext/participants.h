/* ext/participants.h: the channel is told who takes part. */
#ifndef CHANNEL_EXT_PARTICIPANTS_H
#define CHANNEL_EXT_PARTICIPANTS_H

#include <channel/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANNEL_PARTICIPANTS "channel.participants/1"

/* FROZEN */
typedef struct channel_participant {
    channel_str id, name;
} channel_participant;

/* GROWS */
typedef struct channel_participants {
    uint32_t struct_size, reserved;

    /* Says who takes part from now on, all of them; completes once that is durable. Repeating it is harmless.
     * [lane & running] */
    channel_status (*set)(
        void* self,
        channel_str account,
        channel_str contact,
        const channel_participant* first,
        uint64_t count,
        channel_op,
        channel_error*
    ) CHANNEL_NOEXCEPT;
} channel_participants;

/* ---- Layout of 1.0 ---- */

CHANNEL_ASSERT(sizeof(channel_participant) == 32 && CHANNEL_AT(participant, id, 0)
    && CHANNEL_AT(participant, name, 16), "participant 1.0");
CHANNEL_ASSERT(sizeof(channel_participants) == 16 && CHANNEL_AT(participants, reserved, 4)
    && CHANNEL_AT(participants, set, 8), "participants 1.0");

#ifdef __cplusplus
}
#endif
#endif
