#pragma once
/// Behind Instance: the host table that a channel gets, and everything that is checked on its way in and out.

#include <channel/host/instance.hpp>

namespace channel {
namespace detail {

/// Alive as long as a task of the channel lies in a lane, or the instance stands.
class Proxy : public std::enable_shared_from_this<Proxy> {
public:
    using Options = Instance::Options;

    Proxy(const channel_plugin& plugin, std::string_view name, Services& services, Options options)
        : plugin_(plugin), name_(name), options_(options), services_(&services)
    {
        table_.self = this;
    }
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    void create()
    {
        for (const auto* need = plugin_.needs; *need != nullptr; ++need)
            if (services_.load()->extension(*need) == nullptr)
                throw Error(Status::refused, "missing_extension",
                            std::string(plugin_.type) + " cannot do without the host's extension " + *need);
        channel_error error{};
        creating_ = true;
        const auto status = timed("create", control_limit, [&] {
            return plugin_.create(str(name_), &table_, &instance_, &error);
        });
        creating_ = false;
        judge("create", status, error);
        const auto* ops = instance_.ops;
        if (instance_.self == nullptr || ops == nullptr || ops->struct_size < sizeof(channel_ops)
            || !(ops->destroy && ops->configure && ops->start && ops->stop && ops->check && ops->send && ops->cancel
                 && ops->settle && ops->inspect && ops->extension)) {
            instance_ = {};
            throw Error(Status::internal, "incomplete", std::string(plugin_.type) + " made an instance without all functions");
        }
    }

    /// The end of the Instance. One that is alive cannot be destroyed: it loses its host, and stays.
    void release()
    {
        if (instance_.ops == nullptr)
            return;
        if (alive(phase())) {
            blame("HOST", "destroy", "called while " + std::string(name_of(phase())));
            services_ = nullptr;
            abandon(shared_from_this());
            return;
        }
        lane_call("destroy", control_limit, [&] {
            instance_.ops->destroy(instance_.self);
            return CHANNEL_OK;
        });
        instance_ = {};
        services_ = nullptr;
    }

    // ---- Calls into the channel ----

    /// Calls that end with complete. The phase moves before the call, because the channel may use it at once.
    template <class Call>
    void operation(const char* function, Done done, Call call, Phase during, bool allowed)
    {
        channel_op op = 0;
        Phase before{};
        {
            const std::lock_guard lock(mutex_);
            op = ++last_op_;
            before = phase_;
            operations_.emplace(op, Operation{function, std::move(done)});
            if (allowed)
                phase_ = during;
        }
        channel_error error{};
        const auto status = lane_call(function, control_limit, [&] { return call(op, &error); });
        if (status == CHANNEL_OK) {
            if (!allowed)
                misbehaves(function, "taken while " + std::string(name_of(before)));
            return;
        }
        bool was_open = false;
        {
            const std::lock_guard lock(mutex_);
            was_open = operations_.erase(op) == 1;
            if (was_open && allowed && phase_ == during)
                phase_ = before;
        }
        if (!was_open)
            misbehaves(function, "fails, and has completed, too");
        judge(function, status, error);
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
        const auto status = lane_call(function, lane_limit, [&] { return call(instance_, &error); });
        if (status == CHANNEL_OK && before != Phase::running)
            misbehaves(function, "taken while " + std::string(name_of(before)));
        judge(function, status, error);
    }

    bool settle(Token token, Outcome outcome)
    {
        {
            const std::lock_guard lock(mutex_);
            const auto found = tokens_.find(token);
            if (found == tokens_.end())
                return false;
            conversations_.erase(found->second);
            tokens_.erase(found);
        }
        lane_call("settle", lane_limit, [&] {
            instance_.ops->settle(instance_.self, token, static_cast<channel_status>(outcome.status),
                                  retry_after(outcome.status, outcome.retry_after).count());
            return CHANNEL_OK;
        });
        return true;
    }

