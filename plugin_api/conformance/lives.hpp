#pragma once
/// A host's life in a process that may be killed, and what outlives it: the ledger, the rig, the channel's store.

#include "check.hpp"
#include "stage.hpp"

#include <functional>

namespace conformance {

class Lives {
public:
    explicit Lives(const Setup& setup) : setup_(setup), provider_(setup), file_(setup.folder / "ledger") {}

    using Life = std::function<void(Stage& stage)>;

    /// Lives once: the plugin is loaded, started, does what `life` says, and stops. Gives whether it came so far, or
    /// was killed. Throws Failed for what a check in it has seen, and for every other end.
    bool live(const Life& life);

    /// The same after a crash: what the host has no report for is handed over again, marked as a replay.
    bool live_on(const Life& life);

    [[nodiscard]] Provider& provider() { return provider_; }
    /// What the host has on its disk by now.
    [[nodiscard]] Ledger ledger() const { return Ledger(file_); }

private:
    const Setup& setup_;
    Provider provider_;
    std::filesystem::path file_;
};

/// kill -9, of this process, now.
[[noreturn]] void die();

}  // namespace conformance
