/* A channel that means no good: what it does, the name of its instance says. */
#include <channel/abi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct rogue {
    const channel_host* host;
    char name[16];
} rogue;

static const channel_str short_text = {"x", 1};
static const channel_str garbage = {"x", UINT64_C(0xffffffffffffff00)};

static void destroy(void* self) { free(self); }

static channel_status offer(const channel_host* host, channel_str id, channel_str contact, channel_token token)
{
    channel_item item = {0};
    channel_error error = {0};
    item.struct_size = sizeof item;
    item.kind = CHANNEL_MESSAGE;
    item.id = id;
    item.account = short_text;
    item.contact = contact;
    return host->offer(host->self, &item, token, &error);
}

static void with_garbage_lengths(const channel_host* host)
{
    channel_report report = {0};
    channel_error error = {0};
    offer(host, garbage, short_text, 1);
    report.struct_size = sizeof report;
    report.state = CHANNEL_SENT;
    report.client_id = garbage;
    report.revision = 1;
    host->report(host->self, &report, 2, &error);
    host->log(host->self, CHANNEL_LOG_INFO, garbage, garbage, garbage);
    host->health(host->self, CHANNEL_HEALTH_OK, garbage, garbage);
}

static void with_a_million_offers(const channel_host* host)
{
    char contact[32];
    for (channel_token token = 1; token <= 1000000; ++token) {
        const int size = snprintf(contact, sizeof contact, "c%llu", (unsigned long long)token);
        offer(host, short_text, (channel_str){contact, (uint64_t)size}, token);
    }
}

static channel_status configure(void* self, const channel_settings* settings, channel_op op, channel_error* error)
{
    rogue* const it = self;
    (void)settings, (void)error;
    return it->host->complete(it->host->self, op, CHANNEL_OK, strcmp(it->name, "lengths") ? (channel_str){"[]", 2} : garbage);
}

static channel_status start(void* self, channel_op op, channel_error* error)
{
    rogue* const it = self;
    (void)error;
    if (!strcmp(it->name, "lengths"))
        with_garbage_lengths(it->host);
    if (!strcmp(it->name, "million"))
        with_a_million_offers(it->host);
    return it->host->complete(it->host->self, op, CHANNEL_OK, (channel_str){"{}", 2});
}

static channel_status stop(void* self, int64_t grace_ms, channel_op op, channel_error* error)
{
    rogue* const it = self;
    (void)grace_ms, (void)error;
    if (!strcmp(it->name, "hangs"))
        return CHANNEL_OK;
    return it->host->complete(it->host->self, op, CHANNEL_OK, (channel_str){"{}", 2});
}

static channel_status check(void* self, const channel_message* message, channel_capability* answer, channel_error* error)
{
    (void)self, (void)message, (void)error;
    answer->verdict = CHANNEL_SEND;
    return CHANNEL_OK;
}
static channel_status send(void* self, const channel_message* message, channel_error* error)
{
    return (void)self, (void)message, (void)error, CHANNEL_OK;
}
static channel_status cancel(void* self, channel_str client_id, channel_error* error)
{
    return (void)self, (void)client_id, (void)error, CHANNEL_OK;
}
static void settle(void* self, channel_token token, channel_status status, int64_t retry_after_ms)
{
    (void)self, (void)token, (void)status, (void)retry_after_ms;
}
static channel_status inspect(void* self, channel_str topic, const channel_sink* sink, channel_error* error)
{
    (void)self, (void)topic, (void)error;
    sink->write(sink->ctx, short_text);
    sink->write(sink->ctx, garbage);
    return CHANNEL_OK;
}
static const void* extension(void* self, channel_str id) { return (void)self, (void)id, (const void*)0; }

static const channel_ops ops = {sizeof ops, 0, destroy, configure, start, stop, check, send, cancel, settle, inspect, extension};

static channel_status create(channel_str name, const channel_host* host, channel_instance* made, channel_error* error)
{
    rogue* const it = calloc(1, sizeof *it);
    (void)error;
    it->host = host;
    memcpy(it->name, name.data, name.size < sizeof it->name ? name.size : sizeof it->name - 1);
    made->self = it;
    made->ops = &ops;
    return CHANNEL_OK;
}

#ifdef ABORTS_ON_LOAD
__attribute__((constructor)) static void load(void) { abort(); }
#endif

static const char* const none[] = {0};
CHANNEL_EXPORT const channel_plugin channel_plugin_v1 = {
    CHANNEL_MAGIC, CHANNEL_ABI_MAJOR, CHANNEL_ABI_MINOR, sizeof(channel_plugin), 0, "rogue", "Rogue", "1.0.0", "C",
    "{}", "{}", none, none, create,
};