    Capability check(const Message& message)
    {
        auto given = borrow(message);
        channel_capability answer{};
        answer.struct_size = sizeof answer;
        channel_error error{};
        const auto status = timed("check", lane_limit, [&] {
            return instance_.ops->check(instance_.self, given.get(), &answer, &error);
        });
        judge("check", status, error);
        if (answer.verdict < CHANNEL_SEND || (answer.verdict > CHANNEL_REFUSE && !newer()))
            misbehaves("check", "unknown verdict " + std::to_string(answer.verdict));
        if (answer.verdict != CHANNEL_SEND && answer.reason[0] == '\0')
            misbehaves("check", "no reason for not sending");
        if (!valid_utf8(text_in(answer.reason)) || !valid_utf8(text_in(answer.text)))
            misbehaves("check", "not UTF-8");
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
        const auto status = timed("inspect", lane_limit, [&] {
            return instance_.ops->inspect(instance_.self, str(topic), &sink, &error);
        });
        judge("inspect", status, error);
        if (text.size() > json_bytes_max) {
            misbehaves("inspect", "answers more than 1 MiB");
            text.clear();
        }
        if (!valid_utf8(text))
            misbehaves("inspect", "not UTF-8");
        return text;
    }

    const void* extension(std::string_view id)
    {
        const void* table = nullptr;
        timed("extension", lane_limit, [&] {
            table = instance_.ops->extension(instance_.self, str(id));
            return CHANNEL_OK;
        });
        return table;
    }

    void* self() const noexcept { return instance_.self; }

    // ---- What is known of it ----

    [[nodiscard]] Phase phase() const
    {
        const std::lock_guard lock(mutex_);
        return phase_;
    }
    [[nodiscard]] std::size_t open_tokens() const
    {
        const std::lock_guard lock(mutex_);
        return tokens_.size();
    }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const channel_plugin& plugin() const { return plugin_; }
    [[nodiscard]] std::uint64_t misbehaviours() const { return misbehaviours_; }
    [[nodiscard]] Services* services() const { return services_; }

private:
    // plugin-api 3.7; ten times as long is logged.
    static constexpr Milliseconds lane_limit{10};
    static constexpr Milliseconds control_limit{1000};

    struct Operation {
        std::string function;
        Done done;
    };

    /// Its channel may call it for as long as the process lives.
    static void abandon(std::shared_ptr<Proxy> proxy)
    {
        static std::mutex mutex;
        static auto* const abandoned = new std::vector<std::shared_ptr<Proxy>>;
        const std::lock_guard lock(mutex);
        abandoned->push_back(std::move(proxy));
    }

    static Proxy& of(void* self) noexcept { return *static_cast<Proxy*>(self); }

    [[nodiscard]] bool newer() const noexcept { return plugin_.abi_minor > CHANNEL_ABI_MINOR; }

    void blame(std::string_view who, std::string_view function, std::string_view what)
    {
        ++misbehaviours_;
        const auto sentence = std::string(who).append(" misbehaves: ").append(function).append(": ").append(what);
        if (auto* const services = services_.load())
            services->misbehaves(sentence);
        if (options_.strict) {
            std::fprintf(stderr, "%s\n", sentence.c_str());
            std::abort();
        }
    }

    void misbehaves(std::string_view function, std::string_view what) { blame(plugin_.type, function, what); }

    template <class Call>
    channel_status timed(const char* function, Milliseconds limit, const Call& call)
    {
        if (auto* const services = services_.load())
            services->entering(function);
        const auto begin = std::chrono::steady_clock::now();
        const channel_status status = call();
        const auto took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
        if (auto* const services = services_.load(); services != nullptr && took > 10 * limit)
            services->log(Level::warning, "slow_call", std::string(function) + " holds up the lane",
                          "{\"function\":\"" + std::string(function) + "\",\"ms\":" + std::to_string(took.count()) + "}");
        return status;
    }

    /// One at a time: a host that calls beside another call of the lane has a fault of its own.
    template <class Call>
    channel_status lane_call(const char* function, Milliseconds limit, const Call& call)
    {
        if (in_lane_.exchange(true))
            blame("HOST", function, "called beside another call of this lane");
        const auto status = timed(function, limit, call);
        in_lane_ = false;
        return status;
    }

    /// Throws what the channel answered; an answer that says nothing is a fault of its own.
    void judge(const char* function, channel_status status, const channel_error& error)
    {
        if (status == CHANNEL_OK)
            return;
        if (status > 0 || (status < CHANNEL_E_INTERNAL && !newer()))
            misbehaves(function, "unknown status " + std::to_string(status));
        if (error.code[0] == '\0')
            misbehaves(function, "fails without a code");
        throw error_of(status, error);
    }

