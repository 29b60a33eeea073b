#pragma once
/// For who writes a channel: a plain class, and CHANNEL_PLUGIN(Class) below it. Headers only, std only.
///
///     class Sms {
///     public:
///         static constexpr channel::Description description{.type = "sms", .name = "SMS", .version = "1.0.0"};
///         Sms(channel::Host host, std::string_view instance);              // calls nothing of the host yet
///         void configure(const channel::Settings&, channel::Completion);  // forgotten: completes internal
///         void start(channel::Completion);
///         void stop(std::chrono::milliseconds grace, channel::Completion);
///         channel::Capability check(const channel::Message&) const;       // any thread
///         channel::Receipt send(const channel::Message&);                 // or void and host.report(...)
///         void cancel(std::string_view client_id);                        // or channel::Receipt
///         std::string inspect(std::string_view topic) const;              // any thread
///         // optional: each one that is there is offered to the host
///         void settle(channel::Token, channel::Outcome);                  // for tokens of its own
///         void participants(std::string_view account, std::string_view contact,
///                           std::span<const channel::Participant>, channel::Completion);
///         void invite(const channel::Invitation&, channel::Completion);
///         void typing(std::string_view account, std::string_view contact, bool on);
///         void examine(channel::Completion);                              // done.ok(steps)
///         const void* extension(std::string_view id) const;               // a static table, or nullptr
///     };
///     CHANNEL_PLUGIN(Sms)
///
/// Any of them may throw: channel::Error, which the host sees as it is, or anything else (internal). The layer
/// answers calls in the wrong state, checks sizes and UTF-8, and ends each operation exactly once. All calls
/// but check, inspect and extension, all tasks and all Settled functions run on the lane, one at a time.

#include <channel/plugin/core.hpp>

#include <pthread.h>

#include <array>
#include <concepts>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace channel {

/// What can be said of a channel before any of its code has run. `needs` and `offers` end with a nullptr.
struct Description {
    const char* type;     // "sms": one word, the same for ever
    const char* name;     // "SMS": for people
    const char* version;  // "1.0.0"
    const char* capabilities = R"({"send":["text"],"receive":["text"]})";
    const char* settings_schema = R"({"type":"object"})";  // JSON Schema of Settings::json
    std::array<const char*, 8> needs = {};                 // ids of host extensions it cannot do without
    std::array<const char*, 8> offers = {};  // ids that extension() answers; functions above add their own
};

/// A value beside a log line. What people wrote, their ids and secrets do not belong here as they are.
class Field {
public:
    Field(std::string_view name, std::string_view value) : name_(name), json_(json_quoted(value)) {}
    Field(std::string_view name, const char* value) : Field(name, std::string_view(value)) {}
    Field(std::string_view name, const std::string& value) : Field(name, std::string_view(value)) {}
    Field(std::string_view name, bool value) : name_(name), json_(value ? "true" : "false") {}
    template <std::integral Number>
    Field(std::string_view name, Number value) : name_(name), json_(std::to_string(value))
    {
    }

    [[nodiscard]] std::string json() const { return json_quoted(name_) + ':' + json_; }

private:
    std::string name_, json_;
};

/// The host, as a channel sees it. A cheap copy each; good as long as the channel's object. [any]; nothing here
/// blocks or calls the channel on the same stack, so locks may be held.
class Host {
public:
    /// Made by the layer, for the constructor of the channel's class.
    explicit Host(detail::Core& core) noexcept : core_(&core) {}

    [[nodiscard]] Time now() const noexcept { return core_->now(); }

    /// Runs task once, on the lane, when now() has reached due. 0: refused, the instance is not alive.
    /// What a task throws is logged. Tasks that stop has overtaken are destroyed without running.
    Timer arm(Time due, Task task) const { return core_->arm(due, std::move(task)); }

    /// Gives true if the task will not run any more; false: it runs or has run (on the lane: has run).
    bool disarm(Timer timer) const { return core_->disarm(timer); }

    /// Runs task soon, once, on the lane; false: refused, the instance is not alive.
    bool post(Task task) const { return core_->post(std::move(task)); }

    void log(Level level, std::string_view code, std::string_view text, std::initializer_list<Field> fields = {}) const
    {
        std::string json;
        for (const auto& field : fields)
            json += (json.empty() ? '{' : ',') + field.json();
        log_json(level, code, text, json.empty() ? json : json += '}');
    }

    /// The same for who has its fields as a JSON object already; may be empty.
    void log_json(Level level, std::string_view code, std::string_view text, std::string_view fields) const
    {
        core_->log(level, code, text, fields);
    }

    void health(Health level, std::string_view code, std::string_view text) const
    {
        const auto& host = core_->host();
        host.health(host.self, static_cast<std::int32_t>(level), str(code), str(text));
    }

