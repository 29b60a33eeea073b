/// What must survive: conversations, messages, and the outbox of what is still to be done.
#pragma once

#include "base/content.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "policy/conversation.hpp"
#include "policy/effect.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wechat::store {

/// One conversation: one contact on one account. Nothing else is ever read or written together with it.
struct Key {
    AppId account = {};
    OpenId contact = {};
    auto operator<=>(const Key&) const = default;
    bool operator==(const Key&) const = default;
};

/// An employee's message, and what is known of it. Kept for 7 days after its last state was settled (plugin-api 3.8).
struct Message {
    ClientId id = {};
    Employee sender = {};
    Content content = {};
    policy::Report state = {};   // the present one; its id is empty
    std::uint64_t revision = 0;  // 0: nothing has been reported yet
    Time changed = {};
};

/// An item for the host. kind is the contract's; id empty: made from the row's number when it is offered.
struct Item {
    std::int32_t kind = 0;
    std::string id = {};
    Time happened = {};
    std::string name = {};
    std::optional<Content> content = {};
    std::map<std::string, std::string> data = {};
    bool operator==(const Item&) const = default;
};

/// A report for the host.
struct Report {
    policy::Report report = {};
    std::uint64_t revision = 0;
    Time happened = {};
};

/// A contact's file that was not to be had when its message was offered: fetched until it is there, or lost.
///
/// item     the message's id
/// content  as it was offered, without its file
/// since    when it was first tried
struct Fetch {
    std::string item = {};
    Content content = {};
    Time since = {};
    bool operator==(const Fetch&) const = default;
};

/// What waits to be done, strictly in order per conversation and direction (S7); fetches in any order.
using Payload = std::variant<Item, Report, policy::Send, Fetch>;

enum class Direction { to_host = 0, to_platform = 1, from_platform = 2 };  // stored
[[nodiscard]] inline Direction direction_of(const Payload& payload)
{
    if (std::holds_alternative<Fetch>(payload))
        return Direction::from_platform;
    return std::holds_alternative<policy::Send>(payload) ? Direction::to_platform : Direction::to_host;
}

/// A file that the platform has of us: the same bytes need not be uploaded again until then.
///
/// type    as it was uploaded: image, voice, video, thumb
/// sha256  of its bytes, in hexadecimal
struct Upload {
    AppId account = {};
    std::string type = {};
    std::string sha256 = {};
    std::string media_id = {};
    Time until = {};
    bool operator==(const Upload&) const = default;
};

/// A row of the outbox. Numbers rise and are never used again.
struct Row {
    std::int64_t id = 0;
    std::int64_t conversation = 0;  // the store's number of it
    Key key = {};
    Payload payload = {};
    bool started = false;  // to_platform: the platform may have it
};

/// What one transaction sees of one conversation. All of it becomes durable together, or none.
class Unit {
public:
    virtual ~Unit() = default;

    /// The store's number of this conversation.
    [[nodiscard]] virtual std::int64_t conversation() const = 0;

    /// Whether this event of the platform is new; from now on it is not. Remembered for 7 days.
    [[nodiscard]] virtual bool first_sight_of(std::int64_t event_id, Time now) = 0;

    /// What the platform was answered to this event, beyond that it is known; it asks again where it missed the answer.
    virtual void remember_answer(std::int64_t event_id, std::string_view text) = 0;
    /// Empty: nothing.
    [[nodiscard]] virtual std::string answer_to(std::int64_t event_id) = 0;

    [[nodiscard]] virtual policy::Conversation load() = 0;
    virtual void save(const policy::Conversation& conversation, std::optional<Time> wake_at) = 0;

    /// A message by the host's id, which is unique in the whole store; of another conversation, too.
    [[nodiscard]] virtual std::optional<Message> message(const ClientId& id) = 0;
    virtual void put(const Message& message) = 0;

    /// Appends to the outbox; gives the row's number.
    virtual std::int64_t append(const Payload& payload) = 0;
    virtual void remove(std::int64_t row) = 0;
    virtual void set_started(std::int64_t row, bool started) = 0;

    /// Remembers an upload of the conversation's account; a later one of the same file replaces it.
    virtual void remember(const Upload& upload) = 0;
};

/// Runs inside the transaction, on the store's thread; more than once where a conflict or a neighbour's failure demands
/// it, so it must set what it gives, never add to it. It must not wait for anything.
using Work = std::function<void(Unit&)>;

/// Told once the work is durable, or why it is not (store_full, store_busy, store_broken): then nothing of it is.
using Done = std::function<void(const Result<void>&)>;

/// How the store hands its answers back: runs a function on the loop, soon. [any]
using Post = std::function<void(std::function<void()>)>;

/// The store. Functions are [any] unless they say otherwise; answers come by Post, in the order of the commits.
class Store {
public:
    virtual ~Store() = default;

    /// Runs work for one conversation, which is made if it is new, and commits it with whatever else waits.
    virtual void run(Key key, Work work, Done done) = 0;

    /// Removes rows of the outbox that are done; done is told once that is durable.
    virtual void settle(std::vector<std::int64_t> rows, Time now, Done done) = 0;

    /// Forgets what is older than its time: events and messages settled 7 days ago, uploads that are over. Bounded pieces in commits of their
    /// own, so that others go between them; done is told after the last.
    virtual void forget(Time now, Done done) = 0;

    /// Waits until everything handed over is durable. Never called on the loop's thread.
    virtual void flush() = 0;

    // Reads, beside the writer: what was durable a moment ago. Each waits for the disk at most.

    [[nodiscard]] virtual Result<std::optional<policy::Conversation>> peek(const Key& key) = 0;
    [[nodiscard]] virtual Result<std::optional<Message>> peek_message(const ClientId& id) = 0;
    /// Where a message belongs: for cancels, which name no conversation.
    [[nodiscard]] virtual Result<std::optional<Key>> find_message(const ClientId& id) = 0;

    /// An upload that is good at `now`.
    [[nodiscard]] virtual Result<std::optional<Upload>>
    find_upload(const AppId& account, std::string_view type, std::string_view sha256, Time now) = 0;

    /// Rows of the outbox with numbers above `after`, in order, `most` at a time: what a restart goes on with.
    [[nodiscard]] virtual Result<std::vector<Row>> rows_after(std::int64_t after, std::size_t most) = 0;
    [[nodiscard]] virtual Result<std::optional<Row>> row(std::int64_t id) = 0;

    /// Conversations whose wake_at has come, earliest first, `most` at a time.
    [[nodiscard]] virtual Result<std::vector<Key>> due_until(Time now, std::size_t most) = 0;
    [[nodiscard]] virtual Result<std::optional<Time>> next_due() = 0;

    struct Counts {
        std::int64_t conversations = 0;
        std::int64_t outbox_to_host = 0;
        std::int64_t outbox_to_platform = 0;
        std::int64_t fetches = 0;       // files that are still to be had
        std::int64_t commits = 0;       // since the start
        std::int64_t transactions = 0;  // units of work in them
    };
    [[nodiscard]] virtual Counts counts() = 0;

    /// A name of this very store, made when it was: ids of items begin with it, so that a new store reuses none.
    [[nodiscard]] virtual const std::string& name() const = 0;
};

/// Opens or makes a store. where: a file's path.
///
/// Faults: store_broken, store_full, store_busy (another process has it), store_too_new
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, Post post);

}  // namespace wechat::store