    // ---- Calls of the channel: from any thread, on any stack ----

    /// The services, or nullptr if this call cannot be answered; create may call nothing.
    Services* enter(const char* function)
    {
        if (creating_)
            misbehaves("create", std::string("calls ") + function + " of the host");
        return services_;
    }

    static std::int64_t now(void* self) noexcept
    {
        auto* const services = of(self).enter("now");
        return services == nullptr ? 0 : ms_of(services->now());
    }

    Task task_of(channel_task task, void* ctx, std::uint64_t timer)
    {
        return Task([proxy = shared_from_this(), task, ctx, timer, run = run_.load()] {
            if (!proxy->may_run(timer, run))
                return;
            proxy->lane_call("task", lane_limit, [&] {
                task(ctx);
                return CHANNEL_OK;
            });
        });
    }

    bool may_run(std::uint64_t timer, std::uint64_t run)
    {
        const std::lock_guard lock(mutex_);
        if (run != run_ || !alive(phase_))
            return false;
        return timer == 0 || timers_.erase(timer) == 1;
    }

    static std::uint64_t arm(void* self, std::int64_t due_ms, channel_task task, void* ctx) noexcept
    {
        auto& proxy = of(self);
        auto* const services = proxy.enter("arm");
        if (services == nullptr || !proxy.may_call("arm"))
            return 0;
        std::uint64_t timer = 0;
        {
            const std::lock_guard lock(proxy.mutex_);
            timer = ++proxy.last_timer_;
            proxy.timers_.emplace(timer, 0);
        }
        const auto armed = services->arm(time_of(due_ms), proxy.task_of(task, ctx, timer));
        const std::lock_guard lock(proxy.mutex_);
        if (const auto found = proxy.timers_.find(timer); found != proxy.timers_.end())
            found->second = armed;
        return timer;
    }

    static std::int32_t disarm(void* self, std::uint64_t timer) noexcept
    {
        auto& proxy = of(self);
        auto* const services = proxy.enter("disarm");
        std::uint64_t armed = 0;
        {
            const std::lock_guard lock(proxy.mutex_);
            const auto found = proxy.timers_.find(timer);
            if (services == nullptr || found == proxy.timers_.end())
                return 0;
            armed = found->second;
            proxy.timers_.erase(found);  // from now on it cannot run, even if the lane has taken it already
        }
        services->disarm(armed);
        return 1;
    }

    static channel_status post(void* self, channel_task task, void* ctx) noexcept
    {
        auto& proxy = of(self);
        auto* const services = proxy.enter("post");
        if (services == nullptr || !proxy.may_call("post"))
            return CHANNEL_E_STATE;
        services->post(proxy.task_of(task, ctx, 0));
        return CHANNEL_OK;
    }

    static void log(void* self, std::int32_t level, channel_str code, channel_str text, channel_str fields) noexcept
    {
        auto& proxy = of(self);
        auto* const services = proxy.enter("log");
        if (services == nullptr)
            return;
        if (level < CHANNEL_LOG_DEBUG || level > CHANNEL_LOG_ERROR || !proxy.good_text("log", {code, text, fields}))
            proxy.misbehaves("log", "unknown level, or text that is not UTF-8 or too long");
        services->log(static_cast<Level>(std::clamp(level, 0, 3)), legible(code, id_bytes_max), legible(text, text_bytes_max),
                      legible(fields, json_bytes_max));
    }

    static void health(void* self, std::int32_t level, channel_str code, channel_str text) noexcept
    {
        auto& proxy = of(self);
        auto* const services = proxy.enter("health");
        if (services == nullptr)
            return;
        if (level < CHANNEL_HEALTH_OK || level > CHANNEL_HEALTH_DOWN || !proxy.good_text("health", {code, text}))
            proxy.misbehaves("health", "unknown level, or text that is not UTF-8 or too long");
        services->health(static_cast<Health>(std::clamp(level, 0, 2)), legible(code, id_bytes_max),
                         legible(text, text_bytes_max));
    }

