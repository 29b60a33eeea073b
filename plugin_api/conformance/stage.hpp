#pragma once
/// A plugin in a strict host on a virtual clock: what most checks play on.

#include "host.hpp"
#include "loading.hpp"
#include "provider.hpp"
#include "wire.hpp"

#include <memory>
#include <optional>
#include <string>

namespace conformance {

class Stage {
public:
    using Condition = std::function<bool()>;

    /// Loads the plugin and makes an instance, which is created, and no more. provider may be nullptr.
    Stage(const Setup& setup, Provider* provider, Ledger ledger = {});
    /// The same with a plugin that is loaded already.
    Stage(const Setup& setup, Provider* provider, const channel_plugin& plugin, Ledger ledger = {});
    /// Stops it if it runs.
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // ---- Operations, to their end ----

    channel::Result configure(channel::Mode mode = channel::Mode::apply);
    channel::Result configure(const channel::Settings& settings);
    channel::Result start();
    channel::Result stop(channel::Milliseconds grace = channel::Milliseconds{1000});
    /// configure and start; and the provider lets all its contacts be written to. Throws Failed.
    void run();
    /// The provider lets a contact be written to, and the host says that ana takes part.
    void open(std::size_t contact);
    /// stop and start: the tokens that were open lapse. Throws Failed.
    void restart();
    /// An operation's result; nothing if it did not end in real time.
    std::optional<channel::Result>
    ended(const std::function<void(channel::Done)>& call, channel::Milliseconds limit);

    // ---- Messages ----

    /// The host's H1 and H2. Gives what send threw; nothing: it is in hand.
    std::optional<channel::Error> send(const channel::Message& message);
    /// A text to a contact of the provider.
    std::optional<channel::Error>
    send(const std::string& client_id, const std::string& text, std::size_t contact = 0);
    [[nodiscard]] bool is(const std::string& client_id, channel::State state) const;
    /// The message has an end: it is not in hand any more.
    [[nodiscard]] bool concluded(const std::string& client_id) const;
    /// Sent, and the provider has it. Throws Failed.
    void expect_sent(const std::string& client_id);

    // ---- Time ----

    /// Waits until a condition holds: runs the lane while anything happens in real time, then moves the clock to
    /// the next timer, and so on for `within` of the host's time. False: it never held.
    bool until(const Condition& condition, channel::Milliseconds within = std::chrono::minutes{30});
    /// Moves the host's clock, timer by timer. Throws Failed if the channel does not come to rest.
    void advance(channel::Milliseconds by);
    /// Moves it in one step.
    void jump(channel::Milliseconds by);
    /// Runs the lane until nothing can happen by itself; false: that took longer than limit, in real time.
    bool rest(channel::Milliseconds limit = std::chrono::seconds{8});
    /// The same for this long, in real time, whatever happens.
    void watch(channel::Milliseconds real);
    /// Runs the lane until a condition holds, in real time only.
    bool soon(const Condition& condition, channel::Milliseconds limit = std::chrono::seconds{5});

    // ---- The provider ----

    boost::json::object ask(std::string_view verb, boost::json::object fields = {});
    /// The contact writes; gives the provider's answer: {"message", "acknowledged"}.
    boost::json::object write(const std::string& text, std::size_t contact = 0);
    [[nodiscard]] bool received(const std::string& text);

    [[nodiscard]] channel::Clock& clock() { return clock_; }
    [[nodiscard]] channel::Lane& lane() { return lane_; }
    [[nodiscard]] Host& host() { return host_; }
    [[nodiscard]] channel::Instance& instance() { return *instance_; }
    [[nodiscard]] Provider& provider() { return *provider_; }
    /// Ends the instance, which must not run.
    void destroy() { instance_.reset(); }

private:
    [[nodiscard]] bool quiet() const;
    [[nodiscard]] Condition still(std::chrono::milliseconds real) const;
    void move_to(channel::Time time);
    bool run_until_still(const Condition& condition);
    bool stirred(const Condition& condition);

    Provider* provider_;
    std::filesystem::path clock_file_;
    channel_plugin plugin_;
    channel::Clock clock_;
    channel::Lane lane_;
    Host host_;
    std::optional<channel::Instance> instance_;
};

/// An operation's end; where it is none, with what the channel says of it.
inline void want_good(const channel::Result& result, const std::string& otherwise)
{
    want(bool(result), otherwise + ": " + result.json);
}

}  // namespace conformance
