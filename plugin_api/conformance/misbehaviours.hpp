#pragma once
/// Breaches of the contract that hosts have noted in this process, and which check answers for them.

#include <string_view>

namespace conformance {

/// Notes one. [any]
void note_misbehaviour(std::string_view sentence);

/// Throws Failed for one that belongs to this check, or to none.
void judge_misbehaviours(std::string_view check);

}  // namespace conformance
