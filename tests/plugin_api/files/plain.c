/* A channel in plain C, from abi.h alone: it answers at once, and knows "sent". The macros make it a bad one. */
#include <channel/abi.h>

#include <stdlib.h>
#include <string.h>

#ifndef MAGIC
#define MAGIC CHANNEL_MAGIC
#endif
#ifndef MAJOR
#define MAJOR CHANNEL_ABI_MAJOR
#endif
#ifndef SIZE
#define SIZE sizeof(channel_plugin)
#endif
#ifndef VERSION
#define VERSION "1.0.0"
#endif
#ifndef NEEDS
#define NEEDS
#endif

typedef struct plain {
    const channel_host* host;
    int running;
    channel_token last_token;
} plain;

static channel_status fail(channel_error* error, channel_status status, const char* code)
{
    memset(error, 0, sizeof *error);
    error->status = status;
    strncpy(error->code, code, sizeof error->code - 1);
    strncpy(error->text, code, sizeof error->text - 1);
    return status;
}

static void destroy(void* self)
{
    free(self);
}

static channel_status configure(void* self, const channel_settings* settings, channel_op op, channel_error* error)
{
    const plain* channel = self;
    (void)settings;
    (void)error;
    channel->host->complete(channel->host->self, op, CHANNEL_OK, (channel_str){"[]", 2});
    return CHANNEL_OK;
}

static channel_status start(void* self, channel_op op, channel_error* error)
{
    plain* channel = self;
    (void)error;
    channel->running = 1;
    channel->host->complete(channel->host->self, op, CHANNEL_OK, (channel_str){NULL, 0});
    return CHANNEL_OK;
}

static channel_status stop(void* self, int64_t grace_ms, channel_op op, channel_error* error)
{
    plain* channel = self;
    (void)grace_ms;
    (void)error;
    channel->running = 0;
    channel->host->complete(channel->host->self, op, CHANNEL_OK, (channel_str){NULL, 0});
    return CHANNEL_OK;
}

static channel_status check(void* self, const channel_message* message, channel_capability* answer, channel_error* error)
{
    (void)self;
    (void)message;
    (void)error;
    answer->verdict = CHANNEL_SEND;
    answer->cost = 1;
    answer->slots_left = -1;
    return CHANNEL_OK;
}

static channel_status send(void* self, const channel_message* message, channel_error* error)
{
    plain* channel = self;
    channel_report report;
    if (!channel->running)
        return fail(error, CHANNEL_E_STATE, "state");
    memset(&report, 0, sizeof report);
    report.struct_size = sizeof report;
    report.state = CHANNEL_SENT;
    report.client_id = message->client_id;
    report.revision = 1;
    return channel->host->report(channel->host->self, &report, ++channel->last_token, error);
}

static channel_status cancel(void* self, channel_str client_id, channel_error* error)
{
    (void)self;
    (void)client_id;
    return fail(error, CHANNEL_E_UNSUPPORTED, "cancel");
}

static void settle(void* self, channel_token token, channel_status status, int64_t retry_after_ms)
{
    (void)self;
    (void)token;
    (void)status;
    (void)retry_after_ms;
}

static channel_status inspect(void* self, channel_str topic, const channel_sink* sink, channel_error* error)
{
    (void)self;
    if (topic.size != 5 || memcmp(topic.data, "state", 5) != 0)
        return fail(error, CHANNEL_E_UNSUPPORTED, "topic");
    sink->write(sink->ctx, (channel_str){"{\"nested\":{\"busy\":3},", 21});
    sink->write(sink->ctx, (channel_str){"\"busy\": 0}", 10});
    return CHANNEL_OK;
}

static const void* extension(void* self, channel_str id)
{
    (void)self;
    (void)id;
    return NULL;
}

static const channel_ops ops = {
    sizeof(channel_ops), 0, destroy, configure, start, stop, check, send, cancel, settle, inspect, extension,
};

static channel_status create(channel_str name, const channel_host* host, channel_instance* made, channel_error* error)
{
    plain* channel = calloc(1, sizeof *channel);
    (void)name;
    if (channel == NULL)
        return fail(error, CHANNEL_E_UNAVAILABLE, "memory");
    channel->host = host;
    made->self = channel;
    made->ops = &ops;
    return CHANNEL_OK;
}

static const char* const needs[] = {NEEDS NULL};
static const char* const offers[] = {NULL};

CHANNEL_EXPORT const channel_plugin channel_plugin_v1 = {
    MAGIC,
    MAJOR,
    CHANNEL_ABI_MINOR,
    SIZE,
    0,
    "plain",
    "Plain C",
    VERSION,
    "a C compiler",
    "{\"send\":[\"text\"],\"receive\":[]}",
    "{}",
    needs,
    offers,
    create,
};
