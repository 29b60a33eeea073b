/// The end of a wait on the platform's clock, whose time may stand still or be moved.
#pragma once

#include "simulator/clock.hpp"
#include "simulator/loop.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace simulator {

/// Ends when the platform's clock has come to its moment, by running or by being moved; or when the patience is over,
/// whatever the clock says: where it stands still nothing else would end the wait.
///
/// patience  real time
/// Belongs to the loop's thread; the clock outlives it.
class Deadline {
public:
    Deadline(Executor loop, Clock& clock, Milliseconds from_now, Milliseconds patience);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    [[nodiscard]] bool over() const;

    /// What is broken off when it ends; takes the place of what was there before. Not called where it is over already.
    void breaks_off(std::function<void()> cancel);

private:
    struct State;
    std::shared_ptr<State>
        state_;  // shared with the timer's handler, which may run after the wait is forgotten
};

}  // namespace simulator
