#include "traffic.hpp"

namespace host {

void Traffic::received()
{
    const std::lock_guard lock{mutex_};
    ++figures_.received;
}

void Traffic::handed_over(std::string_view client_id, Clock::time_point now)
{
    const std::lock_guard lock{mutex_};
    under_way_.insert_or_assign(std::string{client_id}, now);
}

void Traffic::reported(std::string_view client_id, channel::State state, Clock::time_point now)
{
    const std::lock_guard lock{mutex_};
    ++figures_.states[std::string{name_of(state)}];
    const auto found = under_way_.find(std::string{client_id});
    if (found == under_way_.end() || state == channel::State::accepted)
        return;
    if (state != channel::State::queued) {
        ++figures_.answered;
        figures_.answering += now - found->second;
    }
    under_way_.erase(found);
}

Traffic::Figures Traffic::figures() const
{
    const std::lock_guard lock{mutex_};
    return figures_;
}

}  // namespace host
