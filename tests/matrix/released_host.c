/* A host of the contract as it was released, in plain C: makes an instance, asks it, tries settings, and lets it go.
 *
 *     host-of-1.0 PLUGIN.so */
#include <channel/abi.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static int64_t now(void* self) { return (void)self, INT64_C(1700000000000); }
static uint64_t arm(void* self, int64_t due, channel_task task, void* ctx)
{
    return (void)self, (void)due, (void)task, (void)ctx, 0;
}
static int32_t disarm(void* self, uint64_t timer) { return (void)self, (void)timer, 0; }
static channel_status post(void* self, channel_task task, void* ctx)
{
    return (void)self, (void)task, (void)ctx, CHANNEL_E_STATE;
}
static void take_log(void* self, int32_t level, channel_str code, channel_str text, channel_str fields)
{
    (void)self, (void)level, (void)code, (void)text, (void)fields;
}
static void health(void* self, int32_t level, channel_str code, channel_str text)
{
    (void)self, (void)level, (void)code, (void)text;
}
static channel_status offer(void* self, const channel_item* item, channel_token token, channel_error* error)
{
    return (void)self, (void)item, (void)token, error->status = CHANNEL_E_STATE;
}
static channel_status report(void* self, const channel_report* given, channel_token token, channel_error* error)
{
    return (void)self, (void)given, (void)token, error->status = CHANNEL_E_STATE;
}
static channel_status complete(void* self, channel_op op, channel_status status, channel_str result)
{
    (void)result;
    if (op == 1 && status != CHANNEL_OK)
        ++*(int*)self;
    return CHANNEL_OK;
}
static const void* extension(void* self, channel_str id) { return (void)self, (void)id, (const void*)0; }

static int32_t count(void* ctx, channel_str piece)
{
    *(uint64_t*)ctx += piece.size;
    return 0;
}

static int fail(const char* what)
{
    fprintf(stderr, "%s\n", what);
    return 1;
}

int main(int argc, char** argv)
{
    int refused = 0;
    const channel_host host = {sizeof host, CHANNEL_ABI_MAJOR, CHANNEL_ABI_MINOR, &refused, now,    arm,      disarm,
                               post,        take_log,          health,            offer,    report, complete, extension};
    void* const library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : (void*)0;
    if (!library)
        return fail(argc == 2 ? dlerror() : "host-of-1.0 PLUGIN.so");
    const channel_plugin* const plugin = (const channel_plugin*)dlsym(library, "channel_plugin_v1");
    if (!plugin || plugin->magic != CHANNEL_MAGIC || plugin->abi_major != CHANNEL_ABI_MAJOR
        || plugin->struct_size < sizeof *plugin)
        return fail("no channel of major 1");

    channel_instance made = {0};
    channel_error error = {0};
    if (plugin->create((channel_str){"one", 3}, &host, &made, &error) != CHANNEL_OK)
        return fail(error.text);
    if (made.ops->struct_size < sizeof *made.ops)
        return fail("fewer functions than 1.0 has");
    uint64_t size = 0;
    const channel_sink sink = {&size, count};
    if (made.ops->inspect(made.self, (channel_str){"state", 5}, &sink, &error) != CHANNEL_OK || size == 0)
        return fail("it says nothing of its state");
    const channel_settings settings = {sizeof settings, CHANNEL_VALIDATE, {"{", 1}, {"/", 1}};
    const channel_status status = made.ops->configure(made.self, &settings, 1, &error);
    if (status == CHANNEL_OK && refused != 1)
        return fail("it takes settings that are no JSON");
    channel_message message = {0};
    message.struct_size = sizeof message;
    message.client_id = message.account = message.contact = (channel_str){"x", 1};
    if (made.ops->send(made.self, &message, &error) == CHANNEL_OK)
        return fail("it sends before it was started");
    made.ops->destroy(made.self);
    printf("%s %s, by %s\n", plugin->type, plugin->version, plugin->toolchain);
    return 0;
}
