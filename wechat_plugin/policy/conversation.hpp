/// What is remembered of one contact on one account. Pure values; the store keeps them between two events.
#pragma once

#include "base/content.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "policy/reason.hpp"
#include "texts/texts.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace wechat::policy {

enum class Phase {
    unknown,     // he has never written (O1)
    open,        // O3
    left,        // L1
    unfollowed,  // U1
};

/// An employee's message without its content, which the store keeps: what deciding needs to know.
///
/// unfit  why no account could send this content, with words for a person: found by who can read files
struct Message {
    ClientId id = {};
    Employee sender = {};  // empty: the host itself, who needs not take part
    Kind kind = Kind::text;
    std::uint32_t bytes = 0;  // of the text alone, or of the words that a place becomes
    Time accepted = {};       // Q5 counts from here
    Reason unfit = Reason::none;
    std::string unfit_words = {};
    bool operator==(const Message&) const = default;
};

/// One send to WeChat that has not ended: an employee's message, several merged into one (Q4), or an automatic text.
///
/// attempt  0 until it has been handed to the pump; then the number that starts and outcomes carry
/// started  the platform may have it: it can no longer be taken back
/// window   which window it draws on; 0: the grant of a follow (W2)
struct Outgoing {
    std::vector<Message> messages = {};
    std::optional<texts::ContactText> automatic = {};
    std::string text = {};                // of an automatic text: its words
    std::vector<Employee> tells_of = {};  // of an automatic text that tells a change: who takes part by then
    std::uint64_t attempt = 0;
    std::uint64_t window = 0;
    bool started = false;
    bool sent_again = false;             // A7 with resend_uncertain: this is the second and last try
    std::optional<Time> not_after = {};  // of an automatic text out of a grant (W2)
    bool operator==(const Outgoing&) const = default;
};

struct Conversation {
    Phase phase = Phase::unknown;

    // The window and what has happened in it; each message of the contact starts them anew (W1, R7).
    std::uint64_t window = 0;               // how many windows there have been
    std::optional<Time> last_message = {};  // W1: the contact's last message that opened a window
    bool closed_by_wechat = false;          // A3
    bool refused_for_slots = false;         // A2, R5
    int slots_used = 0;                     // W1, B5: as we count; what is on its way included
    int employee_sent = 0;                  // B1: the employees' share; what is on its way included
    bool employee_reached = false;          // R2: something of an employee has gone out
    bool announced = false;                 // B2
    bool prompted = false;                  // B3: the kept slot is used
    bool reminded = false;                  // R1
    bool told_limit = false;                // S2
    bool told_queued = false;               // Q2
    bool told_inactive = false;             // R6

    // Who takes part, and what the contact has been told of it (P1, P2). Sorted by id.
    std::vector<Employee> participants = {};
    std::vector<Employee> told_participants = {};
    bool participants_settled = false;  // the first participants of a conversation are no change (P1)

    std::deque<Outgoing> outgoing = {};  // on their way, in order (S7); only the first has been handed out
    std::deque<Message> queue = {};      // waiting for the contact (section 6)
    std::uint64_t attempts = 0;          // the last attempt's number
    bool operator==(const Conversation&) const = default;
};

}  // namespace wechat::policy
