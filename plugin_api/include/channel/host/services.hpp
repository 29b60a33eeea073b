#pragma once
/// What a host does for an instance: it implements Services, once, and gives one to each instance.

#include <channel/host/lane.hpp>
#include <channel/values.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace channel {

/// Outlives its instance. Every function may be called from any thread, with locks of the channel held: it only
/// takes note, never waits and never calls the instance on the same stack. Nothing may be thrown.
class Services {
public:
    virtual ~Services() = default;

    virtual Time now() = 0;
    /// Runs task on the lane when now() has reached due; gives the timer, never 0.
    virtual std::uint64_t arm(Time due, Task task) = 0;
    /// True: the task will not run any more.
    virtual bool disarm(std::uint64_t timer) = 0;
    /// Runs task on the lane, soon. Also carries the host's own completions.
    virtual void post(Task task) = 0;

    /// fields_json  a JSON object, or empty
    virtual void log(Level level, std::string_view code, std::string_view text, std::string_view fields_json) = 0;
    virtual void health(Health level, std::string_view code, std::string_view text) = 0;

    /// Takes an item, a report: ok: Instance::settle(token) follows once it is durable. The instance has checked
    /// it, and has seen to it that no other token of the conversation is open.
    virtual Outcome offer(const Item& item, Token token) = 0;
    virtual Outcome report(const Report& report, Token token) = 0;

    /// Names the conversation of a message, in any form that is the same for offers (account, '\n', contact):
    /// then reports and offers of one conversation keep to one open token. Empty: not known, not checked.
    virtual std::string conversation_of(std::string_view /*client_id*/) { return {}; }

    /// A static table of a host extension, or nullptr. Its functions find this object with services_of(self).
    virtual const void* extension(std::string_view /*id*/) { return nullptr; }

    /// The channel has broken the contract: "PLUGIN misbehaves: FUNCTION: WHAT". Logged, and counted by Instance.
    virtual void misbehaves(std::string_view sentence) { log(Level::error, "misbehaves", sentence, {}); }

    /// A call into the channel begins: for who wants to name the culprit of a crash.
    virtual void entering(const char* /*function*/) {}
};

/// Services whose time and tasks are a Lane's.
class LaneServices : public Services {
public:
    explicit LaneServices(Lane& lane) : lane_(lane) {}

    [[nodiscard]] Lane& lane() const noexcept { return lane_; }
    Time now() override { return lane_.now(); }
    std::uint64_t arm(Time due, Task task) override { return lane_.arm(due, std::move(task)); }
    bool disarm(std::uint64_t timer) override { return lane_.disarm(timer); }
    void post(Task task) override { lane_.post(std::move(task)); }

private:
    Lane& lane_;
};

}  // namespace channel
