#pragma once
/// Behind Instance: the calls into a channel, and everything that is checked on their way.

#include <channel/host/host_side.hpp>

namespace channel::detail {

class Proxy final : public HostSide {
public:
    Proxy(const channel_plugin& plugin, std::string_view name, Services& services, Instance::Options options)
        : HostSide(plugin, services, options.strict), name_(name)
    {}

    void create()
    {
        const auto& plugin = watch_.plugin();
        for (const auto* need = plugin.needs; *need != nullptr; ++need)
            if (services()->extension(*need) == nullptr)
                throw Error(Status::refused, "missing_extension",
                            std::string(plugin.type) + " cannot do without the host's extension " + *need);
        channel_error error{};
        creating_ = true;
        const auto status = watch_.timed("create", control_limit, [&] {
            return plugin.create(str(name_), &table_, &instance_, &error);
        });
        creating_ = false;
        watch_.judge("create", status, error);
        const auto* ops = instance_.ops;
        if (instance_.self == nullptr || ops == nullptr || ops->struct_size < sizeof(channel_ops)
            || !(ops->destroy && ops->configure && ops->start && ops->stop && ops->check && ops->send && ops->cancel
                 && ops->settle && ops->inspect && ops->extension)) {
            instance_ = {};
            throw Error(Status::internal, "incomplete", std::string(plugin.type) + " made an instance without all functions");
        }
    }

    /// The end of the Instance. One that is alive cannot be destroyed: it loses its host, and stays.
    void release()
    {
        if (instance_.ops == nullptr)
            return;
        if (alive(phase())) {
            watch_.host_misbehaves("destroy", "called while " + std::string(name_of(phase())));
            watch_.detach();
            abandon(shared_from_this());
            return;
        }
        watch_.lane_call("destroy", control_limit, [&] {
            instance_.ops->destroy(instance_.self);
            return CHANNEL_OK;
        });
        instance_ = {};
        watch_.detach();
    }

    // ---- [lane] ----

    /// Calls that end with complete. The phase moves before the call, because the channel may use it at once.
    template <class Call>
    void operation(const char* function, Done done, Call call, Phase during, bool allowed)
    {
        const auto moves_to = allowed ? std::optional(during) : std::nullopt;
        const auto begun = life_.begin(function, std::move(done), moves_to);
        channel_error error{};
        const auto status = watch_.lane_call(function, control_limit, [&] { return call(begun.op, &error); });
        if (status == CHANNEL_OK) {
            if (!allowed)
                watch_.misbehaves(function, "taken while " + std::string(name_of(begun.before)));
            return;
        }
        if (!life_.take_back(begun, moves_to))
            watch_.misbehaves(function, "fails, and has completed, too");
        watch_.judge(function, status, error);
    }

    void configure(const Settings& settings, Done done)
    {
        const auto now = phase();
        const auto given = borrow(settings);
        const auto call = [&](channel_op op, channel_error* error) {
            return instance_.ops->configure(instance_.self, &given, op, error);
        };
        const bool allowed = now != Phase::starting && now != Phase::stopping;
        operation(settings.mode == Mode::apply ? "configure" : "validate", std::move(done), call, now, allowed);
    }

    void start(Done done)
    {
        const auto now = phase();
        const auto call = [&](channel_op op, channel_error* error) {
            return instance_.ops->start(instance_.self, op, error);
        };
        operation("start", std::move(done), call, Phase::starting, now == Phase::configured || now == Phase::stopped);
    }

    void stop(Milliseconds grace, Done done)
    {
        const auto now = phase();
        const auto call = [&](channel_op op, channel_error* error) {
            return instance_.ops->stop(instance_.self, grace.count(), op, error);
        };
        operation("stop", std::move(done), call, Phase::stopping, now == Phase::starting || now == Phase::running);
    }

    /// A plain call on the lane that only a running channel may take.
    template <class Call>
    void running_call(const char* function, Call call)
    {
        const auto before = phase();
        channel_error error{};
        const auto status = watch_.lane_call(function, lane_limit, [&] { return call(instance_, &error); });
        if (status == CHANNEL_OK && before != Phase::running)
            watch_.misbehaves(function, "taken while " + std::string(name_of(before)));
        watch_.judge(function, status, error);
    }

    bool settle(Token token, Outcome outcome)
    {
        if (!life_.close(token))
            return false;
        watch_.lane_call("settle", lane_limit, [&] {
            instance_.ops->settle(instance_.self, token, static_cast<channel_status>(outcome.status),
                                  retry_after(outcome.status, outcome.retry_after).count());
            return CHANNEL_OK;
        });
        return true;
    }

    // ---- [any] ----

    Capability check(const Message& message)
    {
        auto given = borrow(message);
        channel_capability answer{};
        answer.struct_size = sizeof answer;
        channel_error error{};
        const auto status = watch_.timed("check", lane_limit, [&] {
            return instance_.ops->check(instance_.self, given.get(), &answer, &error);
        });
        watch_.judge("check", status, error);
        if (answer.verdict < CHANNEL_SEND || (answer.verdict > CHANNEL_REFUSE && !watch_.newer()))
            watch_.misbehaves("check", "unknown verdict " + std::to_string(answer.verdict));
        if (answer.verdict != CHANNEL_SEND && answer.reason[0] == '\0')
            watch_.misbehaves("check", "no reason for not sending");
        if (!valid_utf8(text_in(answer.reason)) || !valid_utf8(text_in(answer.text)))
            watch_.misbehaves("check", "not UTF-8");
        return capability_of(answer);
    }

    std::string inspect(std::string_view topic)
    {
        std::string text;
        const auto write = [](void* ctx, channel_str piece) noexcept -> std::int32_t {
            auto& all = *static_cast<std::string*>(ctx);
            if (piece.size > json_bytes_max + 1 - all.size()) {
                all.resize(json_bytes_max + 1);
                return 1;
            }
            all.append(view(piece));
            return 0;
        };
        const channel_sink sink{&text, write};
        channel_error error{};
        const auto status = watch_.timed("inspect", lane_limit, [&] {
            return instance_.ops->inspect(instance_.self, str(topic), &sink, &error);
        });
        watch_.judge("inspect", status, error);
        if (text.size() > json_bytes_max) {
            watch_.misbehaves("inspect", "answers more than 1 MiB");
            text.clear();
        }
        if (!valid_utf8(text))
            watch_.misbehaves("inspect", "not UTF-8");
        return text;
    }

    const void* extension(std::string_view id)
    {
        const void* table = nullptr;
        watch_.timed("extension", lane_limit, [&] {
            table = instance_.ops->extension(instance_.self, str(id));
            return CHANNEL_OK;
        });
        return table;
    }

    [[nodiscard]] void* self() const noexcept { return instance_.self; }
    [[nodiscard]] Phase phase() const { return life_.phase(); }
    [[nodiscard]] std::size_t open_tokens() const { return life_.open_tokens(); }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const channel_plugin& plugin() const { return watch_.plugin(); }
    [[nodiscard]] std::uint64_t misbehaviours() const { return watch_.misbehaviours(); }

private:
    /// Its channel may call it for as long as the process lives.
    static void abandon(std::shared_ptr<HostSide> proxy)
    {
        static std::mutex mutex;
        static auto* const abandoned = new std::vector<std::shared_ptr<HostSide>>;
        const std::lock_guard lock(mutex);
        abandoned->push_back(std::move(proxy));
    }

    const std::string name_;
    channel_instance instance_{};
};

}  // namespace channel::detail
