#pragma once
/// The host table that a channel gets: what it calls of the host, from any thread, on any stack.

#include <channel/host/life.hpp>
#include <channel/host/watch.hpp>

namespace channel::detail {

/// Alive as long as a task of the channel lies in a lane, or the instance stands.
class HostSide : public std::enable_shared_from_this<HostSide> {
public:
    HostSide(const channel_plugin& plugin, Services& services, bool strict) : watch_(plugin, services, strict)
    {
        table_.self = this;
    }
    HostSide(const HostSide&) = delete;
    HostSide& operator=(const HostSide&) = delete;

    [[nodiscard]] Services* services() const { return watch_.services(); }

protected:
    ~HostSide() = default;

    Watch watch_;
    Life life_;
    std::atomic<bool> creating_ = false;  // create may call nothing

private:
    static HostSide& of(void* self) noexcept { return *static_cast<HostSide*>(self); }

    /// The services, or nullptr if this call cannot be answered.
    Services* enter(const char* function)
    {
        if (creating_)
            watch_.misbehaves("create", std::string("calls ") + function + " of the host");
        return watch_.services();
    }

    bool may_call(const char* function)
    {
        const auto now = life_.phase();
        if (alive(now))
            return true;
        watch_.misbehaves(function, "called while " + std::string(name_of(now)));
        return false;
    }

    // ---- Time and tasks ----

    static std::int64_t now(void* self) noexcept
    {
        auto* const services = of(self).enter("now");
        return services == nullptr ? 0 : ms_of(services->now());
    }

    Task task_of(channel_task task, void* ctx, std::uint64_t timer)
    {
        return Task([side = shared_from_this(), task, ctx, timer, run = life_.run()] {
            if (!side->life_.may_run(timer, run))
                return;
            side->watch_.lane_call("task", lane_limit, [&] {
                task(ctx);
                return CHANNEL_OK;
            });
        });
    }

    static std::uint64_t arm(void* self, std::int64_t due_ms, channel_task task, void* ctx) noexcept
    {
        auto& side = of(self);
        auto* const services = side.enter("arm");
        if (services == nullptr || !side.may_call("arm"))
            return 0;
        const auto timer = side.life_.add_timer();
        side.life_.timer_is(timer, services->arm(time_of(due_ms), side.task_of(task, ctx, timer)));
        return timer;
    }

    static std::int32_t disarm(void* self, std::uint64_t timer) noexcept
    {
        auto& side = of(self);
        auto* const services = side.enter("disarm");
        if (services == nullptr)
            return 0;
        const auto armed = side.life_.remove_timer(timer);
        if (!armed)
            return 0;
        services->disarm(*armed);
        return 1;
    }

    static channel_status post(void* self, channel_task task, void* ctx) noexcept
    {
        auto& side = of(self);
        auto* const services = side.enter("post");
        if (services == nullptr || !side.may_call("post"))
            return CHANNEL_E_STATE;
        services->post(side.task_of(task, ctx, 0));
        return CHANNEL_OK;
    }

    // ---- Words ----

    static void log(void* self, std::int32_t level, channel_str code, channel_str text, channel_str fields) noexcept
    {
        auto& side = of(self);
        auto* const services = side.enter("log");
        if (services == nullptr)
            return;
        if (level < CHANNEL_LOG_DEBUG || level > CHANNEL_LOG_ERROR || !good_texts({code, text, fields}))
            side.watch_.misbehaves("log", "unknown level, or text that is not UTF-8 or too long");
        services->log(static_cast<Level>(std::clamp(level, 0, 3)), legible(code, id_bytes_max), legible(text, text_bytes_max),
                      legible(fields, json_bytes_max));
    }

    static void health(void* self, std::int32_t level, channel_str code, channel_str text) noexcept
    {
        auto& side = of(self);
        auto* const services = side.enter("health");
        if (services == nullptr)
            return;
        if (level < CHANNEL_HEALTH_OK || level > CHANNEL_HEALTH_DOWN || !good_texts({code, text}))
            side.watch_.misbehaves("health", "unknown level, or text that is not UTF-8 or too long");
        services->health(static_cast<Health>(std::clamp(level, 0, 2)), legible(code, id_bytes_max),
                         legible(text, text_bytes_max));
    }

    /// What can be shown of a text. A size that no text may have is no size: nothing behind it is read.
    static std::string legible(channel_str text, std::size_t most)
    {
        return text.size > json_bytes_max ? std::string() : clean(view(text), most);
    }

    static bool good_texts(std::initializer_list<channel_str> texts)
    {
        return std::all_of(texts.begin(), texts.end(), [](channel_str text) {
            return text.size <= json_bytes_max && valid_utf8(view(text));
        });
    }

    // ---- What it hands over ----

