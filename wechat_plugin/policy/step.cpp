#include "policy/step.hpp"

#include "policy/on.hpp"
#include "policy/outgoing.hpp"
#include "policy/queue.hpp"

#include <utility>

namespace wechat::policy {

Decision step(const Rules& rules, Conversation conversation, const Event& event, Time now)
{
    Effects effects;
    std::visit([&](const auto& e) { on(e, rules, conversation, now, effects); }, event);
    drain(rules, conversation, now, effects);  // A6, Q6: whatever has made room, what waits behind may go
    hand_out(rules, conversation, effects);
    return {std::move(conversation), std::move(effects)};
}

}  // namespace wechat::policy