    static channel_status
    offer(void* self, const channel_item* given, channel_token token, channel_error* error) noexcept
    {
        return of(self).hand_over("offer", token, error, [&](Proxy& proxy, Services& services) {
            const auto item = item_of(given);
            if (!proxy.newer() && (given->kind < CHANNEL_MESSAGE || given->kind > CHANNEL_ECHO))
                proxy.misbehaves("offer", "unknown kind " + std::to_string(given->kind));
            proxy.open(token, item.account + '\n' + item.contact);
            return services.offer(item, token);
        });
    }

    static channel_status
    report(void* self, const channel_report* given, channel_token token, channel_error* error) noexcept
    {
        return of(self).hand_over("report", token, error, [&](Proxy& proxy, Services& services) {
            const auto report = report_of(given);
            if (!proxy.newer() && name_of(report.state) == "unknown")
                proxy.misbehaves("report", "unknown state " + std::to_string(given->state));
            if (report.revision == 0 && report.state != State::refused)
                proxy.misbehaves("report", "revision 0 of a message that is known");
            proxy.open(token, services.conversation_of(report.client_id));
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
                throw Error(Status::state, "state", "not while " + std::string(name_of(phase())));
            if (token == 0 || is_open(token))
                wrong("token", token == 0 ? "0" : "open already");
            const auto outcome = take(*this, *services);
            if (outcome)
                return;
            close(token);
            throw Error(outcome.status, "not_taken", "the host does not take it now", outcome.retry_after);
        });
        if (status == CHANNEL_E_ARGUMENT)
            misbehaves(function, text_in(error->text));
        return status;
    }

    [[nodiscard]] bool is_open(Token token) const
    {
        const std::lock_guard lock(mutex_);
        return tokens_.contains(token);
    }

    /// Before the services are asked, because they may settle before they have returned.
    void open(Token token, std::string conversation)
    {
        const std::lock_guard lock(mutex_);
        if (!conversation.empty() && !conversations_.insert(conversation).second)
            throw Error(Status::busy, "token_open", "a token of this conversation waits for settle");
        tokens_.emplace(token, std::move(conversation));
    }

    void close(Token token)
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = tokens_.find(token); found != tokens_.end()) {
            conversations_.erase(found->second);
            tokens_.erase(found);
        }
    }

    static channel_status complete(void* self, channel_op op, channel_status status, channel_str result) noexcept
    {
        auto& proxy = of(self);
        if (proxy.enter("complete") == nullptr)
            return CHANNEL_E_STATE;
        if (result.size > json_bytes_max || !valid_utf8(view(result)))
            proxy.misbehaves("complete", "a result that is not UTF-8 or too long");
        if (status > 0 || (status < CHANNEL_E_INTERNAL && !proxy.newer()))
            proxy.misbehaves("complete", "unknown status " + std::to_string(status));
        return proxy.finish(op, {status_of(status), legible(result, json_bytes_max)});
    }

    channel_status finish(channel_op op, Result result)
    {
        std::optional<Operation> operation;
        Phase before{};
        {
            const std::lock_guard lock(mutex_);
            if (auto found = operations_.extract(op))
                operation = std::move(found.mapped());
            before = phase_;
            if (operation)
                move_phase(operation->function, bool(result));
        }
        if (!operation) {
            misbehaves("complete", "of no open operation");
            return CHANNEL_E_ARGUMENT;
        }
        if (operation->function == "start" && before == Phase::stopping && result.status != Status::state)
            misbehaves("start", "completes otherwise than state, though stop has overtaken it");
        if (alive(before) && phase() == Phase::stopped)
            end_run(operation->function);
        tell(std::move(*operation), std::move(result));
        return CHANNEL_OK;
    }

    /// Locked.
    void move_phase(std::string_view function, bool good)
    {
        if (function == "configure" && good && phase_ == Phase::created)
            phase_ = Phase::configured;
        if (function == "start" && phase_ == Phase::starting)
            phase_ = good ? Phase::running : Phase::stopped;
        if (function == "stop")
            phase_ = Phase::stopped;
    }

