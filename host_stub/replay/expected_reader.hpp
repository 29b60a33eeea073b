/// Reads an entry of `expect`.
#pragma once

#include "replay/happening.hpp"

#include "yaml.hpp"

#include <vector>

namespace replay {

/// Adds what the entry expects; {state: {m1: sent, m2: sent}} is two.
void read_expected(const host::Place& place, std::vector<Expected>& all);

}  // namespace replay