    /// Hands over an item. Ok: settle(token, outcome) of the channel follows, once, unless the run ends first.
    /// Busy: not taken, because a token of this conversation is open (the next after its settle) or the host is
    /// full. State: not alive. Argument: the item breaks a rule of abi.h, the log says which.
    /// token  the channel's own number, 1 to 2^63 - 1
    [[nodiscard]] Outcome offer(const Item& item, Token token) const
    {
        auto given = borrow(item);
        return core_->hand_over(core_->host().offer, given.get(), own(token));
    }

    /// The same without a token: ok: settled(outcome) follows.
    [[nodiscard]] Outcome offer(const Item& item, Settled settled) const
    {
        auto given = borrow(item);
        return core_->hand_over(core_->host().offer, given.get(), std::move(settled));
    }

    /// Hands over what became of a message; token, outcome and faults as with offer.
    [[nodiscard]] Outcome report(const Report& report, Token token) const
    {
        const auto given = borrow(report);
        return core_->hand_over(core_->host().report, &given, own(token));
    }

    [[nodiscard]] Outcome report(const Report& report, Settled settled) const
    {
        const auto given = borrow(report);
        return core_->hand_over(core_->host().report, &given, std::move(settled));
    }

    /// A table of a host extension, or nullptr. Not from the constructor.
    [[nodiscard]] const void* extension(std::string_view id) const
    {
        const auto& host = core_->host();
        return host.extension(host.self, str(id));
    }

    /// What the functions in that table take as their self.
    [[nodiscard]] void* self() const noexcept { return core_->host().self; }

    /// The instance's name in the host's configuration.
    [[nodiscard]] const std::string& instance() const noexcept { return core_->instance(); }

private:
    static Token own(Token token)
    {
        if (token == 0 || token >= detail::Core::layer_half)
            wrong("token", "not between 1 and 2^63 - 1");
        return token;
    }

    detail::Core* core_;
};

/// The answer to one operation; ends it once, from any thread. Destroyed unused, it answers internal.
class Completion {
public:
    Completion() = default;
    /// Made by the layer.
    Completion(detail::Core& core, std::uint64_t key) noexcept : core_(&core), key_(key) {}
    Completion(Completion&& other) noexcept : core_(std::exchange(other.core_, nullptr)), key_(other.key_) {}
    Completion& operator=(Completion&& other) noexcept
    {
        Completion old(std::move(*this));
        core_ = std::exchange(other.core_, nullptr);
        key_ = other.key_;
        return *this;
    }
    Completion(const Completion&) = delete;
    Completion& operator=(const Completion&) = delete;
    ~Completion()
    {
        if (core_ != nullptr)
            core_->forget(key_);
    }

    /// Whether it still waits for its answer.
    explicit operator bool() const noexcept { return core_ != nullptr; }

    void ok() { end(Status::ok, {}); }
    /// json  what abi.h says the operation results in
    void ok(std::string_view json) { end(Status::ok, json); }
    /// Of configure: taken, and this is what there is to say about the settings.
    void ok(const std::vector<Finding>& findings) { end(Status::ok, json_of(findings)); }
    /// Of examine: what was looked at, in order.
    void ok(const std::vector<Examined>& steps) { end(Status::ok, json_of(steps)); }
    /// Of configure: nothing of these settings was taken.
    void refuse(const std::vector<Finding>& findings) { end(Status::refused, json_of(findings)); }
    void fail(const Error& error) { end(error.status() == Status::ok ? Status::internal : error.status(), json_of(error)); }

private:
    void end(Status status, std::string_view result)
    {
        if (auto* const core = std::exchange(core_, nullptr))
            core->finish(key_, status, result);
    }

    detail::Core* core_ = nullptr;
    std::uint64_t key_ = 0;
};

/// A thread that lets no exception out (it would end the host): what was thrown is logged, and health is down.
/// How it learns to end is the channel's affair; join before stop completes.
class Thread {
public:
    Thread() = default;
    /// name  15 bytes of it are seen in the system's tools
    Thread(Host host, std::string_view name, Task body)
        : thread_([host, name = std::string(name.substr(0, 15)), body = std::move(body)]() mutable {
              pthread_setname_np(pthread_self(), name.c_str());
              channel_error error{};
              if (guarded(&error, body) == CHANNEL_OK)
                  return;
              host.log(Level::error, "exception_on_thread", text_in(error.text), {{"thread", name}});
              host.health(Health::down, "exception_on_thread", text_in(error.text));
          })
    {
    }
    Thread(Thread&&) = default;
    Thread& operator=(Thread&& other)
    {
        join();
        thread_ = std::move(other.thread_);
        return *this;
    }
    ~Thread() { join(); }

    void join()
    {
        if (thread_.joinable())
            thread_.join();
    }

private:
    std::thread thread_;
};

/// What inspect throws for a topic it does not have.
inline Error unknown_topic(std::string_view topic)
{
    return Error(Status::unsupported, "unknown_topic", "no such topic: " + clean(topic, 64));
}

}  // namespace channel

#include <channel/plugin/slots.hpp>

/// The one export of a plugin. Write it once, outside of every namespace.
#define CHANNEL_PLUGIN(Class) constinit const channel_plugin channel_plugin_v1 = ::channel::plugin_table<Class>;
