/// Calls to a channel, in order per conversation. After BUSY nothing else of the conversation goes first.
#pragma once

#include "model.hpp"

#include <channel/host/lane.hpp>
#include <channel/values.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <unordered_map>

namespace host {

/// One call. run throws channel::Error: busy and unavailable: again later, and what is behind it waits; state: the
/// instance is not running, and what was asked is repeated after the next start; anything else goes to failed.
struct Call {
    std::function<void()> run;
    std::function<void(const channel::Error&)> failed;
};

/// All of it on the lane.
class Calls {
public:
    explicit Calls(channel::Lane& lane) : lane_(lane) {}

    void add(ConversationId conversation, Call call);
    /// The instance has stopped: what waits is in the store, and comes again.
    void clear() { waiting_.clear(); }
    [[nodiscard]] std::size_t conversations_waiting() const { return waiting_.size(); }

private:
    void pump(ConversationId conversation);

    channel::Lane& lane_;
    std::unordered_map<ConversationId, std::deque<Call>> waiting_;  // only those that BUSY holds up
};

}  // namespace host
