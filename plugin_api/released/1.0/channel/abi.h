/* abi.h: the channel contract, major 1. C11 and C++20; nothing else crosses between a host and a channel.
 *
 * Words     A host loads channels and keeps what they bring. A channel speaks to one kind of provider. An
 *           instance is a running channel with settings and a store of its own. A conversation is (account,
 *           contact).
 * Threads   [control], [lane]: one call at a time per instance, whichever of the two, on any thread; [lane]
 *           also returns at once and waits for nothing. [any]: any thread, beside everything else. After the
 *           &: the states in which the call is allowed; in others it gives CHANNEL_E_STATE, nothing changes.
 * Borrowed  Every pointer handed over belongs to the giver and is good until the call returns, in both
 *           directions, always. Who needs it longer copies it. Nobody frees the other's memory.
 * No way    Host functions only take note: they never call the channel on the same stack and never wait for
 * back      it, so a channel may call them with its locks held. A host holds none while it calls a channel.
 * Growth    FROZEN never changes in major 1. GROWS gains members at its tail, read through CHANNEL_HAS. What
 *           was released never changes: name, order, layout, number, meaning, thread, owner. Replacements are
 *           added. A number or id that the reader does not know is handled as said here, never as a crash.
 * Text      UTF-8. Ids and addresses 1 to 255 bytes, texts to 64 KiB, JSON to 1 MiB; else CHANNEL_E_ARGUMENT.
 * Time      Milliseconds since the Unix epoch as the host's now() gives them: never back, maybe a jump ahead.
 *           Only stop's grace and the limits of a socket are real time.
 */
#ifndef CHANNEL_ABI_H
#define CHANNEL_ABI_H

#include <stddef.h>
#include <stdint.h>

#define CHANNEL_ABI_MAJOR 1
#define CHANNEL_ABI_MINOR 0
#define CHANNEL_MAGIC UINT32_C(0x314e4843)  /* "CHN1" */
#define CHANNEL_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
#define CHANNEL_NOEXCEPT noexcept
#define CHANNEL_ASSERT static_assert
#else
#define CHANNEL_NOEXCEPT
#define CHANNEL_ASSERT _Static_assert
#endif

/* Whether the peer's struct reaches as far as member m; and, of a function, whether it is there. */
#define CHANNEL_HAS(p, m) ((p)->struct_size >= offsetof(__typeof__(*(p)), m) + sizeof((p)->m))
#define CHANNEL_CAN(p, f) (CHANNEL_HAS(p, f) && (p)->f)

/* For the assertions on the layout, here and in the headers of extensions. */
#define CHANNEL_AT(type, member, offset) (offsetof(channel_##type, member) == (offset))

