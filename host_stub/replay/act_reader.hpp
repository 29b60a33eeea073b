/// Reads what a step does.
#pragma once

#include "replay/scenario.hpp"

#include "yaml.hpp"

namespace replay {

void read_contact(const host::Place& place, Act& act);
void read_employee(const host::Place& place, Act& act);
void read_participants(const host::Place& place, Act& act);
void read_platform(const host::Place& place, Act& act);
void read_restart(const host::Place& place, Act& act);

/// Complains, and gives 0, where it is none.
[[nodiscard]] Milliseconds read_duration(const host::Place& place);

/// A scalar that may be empty.
[[nodiscard]] std::string read_words(const host::Place& place);

}  // namespace replay
