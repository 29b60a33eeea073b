/// What is to be done because of an event. Data: the engine stores effects with the state and carries them out.
#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "policy/conversation.hpp"
#include "policy/reason.hpp"
#include "texts/texts.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wechat::policy {

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
    bool by_answer = false;  // it rides in the answer to a callback: nobody learns what became of it
};

struct Answer {  // to the callback that brought the event, instead of `success` (WelcomeBy::passive)
    std::string text = {};
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

struct Remark {             // for the log: a decision that nobody is told
    std::string code = {};  // "prompt_skipped", "automatic_text_dropped" ...
    std::map<std::string, std::string> data = {};
};

using Effect =
    std::variant<OfferMessage, OfferEvent, Tell, Echo, Answer, Report, Send, Start, Withdraw, Remark>;
using Effects = std::vector<Effect>;

}  // namespace wechat::policy