    /// Once stop has completed, or start has failed, nothing of the run is left; what is left anyway is named and
    /// taken away.
    void end_run(const std::string& function)
    {
        ++run_;
        std::unordered_map<channel_op, Operation> operations;
        std::unordered_map<std::uint64_t, std::uint64_t> timers;
        {
            const std::lock_guard lock(mutex_);
            operations.swap(operations_);
            timers.swap(timers_);
            tokens_.clear();
            conversations_.clear();
        }
        for (auto& [op, operation] : operations) {
            misbehaves(function, "completes before " + operation.function + " has");
            tell(std::move(operation), {Status::state, R"({"code":"stopped","text":"the channel was stopped"})"});
        }
        if (!timers.empty())
            misbehaves(function, "completes with " + std::to_string(timers.size()) + " timers left");
        for (const auto& [timer, armed] : timers)
            if (auto* const services = services_.load())
                services->disarm(armed);
    }

    void tell(Operation operation, Result result)
    {
        if (auto* const services = services_.load(); services != nullptr && operation.done)
            services->post([done = std::move(operation.done), result = std::move(result)] { done(result); });
    }

    static const void* host_extension(void* self, channel_str id) noexcept
    {
        auto* const services = of(self).enter("extension");
        return services == nullptr ? nullptr : services->extension(view(id));
    }

    bool may_call(const char* function)
    {
        const auto now = phase();
        if (alive(now))
            return true;
        misbehaves(function, "called while " + std::string(name_of(now)));
        return false;
    }

    /// What can be shown of a text. A size that no text may have is no size: nothing behind it is read.
    static std::string legible(channel_str text, std::size_t most)
    {
        return text.size > json_bytes_max ? std::string() : clean(view(text), most);
    }

    static bool good_text(const char*, std::initializer_list<channel_str> texts)
    {
        return std::all_of(texts.begin(), texts.end(), [](channel_str text) {
            return text.size <= json_bytes_max && valid_utf8(view(text));
        });
    }

    const channel_plugin& plugin_;
    const std::string name_;
    const Options options_;
    std::atomic<Services*> services_;
    channel_instance instance_{};

    std::atomic<bool> creating_ = false;
    std::atomic<bool> in_lane_ = false;
    std::atomic<std::uint64_t> misbehaviours_ = 0;
    std::atomic<std::uint64_t> run_ = 0;

    mutable std::mutex mutex_;
    Phase phase_ = Phase::created;
    channel_op last_op_ = 0;
    std::uint64_t last_timer_ = 0;
    std::unordered_map<channel_op, Operation> operations_;
    std::unordered_map<std::uint64_t, std::uint64_t> timers_;  // the channel's number: that of the services
    std::unordered_map<Token, std::string> tokens_;            // open ones: their conversation
    std::unordered_set<std::string> conversations_;            // those with an open token

    channel_host table_{
        sizeof(channel_host), CHANNEL_ABI_MAJOR, CHANNEL_ABI_MINOR, nullptr, now,    arm,    disarm,
        post,                 log,               health,            offer,   report, complete, host_extension,
    };
};

