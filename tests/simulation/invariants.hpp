/// What must hold of every contact's story, whatever has happened in it.
#pragma once

#include "world.hpp"

#include <string>
#include <vector>

namespace simulation {

/// How a history marks what is said, so that it is known again wherever it appears.
///
/// A contact's message that opens a window is "w1", a tap on an item of a menu message (W2) "t2". An employee's
/// message m3 is a text that starts with "m3." or a picture of that name; merged ones (Q4) carry several such marks.
inline constexpr char opens_window = 'w', taps = 't', of_employee = 'm', mark_ends = '.';
inline constexpr auto leave_keyword = "#LEAVE";

/// What the history did, as far as the host must have learned it.
///
/// said    marks of the contact's messages, leave keywords not among them
/// events  how often he followed, scanned or clicked
struct Done {
    std::vector<std::string> said = {};
    int events = 0;
};

/// Every broken rule with what broke it; empty: all hold. The story has come to its end, nothing is under way.
[[nodiscard]] std::vector<std::string> broken_rules(const Story& story, const Done& done);

}  // namespace simulation