    static channel_status
    offer(void* self, const channel_item* given, channel_token token, channel_error* error) noexcept
    {
        return of(self).hand_over("offer", token, error, [&](HostSide& side, Services& services) {
            const auto item = item_of(given);
            if (!side.watch_.newer() && (given->kind < CHANNEL_MESSAGE || given->kind > CHANNEL_ECHO))
                side.watch_.misbehaves("offer", "unknown kind " + std::to_string(given->kind));
            side.open(token, item.account + '\n' + item.contact);
            return services.offer(item, token);
        });
    }

    static channel_status
    report(void* self, const channel_report* given, channel_token token, channel_error* error) noexcept
    {
        return of(self).hand_over("report", token, error, [&](HostSide& side, Services& services) {
            const auto report = report_of(given);
            if (!side.watch_.newer() && name_of(report.state) == "unknown")
                side.watch_.misbehaves("report", "unknown state " + std::to_string(given->state));
            if (report.revision == 0 && report.state != State::refused)
                side.watch_.misbehaves("report", "revision 0 of a message that is known");
            side.open(token, services.conversation_of(report.client_id));
            return services.report(report, token);
        });
    }

    /// What offer and report have in common: phase, token, who is to blame, and closing what was not taken.
    template <class Take>
    channel_status hand_over(const char* function, Token token, channel_error* error, const Take& take) noexcept
    {
        auto* const services = enter(function);
        const auto status = guarded(error, [&] {
            if (services == nullptr || !may_call(function))
                throw Error(Status::state, "state", "not while " + std::string(name_of(life_.phase())));
            if (token == 0 || life_.is_open(token))
                wrong("token", token == 0 ? "0" : "open already");
            const auto outcome = take(*this, *services);
            if (outcome)
                return;
            life_.close(token);
            throw Error(outcome.status, "not_taken", "the host does not take it now", outcome.retry_after);
        });
        if (status == CHANNEL_E_ARGUMENT)
            watch_.misbehaves(function, text_in(error->text));
        return status;
    }

    /// Before the services are asked, because they may settle before they have returned.
    void open(Token token, std::string conversation)
    {
        if (!life_.open(token, std::move(conversation)))
            throw Error(Status::busy, "token_open", "a token of this conversation waits for settle");
    }

    // ---- Ends of operations ----

    static channel_status complete(void* self, channel_op op, channel_status status, channel_str result) noexcept
    {
        auto& side = of(self);
        if (side.enter("complete") == nullptr)
            return CHANNEL_E_STATE;
        if (result.size > json_bytes_max || !valid_utf8(view(result)))
            side.watch_.misbehaves("complete", "a result that is not UTF-8 or too long");
        side.watch_.judge_status("complete", status);
        return side.finish(op, {status_of(status), legible(result, json_bytes_max)});
    }

    channel_status finish(channel_op op, Result result)
    {
        auto finished = life_.finish(op, bool(result));
        if (!finished) {
            watch_.misbehaves("complete", "of no open operation");
            return CHANNEL_E_ARGUMENT;
        }
        auto& operation = finished->operation;
        if (operation.function == "start" && finished->before == Phase::stopping && result.status != Status::state)
            watch_.misbehaves("start", "completes otherwise than state, though stop has overtaken it");
        if (alive(finished->before) && finished->after == Phase::stopped)
            end_run(operation.function);
        tell(std::move(operation), std::move(result));
        return CHANNEL_OK;
    }

    /// Once stop has completed, or start has failed, nothing of the run is left; what is left anyway is named and
    /// taken away.
    void end_run(const std::string& function)
    {
        auto remains = life_.end_run();
        for (auto& operation : remains.operations) {
            watch_.misbehaves(function, "completes before " + operation.function + " has");
            tell(std::move(operation), {Status::state, R"({"code":"stopped","text":"the channel was stopped"})"});
        }
        if (!remains.timers.empty())
            watch_.misbehaves(function, "completes with " + std::to_string(remains.timers.size()) + " timers left");
        for (const auto armed : remains.timers)
            if (auto* const services = watch_.services())
                services->disarm(armed);
    }

    void tell(Life::Operation operation, Result result)
    {
        if (auto* const services = watch_.services(); services != nullptr && operation.done)
            services->post([done = std::move(operation.done), result = std::move(result)] { done(result); });
    }

    static const void* extension(void* self, channel_str id) noexcept
    {
        auto* const services = of(self).enter("extension");
        return services == nullptr ? nullptr : services->extension(view(id));
    }

protected:
    channel_host table_{
        sizeof(channel_host), CHANNEL_ABI_MAJOR, CHANNEL_ABI_MINOR, nullptr, now,    arm,      disarm,
        post,                 log,               health,            offer,   report, complete, extension,
    };
};

}  // namespace channel::detail
