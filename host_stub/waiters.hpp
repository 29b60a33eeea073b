/// Who wants to know what becomes of a message.
#pragma once

#include "host.hpp"
#include "model.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

namespace host {

/// On the store's thread only.
class Waiters {
public:
    enum class Until { first_report, final_state };

    void add(MessageId message, Until until, Host::Progressed call)
    {
        waiting_[message].push_back({until, std::move(call)});
    }

    /// Tells those whose moment has come.
    void tell(const Message& message)
    {
        const auto found = waiting_.find(message.id);
        if (found == waiting_.end())
            return;
        std::vector<Waiter> on_their_way;
        for (auto& waiter : found->second) {
            const auto reported = message.progress.state != pending;
            const auto come = waiter.until == Until::first_report ? reported : message.progress.is_final();
            if (come)
                waiter.call(message);
            else
                on_their_way.push_back(std::move(waiter));
        }
        if (on_their_way.empty())
            waiting_.erase(found);
        else
            found->second = std::move(on_their_way);
    }

private:
    struct Waiter {
        Until until;
        Host::Progressed call;
    };
    std::unordered_map<MessageId, std::vector<Waiter>> waiting_;
};

}  // namespace host
