// Time that can be moved, and what it means that nothing happens any more.
#include "parts.hpp"
#include "reader.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace host {
namespace {

using namespace std::chrono_literals;

constexpr auto glance = 1ms;  // between two looks whether all is quiet

}  // namespace

std::uint64_t Host::Parts::activity() const
{
    std::uint64_t sum = store->commits();
    for (const auto& running : channels) {
        const auto& counters = running.line->counters();
        sum += counters.offers + counters.reports + counters.posts;
    }
    return sum;
}

bool Host::Parts::quiet() const
{
    const auto is_quiet = [](const Running& running) {
        const auto& instance = running.line->instance();
        return running.lane->idle() && instance.open_tokens() == 0
            && (!channel::alive(instance.phase()) || instance.busy().value_or(0) == 0);
    };
    return store->waiting() == 0 && std::ranges::all_of(channels, is_quiet);
}

channel::Time Host::now() const
{
    return parts_->clock->now();
}

void Host::before_advance(std::function<void(channel::Milliseconds)> call)
{
    parts_->before_advance = std::move(call);
}

// A clock that was moved ahead is not set back by a restart: what is stored would lie in the future, and a contact's
// message would be older than his last one.
void Host::Parts::take_up_time()
{
    if (config.clock != ClockKind::adjustable)
        return;
    Reader reader{config.store};
    const auto last = reader.events(reader.last_event() - 1, 1);
    const auto behind = last.empty() ? 0ms : last.front().at - clock->now();
    if (behind <= 0ms)
        return;
    if (before_advance)
        before_advance(behind);
    clock->advance(behind);
    log(channel::Level::info, "clock_taken_up", "the clock goes on where the last run had moved it");
}

void Host::advance(channel::Milliseconds by)
{
    auto& parts = *parts_;
    if (parts.config.clock == ClockKind::system)
        throw channel::Error{
            channel::Status::unsupported, "clock_not_adjustable", "The clock is the system's."};
    const auto still_busy = channel::Error{
        channel::Status::unavailable,
        "still_busy",
        "The channels are still at work; the clock has not moved on."};
    const auto move_to = [&](channel::Time time) {
        const auto step = time - now();
        if (step <= 0ms)
            return;
        if (parts.before_advance)
            parts.before_advance(step);
        parts.clock->advance(step);
    };
    const auto end = now() + by;
    while (true) {
        if (!run_until_idle())
            throw still_busy;
        auto next = end;
        for (const auto& running : parts.channels)
            next = std::min(next, running.lane->next_due().value_or(end));
        move_to(next);
        if (next >= end)
            break;
    }
    if (!run_until_idle())
        throw still_busy;
}

bool Host::run_until_idle(std::chrono::milliseconds patience)
{
    auto& parts = *parts_;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        if (parts.config.clock == ClockKind::manual) {
            for (const auto& running : parts.channels)
                running.lane->run_until_idle();
        }
        // Two looks, and nothing in between: what one part hands to another cannot slip past both.
        const auto before = parts.activity();
        if (parts.quiet() && parts.quiet() && parts.activity() == before)
            return true;
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(glance);
    }
}

}  // namespace host
