#pragma once
/// Stands between a host and a channel: hears every call of both, and may change any. channel-check listens with
/// it; the wrong channels of its tests are the template with one function of this overridden.

#include <channel/abi.h>
#include <channel/ext/participants.h>

#include <string>
#include <string_view>

namespace conformance {

class Between {
public:
    Between() = default;
    Between(const Between&) = delete;
    Between& operator=(const Between&) = delete;
    virtual ~Between() = default;

    // ---- The host's calls, on their way to the channel ----

    virtual channel_status create(const channel_plugin& plugin, channel_str instance, channel_error* error)
    {
        return plugin.create(instance, seen_host(), &channel_, error);
    }
    virtual void destroy() { ops().destroy(self()); }
    virtual channel_status configure(const channel_settings* settings, channel_op op, channel_error* error)
    {
        return ops().configure(self(), settings, op, error);
    }
    virtual channel_status start(channel_op op, channel_error* error)
    {
        return ops().start(self(), op, error);
    }
    virtual channel_status stop(int64_t grace_ms, channel_op op, channel_error* error)
    {
        return ops().stop(self(), grace_ms, op, error);
    }
    virtual channel_status
    check(const channel_message* message, channel_capability* answer, channel_error* error)
    {
        return ops().check(self(), message, answer, error);
    }
    virtual channel_status send(const channel_message* message, channel_error* error)
    {
        return ops().send(self(), message, error);
    }
    virtual channel_status cancel(channel_str client_id, channel_error* error)
    {
        return ops().cancel(self(), client_id, error);
    }
    virtual void settle(channel_token token, channel_status status, int64_t retry_after_ms)
    {
        ops().settle(self(), token, status, retry_after_ms);
    }
    virtual channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error)
    {
        return ops().inspect(self(), topic, sink, error);
    }
    /// A table of the channel; of participants one that goes through here. The functions of other tables expect the
    /// channel's own self, and are not to be called.
    virtual const void* extension(channel_str id)
    {
        const auto* const table = ops().extension(self(), id);
        constexpr std::string_view participants = CHANNEL_PARTICIPANTS;
        if (table != nullptr && std::string_view(id.data, id.size) == participants)
            return &participants_table;
        return table;
    }

    // ---- The channel's calls, on their way to the host ----

    virtual int64_t now() { return host_->now(host_->self); }
    virtual uint64_t arm(int64_t due_ms, channel_task task, void* ctx)
    {
        return host_->arm(host_->self, due_ms, task, ctx);
    }
    virtual int32_t disarm(uint64_t timer) { return host_->disarm(host_->self, timer); }
    virtual channel_status post(channel_task task, void* ctx) { return host_->post(host_->self, task, ctx); }
    virtual void log(int32_t level, channel_str code, channel_str text, channel_str fields)
    {
        host_->log(host_->self, level, code, text, fields);
    }
    virtual void health(int32_t level, channel_str code, channel_str text)
    {
        host_->health(host_->self, level, code, text);
    }
    virtual channel_status offer(const channel_item* item, channel_token token, channel_error* error)
    {
        return host_->offer(host_->self, item, token, error);
    }
    virtual channel_status report(const channel_report* report, channel_token token, channel_error* error)
    {
        return host_->report(host_->self, report, token, error);
    }
    virtual channel_status complete(channel_op op, channel_status status, channel_str result)
    {
        return host_->complete(host_->self, op, status, result);
    }
    virtual const void* host_extension(channel_str id) { return host_->extension(host_->self, id); }

    /// The table of functions that the channel gets for a host: made once, before create.
    virtual const channel_host* seen_host() { return &table_; }

    // ---- What both sides see of it ----

    /// A plugin whose instances stand behind a B each. inner: static data; one per B and process.
    template <class B>
    static channel_plugin around(const channel_plugin& inner)
    {
        inner_of<B> = &inner;
        auto outer = inner;
        outer.create = &create_slot<B>;
        return outer;
    }

protected:
    [[nodiscard]] const channel_ops& ops() const { return *channel_.ops; }
    [[nodiscard]] void* self() const { return channel_.self; }
    [[nodiscard]] const channel_host& host() const { return *host_; }
    [[nodiscard]] const channel_host& table() const { return table_; }

private:
    template <class B>
    inline static const channel_plugin* inner_of = nullptr;

