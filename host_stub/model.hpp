/// What the host keeps, as values: conversations, their messages, and what happened to them, in order.
#pragma once

#include <channel/values.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

using Employees = std::vector<std::string>;
using ConversationId = std::int64_t;
using MessageId = std::int64_t;
using EventId = std::int64_t;

/// One contact on one account of one channel.
struct Conversation {
    ConversationId id = 0;
    std::string channel = {}, customer = {}, contact = {};
    bool open = false;          // the contact has spoken, and has not left since
    std::string state = "new";  // open, or the name of the last event or notice
    std::string scene = {};     // the last QR scene: the routing hint
    Employees participants = {};
    std::int64_t participants_due = 0;  // which change of them the channel has not confirmed; 0: none
    channel::Time last_at = {};
    std::int64_t unread = 0;  // the contact's messages since an employee did something
};

enum class Author : std::int32_t {  // stored
    contact = 1,
    employee = 2,
    channel_to_employees = 3,  // a notice
    channel_to_contact = 4,    // an echo
};

/// pending: in the host's outbox, without a report yet. Else the contract's number, unknown ones too.
inline constexpr std::int32_t pending = 0;

/// What became of an employee's message, as the channel last said.
struct Progress {
    std::int32_t state = pending;
    std::uint64_t revision = 0;
    std::string reason = {}, text = {};
    std::uint32_t position = 0;

    /// True where the channel tries no more.
    [[nodiscard]] bool is_final() const { return state >= CHANNEL_SENT; }
    bool operator==(const Progress&) const = default;
};

/// "pending", "accepted", "queued" ...
[[nodiscard]] inline std::string_view state_name(std::int32_t state)
{
    return state == pending ? "pending" : channel::name_of(static_cast<channel::State>(state));
}

struct Message {
    MessageId id = 0;
    ConversationId conversation = 0;
    Author from = Author::contact;
    std::string employee = {};   // who wrote it; empty: nobody of the employees
    std::string client_id = {};  // of an employee's message
    std::string kind = {};       // a kind of content; "event" or "auto" for the channel's other items
    std::string key = {};        // of an event, a notice, an echo: its name
    std::string text = {};
    std::string media = {}, mime = {},
                name = {};  // media: file name inside the media folder; name: what the giver calls it
    std::string data = {};  // JSON object, or empty
    channel::Time at = {};
    Progress progress = {};  // of an employee's message
};

/// What an employee wants to say.
struct Draft {
    std::string employee = {}, client_id = {};
    channel::Content content = {};  // path: absolute, or empty
};

/// One line of the event log: something that a console shows without asking.
struct Event {
    enum class Type : std::int32_t { message = 1, state = 2, conversation = 3 };  // stored
    EventId id = 0;
    Type type = Type::message;
    ConversationId conversation = 0;
    MessageId message = 0;   // of message and state
    Progress progress = {};  // of state: as it was then
    channel::Time at = {};
};

}  // namespace host
