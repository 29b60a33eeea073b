#include "calls.hpp"

#include <algorithm>
#include <utility>

namespace host {
namespace {

// abi.h: again after retry_after_ms, 50 at least. Unavailable may come without a time.
constexpr channel::Milliseconds least_pause{50};
constexpr channel::Milliseconds unavailable_pause{1000};

channel::Milliseconds pause_after(const channel::Error& error)
{
    const auto least = error.status() == channel::Status::busy ? least_pause : unavailable_pause;
    return std::max(least, error.retry_after());
}

}  // namespace

void Calls::add(ConversationId conversation, Call call)
{
    auto& queue = waiting_[conversation];
    queue.push_back(std::move(call));
    if (queue.size() == 1)
        pump(conversation);
}

void Calls::pump(ConversationId conversation)
{
    const auto found = waiting_.find(conversation);
    if (found == waiting_.end())
        return;  // cleared meanwhile
    auto& queue = found->second;
    while (!queue.empty()) {
        try {
            queue.front().run();
        } catch (const channel::Error& error) {
            const auto status = error.status();
            if (status == channel::Status::busy || status == channel::Status::unavailable) {
                lane_.arm(lane_.now() + pause_after(error), [this, conversation] { pump(conversation); });
                return;
            }
            if (status != channel::Status::state)
                queue.front().failed(error);
        }
        queue.pop_front();
    }
    waiting_.erase(found);
}

}  // namespace host
