/// A run as people read it, and as programs do.
#pragma once

#include "replay/performance.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace replay {

/// "+1 d 00:03:00".
[[nodiscard]] std::string clock_text(Milliseconds since_start);

/// The step in words: who does what.
struct Deed {
    std::string who, what;
};
[[nodiscard]] Deed deed_of(const Act& act);

/// When, who, what, and of each expectation that did not hold both sides.
[[nodiscard]] std::string transcript(const Performance& performance);

/// The same as data.
[[nodiscard]] boost::json::object to_json(const Performance& performance);

}  // namespace replay
