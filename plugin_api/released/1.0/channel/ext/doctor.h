/* ext/doctor.h: the channel says what is wrong with its set-up, and what an operator can do about it. */
#ifndef CHANNEL_EXT_DOCTOR_H
#define CHANNEL_EXT_DOCTOR_H

#include <channel/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANNEL_DOCTOR "channel.doctor/1"

/* GROWS */
typedef struct channel_doctor {
    uint32_t struct_size, reserved;

    /* Examines the settings in force step by step, down to the provider, and leaves no trace: nothing is sent,
     * stored, offered or changed. Opens no store and no port, so that it works beside another process which runs
     * the same settings. Every step ends within seconds, whatever the provider does; stop and destroy end it.
     *
     * result  what was looked at, in order: [{"account": whose, may be empty, "step": id, "level": "ok", "warning",
     *         "wrong" or "skipped", "text": for a person, "remedy": what to do; may be empty}]. A step that makes no
     *         sense because of an earlier one is skipped, and its text says why. No secret, no contact.
     * Completes OK whatever was found. Unknown level: as "wrong".
     * [control & configured, running, stopped] */
    channel_status (*examine)(void* self, channel_op, channel_error*) CHANNEL_NOEXCEPT;
} channel_doctor;

/* ---- Layout of 1.0 ---- */

CHANNEL_ASSERT(sizeof(channel_doctor) == 16 && CHANNEL_AT(doctor, reserved, 4)
    && CHANNEL_AT(doctor, examine, 8), "doctor 1.0");

#ifdef __cplusplus
}
#endif
#endif
