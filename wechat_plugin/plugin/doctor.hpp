/// The doctor (ext/doctor.h): examines accounts on a thread of its own, so that it works before start and beside a run.
#pragma once

#include "loop/busy.hpp"
#include "plugin/doctor_examination.hpp"

#include <channel/plugin.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <atomic>
#include <deque>
#include <vector>

namespace wechat::plugin {

/// One examination. Its end is told to `done`; an end before that, by the destructor, too.
class Doctor {
public:
    /// busy  the run beside it, if there is one: a piece of its work
    Doctor(
        channel::Host host,
        std::vector<Patient> patients,
        Patience patience,
        Busy::Work busy,
        channel::Completion done
    );
    /// Ends what is under way at once, and waits for the thread.
    ~Doctor();
    Doctor(const Doctor&) = delete;
    Doctor& operator=(const Doctor&) = delete;

    [[nodiscard]] bool ended() const { return ended_; }

private:
    void work();
    void end_at_once();
    Task<> examine_some();

    channel::Host host_;
    std::vector<Patient> patients_;
    Patience patience_;
    Busy::Work busy_;
    channel::Completion done_;
    std::vector<std::vector<channel::Examined>> results_;  // a list per patient, in their order
    std::size_t next_ = 0, examined_ = 0;
    bool ending_ = false;  // the loop's
    std::atomic<bool> ended_ = false;
    Loop loop_{1};
    std::deque<asio::cancellation_signal> signals_;  // one per coroutine; a signal does not move
    channel::Thread thread_;
};

}  // namespace wechat::plugin