#ifdef __cplusplus
extern "C" {
#endif

/* FROZEN. Not NUL-terminated; data may be NULL where size is 0. */
typedef struct channel_str {
    const char* data;
    uint64_t size;
} channel_str;

/* FROZEN. Takes text of any length, piece by piece; write returns 0, or something else for: stop. */
typedef struct channel_sink {
    void* ctx;
    int32_t (*write)(void* ctx, channel_str piece) CHANNEL_NOEXCEPT;
} channel_sink;

typedef uint64_t channel_token;  /* the channel's: one offer or one report that waits for settle; never 0 */
typedef uint64_t channel_op;     /* the host's: one call that complete answers, exactly once; never 0 */

typedef int32_t channel_status;  /* 0, or the class of a failure; an unknown class is CHANNEL_E_INTERNAL */
enum {
    CHANNEL_OK = 0,
    CHANNEL_E_ARGUMENT = -1,     /* the caller broke the contract: once more will not help */
    CHANNEL_E_STATE = -2,        /* not in this state */
    CHANNEL_E_UNSUPPORTED = -3,  /* no such topic or kind */
    CHANNEL_E_BUSY = -4,         /* nothing has happened; again after retry_after_ms, 50 at least */
    CHANNEL_E_REFUSED = -5,      /* final for this one; code says why */
    CHANNEL_E_UNAVAILABLE = -6,  /* store, disk, network or provider out of order; may work later */
    CHANNEL_E_INTERNAL = -7      /* a fault of the one who was called */
};

/* FROZEN, 512 bytes. Storage of the caller, never NULL; filled on failure. */
typedef struct channel_error {
    channel_status status;
    uint32_t reserved;
    int64_t retry_after_ms;
    char code[48];   /* id, NUL-terminated */
    char text[448];  /* for a person, NUL-terminated */
} channel_error;

/* ---- What is said ---- */

/* GROWS. One thing said; several files are several messages. */
typedef struct channel_content {
    uint32_t struct_size, reserved;
    channel_str kind;  /* text image voice video file location link, or VENDOR.NAME */
    channel_str text;  /* the text; of other kinds a caption, a transcript, or what to show instead */
    channel_str path;  /* absolute path of a regular file that nobody changes any more; empty: none */
    channel_str mime, name;
    uint64_t bytes;
    channel_str data;  /* JSON object with what else the kind needs; may be empty */
} channel_content;

enum { CHANNEL_REPLAY = 1 };  /* flag of a message: a run that has ended may have handed it over before */

/* GROWS. Host to channel. The file stays until a state >= SENT has been settled. */
typedef struct channel_message {
    uint32_t struct_size, flags;
    channel_str client_id;  /* the host's id, never used for anything else: the key of "once" */
    channel_str account, contact;
    channel_str sender;  /* id of the participant who writes; empty: the host itself */
    const channel_content* content;
} channel_message;

enum {                    /* kinds of items; unknown: kept, settled, shown if it has a text */
    CHANNEL_MESSAGE = 1,  /* the contact says something */
    CHANNEL_EVENT = 2,    /* the contact does something that is no content: followed, scanned, menu ... */
    CHANNEL_NOTICE = 3,   /* the channel tells the participants something of its own */
    CHANNEL_ECHO = 4      /* the channel has told the contact something of its own: for the record */
};

/* GROWS. Channel to host. The file stays until settled. A message whose file cannot be had yet is offered
 * without it: data.missing of its content is an id, data.missing_text a sentence. An event media_arrived
 * brings the file later, media_lost says that nobody ever will: data.message is the message's id. What a
 * browser cannot play may have a second file beside it, data.playable of its content, with playable_mime. */
typedef struct channel_item {
    uint32_t struct_size;
    int32_t kind;
    channel_str id;  /* the same at each repetition: of the message, not of an attempt to deliver it */
    channel_str account, contact;
    int64_t happened_ms;
    channel_str name;                /* of an event; the key of a notice's or an echo's text */
    const channel_content* content;  /* NULL: none */
    channel_str data;  /* JSON object: an event's values, hints for routing ({"scene": "a"}); may be empty */
} channel_item;

enum {  /* states: below SENT the channel has it in hand; from SENT on, unknown ones too, it tries no more */
    CHANNEL_ACCEPTED = 10,   /* durable at the channel */
    CHANNEL_QUEUED = 20,     /* the same, and it waits: reason, position */
    CHANNEL_SENT = 30,       /* the provider has taken it */
    CHANNEL_DELIVERED = 40,  /* as the provider tells later; READ and FAILED may come so, too */
    CHANNEL_READ = 50,
    CHANNEL_REFUSED = 60,    /* never taken; reason as check gives it */
    CHANNEL_FAILED = 61,
    CHANNEL_EXPIRED = 62,
    CHANNEL_DISCARDED = 63,
    CHANNEL_CANCELLED = 64,
    CHANNEL_UNCERTAIN = 65   /* it may have reached the contact */
};

/* GROWS. Channel to host: what became of a message. The first one about it is the receipt, send's answer. */
typedef struct channel_report {
    uint32_t struct_size;
    int32_t state;
    channel_str client_id;
    uint64_t revision;  /* 1, 2, 3 ... of this message; the host keeps the highest, a repeat has the same */
    int64_t happened_ms;
    channel_str reason;  /* id; may be empty */
    channel_str text;    /* for a person; may be empty */
    uint32_t position;   /* QUEUED: 1 is next */
    uint32_t reserved;
    channel_str data;  /* JSON object: provider's id and code, limit and size ...; may be empty */
} channel_report;

enum { CHANNEL_SEND = 1, CHANNEL_QUEUE = 2, CHANNEL_REFUSE = 3 };  /* verdicts; unknown: REFUSE */

/* GROWS. Storage of the host, which sets struct_size: nothing is written beyond it. */
typedef struct channel_capability {
    uint32_t struct_size;
    int32_t verdict;
    uint32_t cost;           /* slots this message takes: 1, or the segments of an SMS */
    int32_t slots_left;      /* before it; -1: no limit, or not known */
    int64_t window_ends_ms;  /* 0: no window, or not known */
    char reason[48];         /* of QUEUE and REFUSE: id, NUL-terminated (on_hold, contact_must_start ...) */
    char text[256];          /* for a person, NUL-terminated */
} channel_capability;

/* ---- The host, as a channel sees it ---- */

typedef void (*channel_task)(void* ctx) CHANNEL_NOEXCEPT;

enum { CHANNEL_LOG_DEBUG = 0, CHANNEL_LOG_INFO = 1, CHANNEL_LOG_WARNING = 2, CHANNEL_LOG_ERROR = 3 };
enum { CHANNEL_HEALTH_OK = 0, CHANNEL_HEALTH_DEGRADED = 1, CHANNEL_HEALTH_DOWN = 2 };

/* GROWS. One per instance, outlives it. Every function: [any], never blocks. Unless the instance is starting,
 * running or stopping, offer, report and post give CHANNEL_E_STATE, arm gives 0. */
typedef struct channel_host {
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    void* self;

    int64_t (*now)(void* self) CHANNEL_NOEXCEPT;

    /* Runs task(ctx) once, as a [lane] call, when now() has reached due_ms; gives a timer, 0: refused. */
    uint64_t (*arm)(void* self, int64_t due_ms, channel_task, void* ctx) CHANNEL_NOEXCEPT;

    /* Gives 1 if the task will not run any more. 0: it runs or has run; seen from a [lane] call: has run. */
    int32_t (*disarm)(void* self, uint64_t timer) CHANNEL_NOEXCEPT;

    /* Runs task(ctx) soon, once, as a [lane] call. */
    channel_status (*post)(void* self, channel_task, void* ctx) CHANNEL_NOEXCEPT;

    void (*log)(void* self, int32_t level, channel_str code, channel_str text, channel_str fields_json)
        CHANNEL_NOEXCEPT;
    void (*health)(void* self, int32_t level, channel_str code, channel_str text) CHANNEL_NOEXCEPT;

    /* Hands over an item, a report. OK: settle(token) follows once. BUSY: not taken. One open token per
     * conversation, offers and reports together: the next one after settle. */
    channel_status (*offer)(void* self, const channel_item*, channel_token, channel_error*)
        CHANNEL_NOEXCEPT;
    channel_status (*report)(void* self, const channel_report*, channel_token, channel_error*)
        CHANNEL_NOEXCEPT;

    /* Ends op. result: JSON; of a failure {"code": ..., "text": ...}. */
    channel_status (*complete)(void* self, channel_op, channel_status, channel_str result) CHANNEL_NOEXCEPT;

    const void* (*extension)(void* self, channel_str id) CHANNEL_NOEXCEPT;  /* a static table, or NULL */
} channel_host;

/* ---- The channel, as a host sees it ---- */

enum { CHANNEL_VALIDATE = 1, CHANNEL_APPLY = 2 };

/* GROWS */
typedef struct channel_settings {
    uint32_t struct_size;
    int32_t mode;
    channel_str json;      /* the host's section about this channel; may name files, environment variables */
    channel_str base_dir;  /* absolute; relative paths in json start here */
} channel_settings;

/* GROWS. States: created, configured, starting, running, stopping, stopped. OK from a function with an op:
 * complete follows. */
typedef struct channel_ops {
    uint32_t struct_size, reserved;

    /* [control & created, configured, stopped] */
    void (*destroy)(void* self) CHANNEL_NOEXCEPT;

    /* Checks settings (VALIDATE: no effect at all) or takes them (APPLY; while running: a reload).
     *
     * result   findings, all at once: [{"level", "file", "line", "column", "code", "text"}]
     * What is faulty keeps the version in force, the rest is taken. REFUSED: nothing was.
     * [control & not starting, stopping] */
    channel_status (*configure)(void* self, const channel_settings*, channel_op, channel_error*)
        CHANNEL_NOEXCEPT;

    /* Opens store and port, offers what is still unsettled. Succeeds with the provider down.
     * [control & configured, stopped] */
    channel_status (*start)(void* self, channel_op, channel_error*) CHANNEL_NOEXCEPT;

    /* Ends what is under way within grace_ms, keeps the rest in its store. Once completed, no thread, timer,
     * task or call of the channel is left, and open tokens have lapsed.
     * [control & starting, running] */
    channel_status (*stop)(void* self, int64_t grace_ms, channel_op, channel_error*) CHANNEL_NOEXCEPT;

    /* Says what send would do with this message now; changes nothing and uses no slot.
     *
     * message  client_id may be empty; content NULL: what would a text do?
     * May read the channel's store; never asks the provider, never waits for the lane. An estimate.
     * [any & running] */
    channel_status (*check)(void* self, const channel_message*, channel_capability*, channel_error*)
        CHANNEL_NOEXCEPT;

    /* Takes a message, once per client_id. OK: it is in hand, not yet durable; at least one report follows.
     * BUSY: nothing happened; later ones of the conversation wait with it. A known client_id: no second
     * message, its present state is reported.
     * [lane & running] */
    channel_status (*send)(void* self, const channel_message*, channel_error*) CHANNEL_NOEXCEPT;

    /* Lets go of a message that waits. OK: a report follows: cancelled, or the state it is in; of an unknown
     * client_id REFUSED, unknown_message, revision 0.
     * [lane & running] */
    channel_status (*cancel)(void* self, channel_str client_id, channel_error*) CHANNEL_NOEXCEPT;

    /* Answers offer and report. OK: it is on the host's disk. BUSY, UNAVAILABLE: again after retry_after_ms,
     * with a new token. REFUSED: the host never takes it, and has recorded so.
     * [lane & starting, running, stopping] */
    void (*settle)(void* self, channel_token, channel_status, int64_t retry_after_ms) CHANNEL_NOEXCEPT;

    /* Writes health, state ({"busy": 0, ...}), config (secrets masked) as JSON, metrics as OpenMetrics text;
     * 1 MiB at most.
     * Faults: unsupported (topic).
     * [any & every state] */
    channel_status (*inspect)(void* self, channel_str topic, const channel_sink*, channel_error*)
        CHANNEL_NOEXCEPT;

    const void* (*extension)(void* self, channel_str id) CHANNEL_NOEXCEPT;  /* static table or NULL; [any] */
} channel_ops;

/* FROZEN */
typedef struct channel_instance {
    void* self;
    const channel_ops* ops;
} channel_instance;

/* GROWS; the first 12 bytes FROZEN in every major. Static data, good before any function has run. Its strings
 * are NUL-terminated, as no others are. */
typedef struct channel_plugin {
    uint32_t magic;
    uint16_t abi_major, abi_minor;
    uint32_t struct_size, reserved;
    const char* type;             /* "wechat" */
    const char* name;             /* "WeChat official accounts" */
    const char* version;
    const char* toolchain;        /* compiler and standard library, with versions */
    const char* capabilities;     /* {"send": ["text"], "receive": ["text"], "text_bytes": 2048, ...} */
    const char* settings_schema;  /* JSON Schema of channel_settings.json */
    const char* const* needs;     /* ids of the host extensions it cannot do without, then NULL */
    const char* const* offers;    /* ids of its own extensions, then NULL */

    /* Makes an instance, state created; calls nothing of the host, starts nothing. [any] */
    channel_status (*create)(channel_str instance, const channel_host*, channel_instance*, channel_error*)
        CHANNEL_NOEXCEPT;
} channel_plugin;

extern CHANNEL_EXPORT const channel_plugin channel_plugin_v1;  /* the one export, named after the major */

/* ---- Layout of 1.0, 64 bit. A struct that has grown keeps its offsets, and its size becomes ">=". ---- */

CHANNEL_ASSERT(sizeof(void*) == 8, "64 bit");
CHANNEL_ASSERT(sizeof(channel_str) == 16 && CHANNEL_AT(str, data, 0) && CHANNEL_AT(str, size, 8), "str 1.0");
CHANNEL_ASSERT(sizeof(channel_sink) == 16 && CHANNEL_AT(sink, ctx, 0)
    && CHANNEL_AT(sink, write, 8), "sink 1.0");
CHANNEL_ASSERT(sizeof(channel_error) == 512 && CHANNEL_AT(error, status, 0)
    && CHANNEL_AT(error, reserved, 4) && CHANNEL_AT(error, retry_after_ms, 8)
    && CHANNEL_AT(error, code, 16) && CHANNEL_AT(error, text, 64), "error 1.0");
CHANNEL_ASSERT(sizeof(channel_content) == 112 && CHANNEL_AT(content, reserved, 4)
    && CHANNEL_AT(content, kind, 8) && CHANNEL_AT(content, text, 24)
    && CHANNEL_AT(content, path, 40) && CHANNEL_AT(content, mime, 56)
    && CHANNEL_AT(content, name, 72) && CHANNEL_AT(content, bytes, 88)
    && CHANNEL_AT(content, data, 96), "content 1.0");
CHANNEL_ASSERT(sizeof(channel_message) == 80 && CHANNEL_AT(message, flags, 4)
    && CHANNEL_AT(message, client_id, 8) && CHANNEL_AT(message, account, 24)
    && CHANNEL_AT(message, contact, 40) && CHANNEL_AT(message, sender, 56)
    && CHANNEL_AT(message, content, 72), "message 1.0");
CHANNEL_ASSERT(sizeof(channel_item) == 104 && CHANNEL_AT(item, kind, 4)
    && CHANNEL_AT(item, id, 8) && CHANNEL_AT(item, account, 24) && CHANNEL_AT(item, contact, 40)
    && CHANNEL_AT(item, happened_ms, 56) && CHANNEL_AT(item, name, 64)
    && CHANNEL_AT(item, content, 80) && CHANNEL_AT(item, data, 88), "item 1.0");
CHANNEL_ASSERT(sizeof(channel_report) == 96 && CHANNEL_AT(report, state, 4)
    && CHANNEL_AT(report, client_id, 8) && CHANNEL_AT(report, revision, 24)
    && CHANNEL_AT(report, happened_ms, 32) && CHANNEL_AT(report, reason, 40)
    && CHANNEL_AT(report, text, 56) && CHANNEL_AT(report, position, 72)
    && CHANNEL_AT(report, reserved, 76) && CHANNEL_AT(report, data, 80), "report 1.0");
CHANNEL_ASSERT(sizeof(channel_capability) == 328 && CHANNEL_AT(capability, verdict, 4)
    && CHANNEL_AT(capability, cost, 8) && CHANNEL_AT(capability, slots_left, 12)
    && CHANNEL_AT(capability, window_ends_ms, 16) && CHANNEL_AT(capability, reason, 24)
    && CHANNEL_AT(capability, text, 72), "capability 1.0");
CHANNEL_ASSERT(sizeof(channel_host) == 96 && CHANNEL_AT(host, abi_major, 4)
    && CHANNEL_AT(host, abi_minor, 6) && CHANNEL_AT(host, self, 8) && CHANNEL_AT(host, now, 16)
    && CHANNEL_AT(host, arm, 24) && CHANNEL_AT(host, disarm, 32) && CHANNEL_AT(host, post, 40)
    && CHANNEL_AT(host, log, 48) && CHANNEL_AT(host, health, 56) && CHANNEL_AT(host, offer, 64)
    && CHANNEL_AT(host, report, 72) && CHANNEL_AT(host, complete, 80)
    && CHANNEL_AT(host, extension, 88), "host 1.0");
CHANNEL_ASSERT(sizeof(channel_settings) == 40 && CHANNEL_AT(settings, mode, 4)
    && CHANNEL_AT(settings, json, 8) && CHANNEL_AT(settings, base_dir, 24), "settings 1.0");
CHANNEL_ASSERT(sizeof(channel_ops) == 88 && CHANNEL_AT(ops, reserved, 4)
    && CHANNEL_AT(ops, destroy, 8) && CHANNEL_AT(ops, configure, 16)
    && CHANNEL_AT(ops, start, 24) && CHANNEL_AT(ops, stop, 32) && CHANNEL_AT(ops, check, 40)
    && CHANNEL_AT(ops, send, 48) && CHANNEL_AT(ops, cancel, 56) && CHANNEL_AT(ops, settle, 64)
    && CHANNEL_AT(ops, inspect, 72) && CHANNEL_AT(ops, extension, 80), "ops 1.0");
CHANNEL_ASSERT(sizeof(channel_instance) == 16 && CHANNEL_AT(instance, self, 0)
    && CHANNEL_AT(instance, ops, 8), "instance 1.0");
CHANNEL_ASSERT(sizeof(channel_plugin) == 88 && CHANNEL_AT(plugin, magic, 0)
    && CHANNEL_AT(plugin, abi_major, 4) && CHANNEL_AT(plugin, abi_minor, 6)
    && CHANNEL_AT(plugin, struct_size, 8) && CHANNEL_AT(plugin, reserved, 12)
    && CHANNEL_AT(plugin, type, 16) && CHANNEL_AT(plugin, name, 24)
    && CHANNEL_AT(plugin, version, 32) && CHANNEL_AT(plugin, toolchain, 40)
    && CHANNEL_AT(plugin, capabilities, 48) && CHANNEL_AT(plugin, settings_schema, 56)
    && CHANNEL_AT(plugin, needs, 64) && CHANNEL_AT(plugin, offers, 72)
    && CHANNEL_AT(plugin, create, 80), "plugin 1.0");

#ifdef __cplusplus
}
#endif
#endif
