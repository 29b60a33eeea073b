/// What can happen to a conversation.
#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "policy/conversation.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace wechat::policy {

/// The contact said something.
///
/// at         CreateTime; a later one than now counts as now
/// text       of a text: its words, for the leave keyword (L1); else empty
/// menu_item  a tap on an item of a menu message (W2)
struct ContactWrote {
    Time at = {};
    std::string text = {};
    bool menu_item = false;
};

struct ContactFollowed {  // O2
    Time at = {};
    std::string scene = {};
};

struct ContactUnfollowed {};  // U1

/// He did something else: scanned, menu, or any other event of the platform; the host learns it.
struct ContactDid {
    std::string name = {};
    std::map<std::string, std::string> data = {};
};

struct EmployeeSent {
    Message message = {};  // accepted is set by step
};

struct EmployeeCancelled {  // Q6
    ClientId id = {};
};

struct ParticipantsSet {  // O4, P1 to P3: all who take part from now on
    std::vector<Employee> participants = {};
};

/// The pump is about to call the platform for this attempt: may it still go?
struct AttemptStarting {
    std::uint64_t attempt = 0;
};

/// How an attempt ended (section 8). Faults that are tried again unseen (A4, A5) do not come here.
struct AttemptEnded {
    enum class Outcome { sent, no_slot_left, window_closed, not_following, failed, uncertain };
    std::uint64_t attempt = 0;
    Outcome outcome = Outcome::sent;
    std::int64_t errcode = 0;
    std::string words = {};  // the platform's, for people
    std::string rid = {};
    Reason reason = Reason::none;  // ours, where the platform was not even asked
};

/// The fault was transient (A5): the attempt has not happened, and will be started again.
struct AttemptPutOff {
    std::uint64_t attempt = 0;
};

struct Tick {};  // time has passed: wake_at was reached

using Event = std::variant<
    ContactWrote,
    ContactFollowed,
    ContactUnfollowed,
    ContactDid,
    EmployeeSent,
    EmployeeCancelled,
    ParticipantsSet,
    AttemptStarting,
    AttemptEnded,
    AttemptPutOff,
    Tick>;

}  // namespace wechat::policy