    static Between& of(void* self) { return *static_cast<Between*>(self); }

    template <class B>
    static channel_status create_slot(
        channel_str instance, const channel_host* host, channel_instance* made, channel_error* error
    ) noexcept
    {
        auto* const between = new B;
        between->host_ = host;
        between->table_ = between->host_table();
        const auto status = static_cast<Between*>(between)->create(*inner_of<B>, instance, error);
        if (status != CHANNEL_OK) {
            delete between;
            return status;
        }
        *made = {static_cast<Between*>(between), &outer_ops};
        return CHANNEL_OK;
    }

    static void destroy_slot(void* self) noexcept
    {
        of(self).destroy();
        delete &of(self);
    }

    channel_host host_table()
    {
        return {
            sizeof(channel_host),
            CHANNEL_ABI_MAJOR,
            CHANNEL_ABI_MINOR,
            this,
            [](void* self) noexcept { return of(self).now(); },
            [](void* self, int64_t due, channel_task task, void* ctx) noexcept {
                return of(self).arm(due, task, ctx);
            },
            [](void* self, uint64_t timer) noexcept { return of(self).disarm(timer); },
            [](void* self, channel_task task, void* ctx) noexcept { return of(self).post(task, ctx); },
            [](void* self, int32_t level, channel_str code, channel_str text, channel_str fields) noexcept {
                of(self).log(level, code, text, fields);
            },
            [](void* self, int32_t level, channel_str code, channel_str text) noexcept {
                of(self).health(level, code, text);
            },
            [](void* self, const channel_item* item, channel_token token, channel_error* error) noexcept {
                return of(self).offer(item, token, error);
            },
            [](void* self, const channel_report* report, channel_token token, channel_error* error) noexcept {
                return of(self).report(report, token, error);
            },
            [](void* self, channel_op op, channel_status status, channel_str result) noexcept {
                return of(self).complete(op, status, result);
            },
            [](void* self, channel_str id) noexcept { return of(self).host_extension(id); },
        };
    }

    static channel_status set_participants(
        void* self,
        channel_str account,
        channel_str contact,
        const channel_participant* first,
        uint64_t count,
        channel_op op,
        channel_error* error
    ) noexcept
    {
        const auto& between = of(self);
        constexpr std::string_view id = CHANNEL_PARTICIPANTS;
        const auto* const table = static_cast<const channel_participants*>(
            between.ops().extension(between.self(), {id.data(), id.size()})
        );
        return table->set(between.self(), account, contact, first, count, op, error);
    }

    static constexpr channel_participants participants_table{sizeof(channel_participants), 0, &set_participants};
    static const channel_ops outer_ops;

    channel_instance channel_{};
    const channel_host* host_ = nullptr;
    channel_host table_{};
};

inline constexpr channel_ops Between::outer_ops{
    sizeof(channel_ops),
    0,
    &Between::destroy_slot,
    [](void* self, const channel_settings* settings, channel_op op, channel_error* error) noexcept {
        return of(self).configure(settings, op, error);
    },
    [](void* self, channel_op op, channel_error* error) noexcept { return of(self).start(op, error); },
    [](void* self, int64_t grace, channel_op op, channel_error* error) noexcept {
        return of(self).stop(grace, op, error);
    },
    [](void* self, const channel_message* message, channel_capability* answer, channel_error* error
    ) noexcept { return of(self).check(message, answer, error); },
    [](void* self, const channel_message* message, channel_error* error) noexcept {
        return of(self).send(message, error);
    },
    [](void* self, channel_str client_id, channel_error* error) noexcept {
        return of(self).cancel(client_id, error);
    },
    [](void* self, channel_token token, channel_status status, int64_t retry) noexcept {
        of(self).settle(token, status, retry);
    },
    [](void* self, channel_str topic, const channel_sink* sink, channel_error* error) noexcept {
        return of(self).inspect(topic, sink, error);
    },
    [](void* self, channel_str id) noexcept { return of(self).extension(id); },
};

}  // namespace conformance