/// The number of a JSON object's own member, not of an object inside it; nothing if there is none.
inline std::optional<std::uint64_t> number_in(std::string_view json, std::string_view member)
{
    int depth = 0;
    std::string_view key;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            const auto begin = ++i;
            while (i < json.size() && json[i] != '"')
                i += json[i] == '\\' ? 2U : 1U;
            key = json.substr(begin, std::min(i, json.size()) - begin);
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ':' && depth == 1 && key == member) {
            std::uint64_t number = 0;
            const auto start = json.find_first_not_of(" \t\r\n", i + 1);
            if (start == json.npos)
                return std::nullopt;
            const auto* const end = json.data() + json.size();
            const auto [rest, bad] = std::from_chars(json.data() + start, end, number);
            return bad == std::errc{} ? std::optional(number) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace detail

/// The Services of the instance to whose channel a host gave self; nullptr after its end.
inline Services* services_of(void* self) noexcept { return static_cast<detail::Proxy*>(self)->services(); }

inline Instance::Instance(const channel_plugin& plugin, std::string_view name, Services& services, Options options)
    : proxy_(std::make_shared<detail::Proxy>(plugin, name, services, options))
{
    proxy_->create();
}

inline Instance& Instance::operator=(Instance&& other) noexcept
{
    if (proxy_ && proxy_ != other.proxy_)
        proxy_->release();
    proxy_ = std::move(other.proxy_);
    return *this;
}

inline Instance::~Instance()
{
    if (proxy_)
        proxy_->release();
}

inline void Instance::configure(const Settings& settings, Done done) { proxy_->configure(settings, std::move(done)); }
inline void Instance::start(Done done) { proxy_->start(std::move(done)); }
inline void Instance::stop(Milliseconds grace, Done done) { proxy_->stop(grace, std::move(done)); }
inline bool Instance::settle(Token token, Outcome outcome) { return proxy_->settle(token, outcome); }

inline void Instance::send(const Message& message)
{
    auto given = borrow(message);
    proxy_->running_call("send", [&](const channel_instance& instance, channel_error* error) {
        return instance.ops->send(instance.self, given.get(), error);
    });
}

inline void Instance::cancel(std::string_view client_id)
{
    proxy_->running_call("cancel", [&](const channel_instance& instance, channel_error* error) {
        return instance.ops->cancel(instance.self, str(client_id), error);
    });
}

inline void Instance::operation(const char* name, Done done, const Start& start)
{
    const auto call = [&](channel_op op, channel_error* error) { return start(proxy_->self(), op, error); };
    const auto now = proxy_->phase();
    proxy_->operation(name, std::move(done), call, now, now == Phase::running);
}

namespace detail {

template <class Table>
const Table& table_of(const Instance& instance, const char* id)
{
    const auto* const table = static_cast<const Table*>(instance.extension(id));
    if (table == nullptr)
        throw Error(Status::unsupported, "unsupported", std::string(instance.plugin().type) + " has no " + id);
    return *table;
}

}  // namespace detail

inline void Instance::participants(
    std::string_view account, std::string_view contact, std::span<const Participant> who, Done done
)
{
    const auto& table = detail::table_of<channel_participants>(*this, CHANNEL_PARTICIPANTS);
    std::vector<channel_participant> given;
    for (const auto& one : who)
        given.push_back({str(one.id), str(one.name)});
    operation("participants", std::move(done), [&](void* self, channel_op op, channel_error* error) {
        return table.set(self, str(account), str(contact), given.data(), given.size(), op, error);
    });
}

inline void Instance::invite(const Invitation& invitation, Done done)
{
    const auto& table = detail::table_of<channel_invite>(*this, CHANNEL_INVITE);
    const channel_invitation given{
        sizeof(channel_invitation), 0, str(invitation.account), str(invitation.scene), invitation.lifetime.count(),
    };
    operation("invite", std::move(done), [&](void* self, channel_op op, channel_error* error) {
        return table.create(self, &given, op, error);
    });
}

inline void Instance::typing(std::string_view account, std::string_view contact, bool on)
{
    const auto& table = detail::table_of<channel_typing>(*this, CHANNEL_TYPING);
    proxy_->running_call("typing", [&](const channel_instance& instance, channel_error* error) {
        return table.set(instance.self, str(account), str(contact), on ? 1 : 0, error);
    });
}

inline void Instance::examine(Done done)
{
    const auto& table = detail::table_of<channel_doctor>(*this, CHANNEL_DOCTOR);
    const auto call = [&](channel_op op, channel_error* error) { return table.examine(proxy_->self(), op, error); };
    const auto now = proxy_->phase();
    const bool allowed = now == Phase::configured || now == Phase::running || now == Phase::stopped;
    proxy_->operation("examine", std::move(done), call, now, allowed);
}

inline Capability Instance::check(const Message& message) const { return proxy_->check(message); }
inline std::string Instance::inspect(std::string_view topic) const { return proxy_->inspect(topic); }
inline const void* Instance::extension(std::string_view id) const { return proxy_->extension(id); }
inline std::optional<std::uint64_t> Instance::busy() const { return detail::number_in(inspect("state"), "busy"); }
inline std::size_t Instance::open_tokens() const { return proxy_->open_tokens(); }
inline Phase Instance::phase() const { return proxy_->phase(); }
inline const std::string& Instance::name() const { return proxy_->name(); }
inline const channel_plugin& Instance::plugin() const { return proxy_->plugin(); }
inline std::uint64_t Instance::misbehaviours() const { return proxy_->misbehaviours(); }

}  // namespace channel
