#include "http/events.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>
#include <utility>

namespace host::http {
namespace {

namespace asio = boost::asio;

constexpr std::int64_t events_at_once = 200;

EventId starting_point(const Request& request, Reader& reader)
{
    const auto after = request.parameter("after");
    EventId id = 0;
    const auto* const end = after.data() + after.size();
    if (std::from_chars(after.data(), end, id).ptr == end && !after.empty())
        return id;
    return reader.last_event();
}

}  // namespace

Events::Events(asio::io_context& loop, const Views& views, Reader& reader)
    : loop_(loop), views_(views), reader_(reader)
{}

Task<void> Events::feed(Request request, std::shared_ptr<Socket> socket)
{
    const auto timer = std::make_shared<Timer>(loop_);
    socket->on_close([timer] { timer->cancel(); });
    auto last = starting_point(request, reader_);
    while (socket->open() && !stopped_) {
        const auto events = reader_.events(last, events_at_once);
        for (const auto& event : events) {
            auto text = boost::json::serialize(views_.event(event));
            co_await socket->send(std::move(text));
            last = event.id;
        }
        if (!events.empty())
            continue;
        sleepers_.insert(timer);
        co_await sleep(*timer);
        sleepers_.erase(timer);
    }
}

Task<void> Events::sleep(Timer& timer)
{
    timer.expires_at(Timer::time_point::max());
    boost::system::error_code woken;
    auto with_fault = asio::redirect_error(asio::use_awaitable, woken);
    co_await timer.async_wait(std::move(with_fault));
}

void Events::wake()
{
    for (const auto& sleeper : sleepers_)
        sleeper->cancel();
}

void Events::stop()
{
    stopped_ = true;
    wake();
}

}  // namespace host::http
