/// What is to be done because of an event. Data: the engine stores effects with the state and carries them out.
#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "policy/conversation.hpp"
#include "texts/texts.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wechat::policy {

/// Why a message waits or is refused; names are policy.md's.
enum class Reason {
    none,
    on_hold,              // S3, A2
    inactive,             // S4, A3
    contact_must_start,   // O1
    contact_left,         // L2
    contact_unfollowed,   // U1
    not_a_participant,    // O4
    text_too_long,        // S5
    empty_text,           // a text without words: WeChat refuses it (44004), so we do before
    unsupported_content,  // S5
    queue_full,           // Q1
    unknown_message,      // Q6: nobody has sent such a message
};
[[nodiscard]] std::string_view name_of(Reason reason);

/// Numbers are the contract's (abi.h).
enum class State {
    accepted = 10,
    queued = 20,
    sent = 30,
    refused = 60,
    failed = 61,
    expired = 62,
    discarded = 63,
    cancelled = 64,
    uncertain = 65,
};
[[nodiscard]] std::string_view name_of(State state);

struct OfferMessage {};  // to the host: what the contact has just said

struct OfferEvent {  // to the host: followed, scanned, menu ...
    std::string name = {};
    std::map<std::string, std::string> data = {};
};

struct Tell {  // a notice to the employees; without text where the customer switched it off
    texts::EmployeeText key = {};
    std::optional<std::string> text = {};
    std::map<std::string, std::string> data = {};
};

struct Echo {  // for the host's record: this automatic text has reached the contact, or was switched off
    texts::ContactText key = {};
    std::optional<std::string> text = {};
    bool uncertain = false;  // A7
};

struct Report {  // what became of an employee's message
    ClientId id = {};
    State state = State::accepted;
    Reason reason = Reason::none;
    std::uint32_t position = 0;  // queued: 1 is next
    std::int64_t errcode = 0;    // failed, and what made it queue: the platform's
    std::string words = {};      // for a person: limit and size, the platform's words; never the message
    std::string rid = {};
};

/// One send to the platform: an automatic text, or employees' messages whose texts the store joins with a line break.
struct Send {
    std::uint64_t attempt = 0;
    std::vector<ClientId> messages = {};
    std::string prefix = {};  // S6
    std::string text = {};    // of an automatic text
    std::optional<texts::ContactText> automatic = {};
};

struct Start {  // the answer to AttemptStarting: call the platform now
    std::uint64_t attempt = 0;
};

struct Withdraw {  // an attempt that was handed out and not started is not to be started any more
    std::uint64_t attempt = 0;
};

struct Remark {  // for the log: a decision that nobody is told
    std::string code = {};  // "prompt_skipped", "automatic_text_dropped" ...
    std::map<std::string, std::string> data = {};
};

using Effect = std::variant<OfferMessage, OfferEvent, Tell, Echo, Report, Send, Start, Withdraw, Remark>;
using Effects = std::vector<Effect>;

}  // namespace wechat::policy
