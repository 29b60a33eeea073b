#pragma once
/// A running channel, as a host sees it; and the proxy that checks what comes from it.

#include <channel/convert.hpp>
#include <channel/host/services.hpp>

#include <channel/ext/doctor.h>
#include <channel/ext/invite.h>
#include <channel/ext/participants.h>
#include <channel/ext/typing.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace channel {

/// How an operation ended. json: its result; of a failure {"code": ..., "text": ...}, of configure the findings.
struct Result {
    Status status = Status::ok;
    std::string json = {};

    explicit operator bool() const noexcept { return status == Status::ok; }
};
/// Takes the end of an operation: once, on the lane.
using Done = std::function<void(const Result&)>;

namespace detail {
class Proxy;
}

/// One instance of a channel. Made by Library::create; moves, so that it can stand in containers.
///
/// Each function throws channel::Error with the class, code and text that the channel gave; then nothing has
/// happened, and done is not called. [lane]: to be called on the lane of its Services, one at a time.
/// Stop it before it is destroyed: one that is alive is cut off from its Services and left to itself.
class Instance {
public:
    struct Options {
        bool strict = false;  // a broken contract ends the process: for tests
    };

    /// Made by Library::create.
    Instance(const channel_plugin& plugin, std::string_view name, Services& services, Options options);
    Instance(Instance&&) noexcept = default;
    Instance& operator=(Instance&&) noexcept;
    ~Instance();

    // ---- [lane] ----

    /// done gets the findings; refused: nothing of the settings was taken.
    void configure(const Settings& settings, Done done);
    void start(Done done);
    void stop(Milliseconds grace, Done done);
    void send(const Message& message);
    void cancel(std::string_view client_id);

    /// Answers an offer or a report. False: the token is not open (settled before, or lapsed by a stop), and
    /// the channel was not asked.
    bool settle(Token token, Outcome outcome);

    /// channel.participants/1; unsupported if the channel has no participants.
    void
    participants(std::string_view account, std::string_view contact, std::span<const Participant> who, Done done);

    /// channel.invite/1; done gets {"url", "expires_ms"}.
    void invite(const Invitation& invitation, Done done);

    /// channel.typing/1; unsupported if the channel cannot show it.
    void typing(std::string_view account, std::string_view contact, bool on);

    /// channel.doctor/1, also while configured or stopped; done gets ext/doctor.h's list of steps.
    void examine(Done done);

    /// A function of any other extension that ends with complete.
    using Start = std::function<channel_status(void* self, channel_op op, channel_error* error)>;
    void operation(const char* name, Done done, const Start& start);

    // ---- [any] ----

    /// What send would do with this message now; its content may be missing: what would a text do?
    [[nodiscard]] Capability check(const Message& message) const;
    [[nodiscard]] std::string inspect(std::string_view topic) const;
    [[nodiscard]] const void* extension(std::string_view id) const;

    /// The number `busy` of inspect("state"); nothing if the channel does not say. 0 and no open token: only a
    /// timer, a call or the provider can make something happen (README, "Threads").
    [[nodiscard]] std::optional<std::uint64_t> busy() const;
    [[nodiscard]] std::size_t open_tokens() const;
    [[nodiscard]] Phase phase() const;
    [[nodiscard]] const std::string& name() const;
    [[nodiscard]] const channel_plugin& plugin() const;
    [[nodiscard]] std::uint64_t misbehaviours() const;

private:
    std::shared_ptr<detail::Proxy> proxy_;
};

}  // namespace channel

#include <channel/host/instance_calls.hpp>
