/// What has happened, and what a scenario expects: the entries of `expect` (policy 10).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace replay {

using Milliseconds = std::chrono::milliseconds;

/// One entry, in the words of the scenario's file. Which members count is said by kind.
///
/// to_contact, to_employees   automatic: the key of an automatic text, or empty; medium and what: as it reads
/// event                      name: followed, scanned, menu; what: the scene or key
/// state                      name: the message's client id; what: sent, queued, refused ...; reason
struct Entry {
    enum class Kind { to_contact, to_employees, event, state };
    Kind kind = Kind::to_contact;
    std::string automatic = {};
    std::string medium = "text";
    std::string name = {};
    std::string what = {};
    std::string reason = {};
};

struct Expected : Entry {
    int line = 0;
};

/// silent  an automatic text that the customer switched off: the host knows that it would have been said
/// why     words for a person that came with a state
struct Happening : Entry {
    Milliseconds at{0};  // since the start
    bool silent = false;
    std::string why = {};
};

/// Where order counts: what the contact gets, what the employees get, each message's own states.
[[nodiscard]] std::string stream_of(const Entry& entry);

/// The entry as a scenario's file has it: {state: {m1: queued}, reason: on_hold}.
[[nodiscard]] std::string as_written(const Entry& entry);

/// A text is compared as it reads, even if it was an automatic one; a queued one's reason only where it is given.
[[nodiscard]] bool fits(const Expected& expected, const Happening& happened);

}  // namespace replay
