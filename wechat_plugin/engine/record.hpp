/// The inside of the one transaction: seen before? load, step, save, append effects.
#pragma once

#include "engine/input.hpp"
#include "policy/rules.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace wechat::engine {

/// What a transaction has decided and stored, for whoever goes on after its commit.
///
/// is_new     false: the platform's event, or the host's message, was known; at most its state is reported again
/// answer     what the callback is to be answered instead of `success`, also where the event was known; empty: nothing
/// may_start  the answer to AttemptStarting
/// withdrawn  the attempt of AttemptPutOff is not to be tried again; its row is gone
/// conversation  the store's number of it
/// rows       appended to the outbox, in order
/// wake_at    when the conversation is due next
struct Recorded {
    bool is_new = true;
    std::string answer = {};
    bool may_start = false;
    bool withdrawn = false;
    std::int64_t conversation = 0;
    std::vector<store::Row> rows = {};
    std::optional<Time> wake_at = {};
    policy::Effects effects = {};
};

/// Decides one input and stores the decision. Runs inside the transaction; may run again on a conflict.
[[nodiscard]] Recorded
record(store::Unit& unit, const store::Key& key, const Input& input, const policy::Rules& rules, Time now);

/// The same for a contact's file: a fetch that is to be done, or the item that ends one. Gives the row to go on with.
[[nodiscard]] store::Row
record_late(store::Unit& unit, const store::Key& key, const LateFile& news, Time now);

}  // namespace wechat::engine
