/* ext/invite.h: a link and QR code with which somebody becomes a contact. */
#ifndef CHANNEL_EXT_INVITE_H
#define CHANNEL_EXT_INVITE_H

#include <channel/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANNEL_INVITE "channel.invite/1"

/* GROWS */
typedef struct channel_invitation {
    uint32_t struct_size, reserved;
    channel_str account;
    channel_str scene;    /* comes back in the data of followed and scanned, and as a routing hint */
    int64_t lifetime_ms;  /* 0: for ever */
} channel_invitation;

/* GROWS */
typedef struct channel_invite {
    uint32_t struct_size, reserved;

    /* Makes an invitation; the same one again may give the same code.
     *
     * result  {"url": what the QR code holds, "expires_ms": 0 or when}
     * Fails with REFUSED where the channel or its provider will not make one so (a scene that is too long, a
     * lifetime that is too long, too many of them), with UNAVAILABLE where it may work later.
     * [lane & running] */
    channel_status (*create)(void* self, const channel_invitation*, channel_op, channel_error*)
        CHANNEL_NOEXCEPT;
} channel_invite;

/* ---- Layout of 1.0 ---- */

CHANNEL_ASSERT(sizeof(channel_invitation) == 48 && CHANNEL_AT(invitation, reserved, 4)
    && CHANNEL_AT(invitation, account, 8) && CHANNEL_AT(invitation, scene, 24)
    && CHANNEL_AT(invitation, lifetime_ms, 40), "invitation 1.0");
CHANNEL_ASSERT(sizeof(channel_invite) == 16 && CHANNEL_AT(invite, reserved, 4)
    && CHANNEL_AT(invite, create, 8), "invite 1.0");

#ifdef __cplusplus
}
#endif
#endif
