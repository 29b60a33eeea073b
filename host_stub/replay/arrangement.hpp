/// What the host kept and what the phone shows, as one story.
#pragma once

#include "replay/happening.hpp"

#include <vector>

namespace replay {

/// The host knows an automatic text by its key (an echo), the phone knows every text in its order. Here each text on
/// the phone gets its key, and its place: an automatic one where the host learned of it, an employee's where it was
/// reported as gone out.
///
/// kept   as the host kept it, in order; echoes are to_contact with key and text
/// shown  to_contact, in the phone's order
/// An echo of a text that the phone does not show becomes an entry that nothing expects.
[[nodiscard]] std::vector<Happening> arranged(std::vector<Happening> kept, std::vector<Happening> shown);

}  // namespace replay
