#pragma once
/// What a channel and a host say to each other, as C++ values: both layers speak with these.
///
/// Nothing in here crosses the border: abi.h does, and convert.hpp translates. All text is UTF-8 and owned.

#include <channel/abi.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace channel {

/// The host's clock, in milliseconds since the Unix epoch.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// One offer or one report that waits for settle. The channel's numbers, 1 to 2^63 - 1: the upper half belongs
/// to plugin.hpp.
using Token = std::uint64_t;

enum class Status : std::int32_t {
    ok = CHANNEL_OK,
    argument = CHANNEL_E_ARGUMENT,        // the caller broke the contract
    state = CHANNEL_E_STATE,              // not in this state
    unsupported = CHANNEL_E_UNSUPPORTED,  // no such topic or kind
    busy = CHANNEL_E_BUSY,                // nothing has happened; again later
    refused = CHANNEL_E_REFUSED,          // final for this one
    unavailable = CHANNEL_E_UNAVAILABLE,  // store, disk, network or provider out of order
    internal = CHANNEL_E_INTERNAL         // a fault of the one who was called
};

/// An operation that did not happen: class, code and text. Thrown on either side, never across.
class Error : public std::runtime_error {
public:
    Error(Status status, std::string code, const std::string& text, Milliseconds retry_after = {})
        : std::runtime_error(text), status_(status), code_(std::move(code)), retry_after_(retry_after)
    {
    }

    [[nodiscard]] Status status() const noexcept { return status_; }
    [[nodiscard]] const std::string& code() const noexcept { return code_; }
    [[nodiscard]] std::string text() const { return what(); }
    /// Of busy and unavailable: when to try again. Of busy never less than 50 ms.
    [[nodiscard]] Milliseconds retry_after() const noexcept { return retry_after_; }

private:
    Status status_;
    std::string code_ = {};
    Milliseconds retry_after_;
};

/// What became of an offer or a report: on the host's disk (ok), again later (busy, unavailable), never (refused).
struct Outcome {
    Status status = Status::ok;
    Milliseconds retry_after = {};  // of busy and unavailable

    explicit operator bool() const noexcept { return status == Status::ok; }
    bool operator==(const Outcome&) const = default;
};

/// One thing said; several files are several messages.
struct Content {
    std::string kind = "text";  // text image voice video file location link, or VENDOR.NAME
    std::string text = {};           // the text; of other kinds a caption, a transcript, or what to show instead
    std::string path = {};           // absolute path of a file that nobody changes any more; empty: none
    std::string mime = {}, name = {};
    std::uint64_t bytes = 0;
    std::string data = {};  // JSON object with what else the kind needs; may be empty

    bool operator==(const Content&) const = default;
};

/// Host to channel. The file stays until a state >= sent has been settled.
struct Message {
    std::string client_id = {};  // the host's id, never used for anything else: the key of "once"
    std::string account = {}, contact = {};
    std::string sender = {};  // id of the participant who writes; empty: the host itself
    std::optional<Content> content = {};
    bool replay = false;  // a run that has ended may have handed it over before

    bool operator==(const Message&) const = default;
};

enum class ItemKind : std::int32_t {
    message = CHANNEL_MESSAGE,  // the contact says something
    event = CHANNEL_EVENT,      // the contact does something that is no content: followed, scanned, menu
    notice = CHANNEL_NOTICE,    // the channel tells the participants something of its own
    echo = CHANNEL_ECHO         // the channel has told the contact something of its own: for the record
};

/// Channel to host. The file stays until settled.
struct Item {
    ItemKind kind = ItemKind::message;
    std::string id = {};  // the same at each repetition: of the message, not of an attempt to deliver it
    std::string account = {}, contact = {};
    Time happened = {};
    std::string name = {};  // of an event; the key of a notice's or an echo's text
    std::optional<Content> content = {};
    std::string data = {};  // JSON object: an event's values, hints for routing; may be empty

    bool operator==(const Item&) const = default;
};

enum class State : std::int32_t {  // below sent the channel has it in hand; from sent on it tries no more
    accepted = CHANNEL_ACCEPTED,
    queued = CHANNEL_QUEUED,
    sent = CHANNEL_SENT,
    delivered = CHANNEL_DELIVERED,
    read = CHANNEL_READ,
    refused = CHANNEL_REFUSED,
    failed = CHANNEL_FAILED,
    expired = CHANNEL_EXPIRED,
    discarded = CHANNEL_DISCARDED,
    cancelled = CHANNEL_CANCELLED,
    uncertain = CHANNEL_UNCERTAIN
};

