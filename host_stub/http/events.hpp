/// The WebSocket of /api/events: each event as JSON, in order, from where the peer left off.
///
/// There is one way to learn of an event: reading the log. So resuming is no special case, a slow peer costs the
/// host nothing, and nothing is queued for anybody.
#pragma once

#include "http/server.hpp"
#include "http/views.hpp"
#include "reader.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <set>

namespace host::http {

/// All of it on the loop's thread.
class Events {
public:
    Events(boost::asio::io_context& loop, const Views& views, Reader& reader);

    /// Feeds one peer until it is gone; ?after=ID starts behind that event, else with the next one.
    Task<void> feed(Request request, std::shared_ptr<Socket> socket);
    /// Something may be new.
    void wake();
    void stop();

private:
    using Timer = boost::asio::steady_timer;
    Task<void> sleep(Timer& timer);

    boost::asio::io_context& loop_;
    const Views& views_;
    Reader& reader_;
    std::set<std::shared_ptr<Timer>> sleepers_;  // shared with the coroutine that sleeps
    bool stopped_ = false;
};

}  // namespace host::http
