/// What was decided, for the log and the figures.
#pragma once

#include "base/ids.hpp"
#include "base/log.hpp"
#include "policy/effect.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace wechat::engine {

struct Figures {
    std::uint64_t applied = 0;                          // events decided
    std::uint64_t repeated = 0;                         // seen before
    std::uint64_t received = 0;                         // messages of contacts
    std::map<std::string, std::uint64_t> states = {};   // reports by state
    std::map<std::string, std::uint64_t> notices = {};  // by key
};

/// Writes one line per decision and counts it; what a person wrote never stands in it.
void write_down(
    const policy::Effects& effects,
    const Customer& customer,
    const OpenId& contact,
    const Log& log,
    Figures& figures
);

}  // namespace wechat::engine
