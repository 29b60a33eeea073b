/// Something that coroutines wait for and others announce.
#pragma once

#include "loop/task.hpp"

namespace wechat {

/// Wakes all who wait, each time it is raised. Of the loop's thread only.
class Signal {
public:
    explicit Signal(Loop& loop) : timer_(loop, Timer::time_point::max()) {}

    /// Returns after the next raise.
    Task<> wait()
    {
        boost::system::error_code cancelled;
        co_await timer_.async_wait(into(cancelled));
    }

    void raise() { timer_.cancel(); }

private:
    Timer timer_;
};

}  // namespace wechat
