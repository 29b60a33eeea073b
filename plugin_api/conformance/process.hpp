#pragma once
/// Runs a check in a process of its own, so that a crash, a hang and an exit are results.

#include "check.hpp"

#include <string>
#include <vector>

namespace conformance {

enum class Verdict { passed, failed, skipped };

struct Outcome {
    std::string id = {}, sentence = {};
    Verdict verdict = Verdict::passed;
    std::string why = {};        // of failed and skipped
    std::string last_call = {};  // of what did not end by itself
    std::string output = {};     // what the process wrote to stdout and stderr, its end
    double seconds = 0;
};

/// How this program is called for one check, as its own child.
struct Child {
    std::string program = {};
    std::vector<std::string> arguments = {};  // followed by: --run ID --folder F --result FD --last-call FD
};

[[nodiscard]] Outcome run_apart(const Check& check, const Child& child);

/// In the child: runs the check, writes its outcome to the descriptor `result`; gives the exit code.
int run_here(const Check& check, const Setup& setup, int result, int last_call);

}  // namespace conformance
