#include "simulator/deadline.hpp"

#include <algorithm>
#include <utility>

namespace simulator {

using Steady = std::chrono::steady_clock;

struct Deadline::State : std::enable_shared_from_this<State> {
    State(Executor loop, Clock& c, Milliseconds from_now, Milliseconds patience)
        : clock(c), at(c.now() + from_now), patience_ends(Steady::now() + patience), timer(loop)
    {}

    void look()
    {
        if (over)
            return;
        if (clock.now() < at && Steady::now() < patience_ends)
            return arm();
        over = true;
        timer.cancel();
        if (const auto cancel = std::exchange(break_off, nullptr))
            cancel();
    }

    void arm()
    {
        auto wait = patience_ends - Steady::now();
        if (clock.kind() == Clock::Kind::running)
            wait = std::min<Steady::duration>(wait, at - clock.now());
        timer.expires_after(std::max(wait, Steady::duration::zero()));
        timer.async_wait([state = weak_from_this()](const boost::system::error_code& aborted) {
            if (const auto self = state.lock(); self && !aborted)
                self->look();
        });
    }

    Clock& clock;
    Moment at;
    Steady::time_point patience_ends;
    Timer timer;
    Clock::Watch watch;
    std::function<void()> break_off;
    bool over = false;
};

Deadline::Deadline(Executor loop, Clock& clock, Milliseconds from_now, Milliseconds patience)
    : state_(std::make_shared<State>(loop, clock, from_now, patience))
{
    state_->watch = clock.watch([state = state_.get()] { state->look(); });
    state_->arm();
}

Deadline::~Deadline()
{
    state_->watch.reset();
    state_->over = true;
    state_->timer.cancel();
}

bool Deadline::over() const
{
    return state_->over;
}

void Deadline::breaks_off(std::function<void()> cancel)
{
    state_->break_off = std::move(cancel);
}

}  // namespace simulator