/// The state's word: "accepted", "queued" ...; "unknown" for a number of a later minor.
constexpr std::string_view name_of(State state) noexcept
{
    switch (state) {
    case State::accepted: return "accepted";
    case State::queued: return "queued";
    case State::sent: return "sent";
    case State::delivered: return "delivered";
    case State::read: return "read";
    case State::refused: return "refused";
    case State::failed: return "failed";
    case State::expired: return "expired";
    case State::discarded: return "discarded";
    case State::cancelled: return "cancelled";
    case State::uncertain: return "uncertain";
    }
    return "unknown";
}

/// Channel to host: what became of a message. The first one about it is the receipt, send's answer.
struct Report {
    State state = State::accepted;
    std::string client_id = {};
    std::uint64_t revision = 1;  // 1, 2, 3 ... of this message; a repeat has the same
    Time happened = {};
    std::string reason = {};  // id; may be empty
    std::string text = {};    // for a person; may be empty
    std::uint32_t position = 0;  // of queued: 1 is next
    std::string data = {};    // JSON object: provider's id and code, limit and size ...; may be empty

    bool operator==(const Report&) const = default;
};

enum class Verdict : std::int32_t { send = CHANNEL_SEND, queue = CHANNEL_QUEUE, refuse = CHANNEL_REFUSE };

/// What check answers: may I, at what price, until when? An estimate: the provider's answer is the truth.
struct Capability {
    Verdict verdict = Verdict::send;
    std::uint32_t cost = 1;            // slots this message takes: 1, or the segments of an SMS
    std::int32_t slots_left = -1;      // before it; -1: no limit, or not known
    std::optional<Time> window_ends = {};  // none: no window, or not known
    std::string reason = {};               // of queue and refuse: id, 47 bytes at most
    std::string text = {};                 // for a person, 255 bytes at most

    bool operator==(const Capability&) const = default;
};

enum class Mode : std::int32_t { validate = CHANNEL_VALIDATE, apply = CHANNEL_APPLY };

struct Settings {
    Mode mode = Mode::apply;
    std::string json = {};      // the host's section about this channel
    std::string base_dir = {};  // absolute; relative paths in json start here

    bool operator==(const Settings&) const = default;
};

enum class Level : std::int32_t {
    debug = CHANNEL_LOG_DEBUG,
    info = CHANNEL_LOG_INFO,
    warning = CHANNEL_LOG_WARNING,
    error = CHANNEL_LOG_ERROR
};

enum class Health : std::int32_t {
    ok = CHANNEL_HEALTH_OK,
    degraded = CHANNEL_HEALTH_DEGRADED,
    down = CHANNEL_HEALTH_DOWN
};

/// One complaint about settings. Line and column start at 1; 0: not known.
struct Finding {
    Level level = Level::error;
    std::string file = {};
    std::uint32_t line = 0, column = 0;
    std::string code = {}, text = {};

    bool operator==(const Finding&) const = default;
};

struct Participant {
    std::string id = {}, name = {};

    bool operator==(const Participant&) const = default;
};

/// A link and QR code with which somebody becomes a contact.
struct Invitation {
    std::string account = {};
    std::string scene = {};  // comes back in the data of followed and scanned, and as a routing hint
    Milliseconds lifetime = {};  // 0: for ever

    bool operator==(const Invitation&) const = default;
};

/// One step of what a channel's doctor has looked at (ext/doctor.h).
struct Examined {
    enum class Level { ok, warning, wrong, skipped };
    std::string account = {};  // whose; empty: the channel's as a whole
    std::string step = {};     // id: "dns", "token" ...
    Level level = Level::ok;
    std::string text = {};    // for a person: what was found; of a skipped one: why
    std::string remedy = {};  // what to do about it; may be empty

    bool operator==(const Examined&) const = default;
};

constexpr std::string_view name_of(Examined::Level level) noexcept
{
    constexpr std::string_view names[] = {"ok", "warning", "wrong", "skipped"};
    return names[static_cast<std::size_t>(level)];
}

/// Where an instance is in its life; the README's "States" says which call is allowed when.
enum class Phase : std::int32_t { created, configured, starting, running, stopping, stopped };

constexpr std::string_view name_of(Phase phase) noexcept
{
    constexpr std::string_view names[] = {"created", "configured", "starting", "running", "stopping", "stopped"};
    return names[static_cast<std::int32_t>(phase)];
}

/// Between start and the end of stop: only then tasks run, and offers, reports and settle are taken.
constexpr bool alive(Phase phase) noexcept
{
    return phase == Phase::starting || phase == Phase::running || phase == Phase::stopping;
}

/// received.settle(channel::ok): it is on my disk.
inline constexpr Outcome ok{};

}  // namespace channel
