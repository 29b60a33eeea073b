/// The host: channels loaded and running, everything they bring kept, everything employees say handed over.
///
/// No HTTP in here: http/ shows a Host to browsers and scripts, replay drives one on a clock that stands still.
#pragma once

#include "config.hpp"
#include "invitations.hpp"
#include "log.hpp"
#include "model.hpp"

#include <channel/values.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace host {

/// Why the host could not do what it was asked: an id for programs, a text for people.
struct Problem {
    std::string error;  // unknown_conversation, unknown_message, unavailable, unsupported, or a channel's code
    std::string text;
    bool operator==(const Problem&) const = default;
};

/// The host cannot be set up: the store, a library or a channel's settings.
struct SetupError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What became of a wish for an invitation: is_new is false where there was one already.
struct Invited {
    Invitation invitation = {};
    bool is_new = false;
};

struct ChannelStatus {
    std::string id, type;
    channel::Health health = channel::Health::ok;
    std::string health_text;
    std::string capabilities;  // JSON object
};

/// What a reload made of one customer's file, or of a channel that has no such files.
struct CustomerReload {
    std::string customer;
    bool ok = true;
    std::vector<std::string> errors;  // "FILE:LINE:COL: what is wrong"
    std::vector<std::string> notes;   // what else the channel says of it: what has changed, or that nothing has
};

class Host {
public:
    using Progressed = std::function<void(const std::variant<Message, Problem>&)>;
    using Kept = std::function<void(const std::optional<Problem>&)>;
    using Asked = std::function<void(const std::variant<Invited, Problem>&)>;

    /// Opens the store, loads the libraries, configures the channels. Throws SetupError, which names each fault.
    explicit Host(Config config, Log log = Log{});
    /// Stops, if nobody has.
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    /// Starts every channel, and takes up what the last run left. Throws SetupError, with everything stopped.
    void start();
    /// Stops every channel; what is under way has the grace to end.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds{5});

    // ---- What employees do; answers come on a thread of the host ----

    /// Keeps a message and hands it to the channel.
    ///
    /// kept     called once it is durable here, with what is known of it then: of a repeated client id, what
    ///          became of the first; else pending
    /// receipt  called once, at the channel's first report after that; not for a repeat that has one
    /// Faults:  unknown_conversation, unavailable (the store; nothing was kept)
    void send(ConversationId conversation, Draft draft, Progressed kept, Progressed receipt);
    /// Asks the channel to let go of a message. ended: once it is in a final state, cancelled or another.
    /// Faults:  unknown_conversation, unknown_message, unavailable
    void cancel(ConversationId conversation, std::string client_id, Progressed ended);
    /// Says who takes part from now on; the channel is told until it has confirmed.
    void set_participants(ConversationId conversation, Employees participants, Kept kept);
    /// Has the channel make an invitation, and keeps it; one that lasts for ever is made once.
    ///
    /// Faults:  unknown_channel, unsupported (the channel has no invitations), unavailable (the store, or the channel
    ///          for now), or the code with which the channel refuses
    void invite(InvitationDraft draft, Asked answered);
    /// Shows the contact that an employee writes, or no longer does; false: this channel cannot. Best effort.
    bool typing(const Conversation& conversation, bool on) const;
    /// What would become of this message. Throws channel::Error.
    [[nodiscard]] channel::Capability check(const Conversation& conversation, const Draft& draft) const;

    // ---- Time ----

    [[nodiscard]] channel::Time now() const;
    /// Moves the clock ahead from timer to timer; each thing that falls due has happened before the next does.
    /// Blocks until then. Throws channel::Error where the clock is the system's. Not on a thread of the host.
    void advance(channel::Milliseconds by);
    /// Called before each step of advance, with its length: what has a clock of its own moves along. May throw.
    void before_advance(std::function<void(channel::Milliseconds)> call);
    /// Waits until nothing happens any more until a timer fires, somebody calls or a provider speaks.
    /// False: still busy after patience, in real time. With a manual clock this runs the channels.
    bool run_until_idle(std::chrono::milliseconds patience = std::chrono::seconds{30});

    // ---- Running it ----

    /// Hands every channel its settings once more. Blocks; not on a thread of the host.
    [[nodiscard]] std::vector<CustomerReload> reload();
    [[nodiscard]] std::vector<ChannelStatus> channels() const;
    /// What a channel says of itself: health, state, config, metrics. Throws channel::Error.
    [[nodiscard]] std::string inspect(std::string_view channel, std::string_view topic) const;
    /// What keeps the host from working; empty: nothing.
    [[nodiscard]] std::vector<std::string> ailments() const;
    /// OpenMetrics text: the host's own, and each channel's with its id as a label.
    [[nodiscard]] std::string metrics() const;

    // ---- What it keeps: open a Reader on store_file() ----

    [[nodiscard]] const std::filesystem::path& store_file() const;
    /// Called after each commit, on a thread of the host; set before start.
    void on_commit(std::function<void()> call);
    /// The conversation's id for people and programs: differs between stores, so that a channel never takes the
    /// first message of a new store for one that it knows from an old one.
    [[nodiscard]] std::string public_id(ConversationId conversation) const;
    [[nodiscard]] std::optional<ConversationId> conversation_of(std::string_view public_id) const;

    [[nodiscard]] const Config& config() const;
    [[nodiscard]] const Log& log() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace host
