#include "engine/platform_pump.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <chrono>

namespace wechat::engine {
namespace {

using namespace std::chrono_literals;
using channel::Milliseconds;
using codec::Meaning;
using Outcome = policy::AttemptEnded::Outcome;

// A5: growing pauses. Source of the factor: wechat-protocol.md 5.2, -1 (1 s, doubled); the cap is ours.
Milliseconds pause_after(unsigned put_off)
{
    return std::min<Milliseconds>(1s * (1U << std::min(put_off, 9U)), 5min);
}

// How long an account's sends are held. Source: wechat-protocol.md 5.2: 45011 a minute; 45009 a minute at first, as it
// shows for bursts, then long; what an operator must mend every few minutes, since it heals by his doing.
Milliseconds hold_time(std::int64_t errcode, unsigned times)
{
    if (errcode == 45011)
        return 60s;
    if (errcode == 45009)
        return std::min<Milliseconds>(1min * (1U << (2 * std::min(times - 1, 3U))), 1h);
    return std::min<Milliseconds>(1min * times, 5min);
}

Time seconds_of(channel::Time time)
{
    return from_milliseconds(time.time_since_epoch().count());
}

bool holds_account(const platform::Outcome& outcome)
{
    return !outcome.uncertain
        && (outcome.meaning == Meaning::hold_account || outcome.meaning == Meaning::slow_down);
}

bool put_off(const platform::Outcome& outcome)
{
    return !outcome.uncertain && (outcome.meaning == Meaning::try_later || holds_account(outcome));
}

Outcome outcome_of(const platform::Outcome& outcome)
{
    if (outcome.uncertain)
        return Outcome::uncertain;
    switch (outcome.meaning) {
    case Meaning::sent: return Outcome::sent;
    case Meaning::no_slot_left: return Outcome::no_slot_left;
    case Meaning::close_window: return Outcome::window_closed;
    case Meaning::not_following: return Outcome::not_following;
    default: return Outcome::failed;
    }
}

policy::AttemptEnded end_of(std::uint64_t attempt, const platform::Outcome& outcome, policy::Reason reason)
{
    return {
        .attempt = attempt,
        .outcome = outcome_of(outcome),
        .errcode = outcome.errcode,
        .words = outcome.words,
        .rid = outcome.rid,
        .reason = reason,
    };
}

Input input_of(policy::Event event)
{
    Input input;
    input.event = std::move(event);
    return input;
}

}  // namespace

PlatformPump::PlatformPump(Loop& loop, Accounts& accounts, Delivery& delivery, Log log, Busy& busy, Seam seam)
    : loop_(loop),
      accounts_(accounts),
      delivery_(delivery),
      log_(std::move(log)),
      busy_(busy),
      seam_(std::move(seam)),
      ended_(loop)
{}

void PlatformPump::add(store::Row row)
{
    const auto conversation = row.conversation;
    streams_[conversation].rows.push_back(std::move(row));
    ++waiting_;
    go(conversation);
}

// Starts the conversation's coroutine where it has work, its account is not held and has room.
void PlatformPump::go(std::int64_t conversation)
{
    const auto found = streams_.find(conversation);
    if (stopping_ || found == streams_.end() || found->second.running || found->second.parked)
        return;
    auto& stream = found->second;
    auto& line = lines_[stream.rows.front().key.account.str()];
    if (held(line, conversation) || line.running >= accounts_.limits().connections) {
        stream.parked = true;
        line.ready.push_back(conversation);
        seam_.rearm();
        return;
    }
    if (line.hold)
        line.probing = conversation;
    stream.running = true;
    ++line.running;
    ++running_;
    asio::co_spawn(loop_, run(conversation), asio::detached);
}

Task<> PlatformPump::run(std::int64_t conversation)
{
    const auto work = busy_.begin();
    auto& stream = streams_[conversation];
    const auto account = stream.rows.front().key.account;
    while (!stopping_ && !stream.rows.empty()) {
        if (auto& line = lines_[account.str()]; held(line, conversation)) {
            stream.parked = true;  // somebody else's answer has held the account meanwhile
            line.ready.push_back(conversation);
            break;
        }
        const auto next = co_await carry_out(stream.rows.front());
        if (next == Next::park)
            break;
        stream.rows.pop_front();
        stream.put_off = 0;
        --waiting_;
    }
    stream.running = false;
    auto& line = lines_[account.str()];
    if (line.probing == conversation)
        line.probing.reset();  // it has learned nothing of the hold: the next one tries
    --line.running;
    --running_;
    if (stream.rows.empty())
        streams_.erase(conversation);
    go_on_ready(line);
    ended_.raise();
}

Task<PlatformPump::Next> PlatformPump::carry_out(store::Row row)
{
    const auto attempt = std::get<policy::Send>(row.payload).attempt;
    const auto customer = seam_.account_of(row.key.account);
    if (!customer) {
        park(row.conversation, 1min);  // no longer served; if it is again, this goes on
        co_return Next::park;
    }
    if (row.started) {
        // Found started after a crash: the platform may have it (A7).
        platform::Outcome unknown;
        unknown.uncertain = true;
        unknown.words = "the server stopped while WeChat was being asked";
        auto input = input_of(end_of(attempt, unknown, policy::Reason::none));
        co_await store_outcome(row, std::move(input), customer);
        co_return Next::go_on;
    }
    // Taken now: a reload may end the customer while we wait, and what has begun ends as it began.
    Delivery::Attempt delivery{.row = row, .customer = customer, .account = accounts_.of(row.key.account)};
    delivery.now = seconds_of(seam_.now());
    co_await delivery_.prepare(delivery);
    if (delivery.unreadable) {
        park(row.conversation, 1s);
        co_return Next::park;
    }
    if (!delivery.body)
        co_return co_await conclude(row, std::move(delivery.delivered), customer);
    policy::AttemptStarting starting;
    starting.attempt = attempt;
    auto start = input_of(starting);
    start.uploads = delivery.delivered.uploads;
    const auto started = co_await apply(row, std::move(start), customer);
    if (!started) {
        park(row.conversation, 1s);
        co_return Next::park;
    }
    if (!started->may_start)
        co_return Next::go_on;  // withdrawn, or put back into the queue: the row is gone
    co_await delivery_.send(delivery);
    co_return co_await conclude(row, std::move(delivery.delivered), customer);
}

Task<PlatformPump::Next>
PlatformPump::conclude(const store::Row& row, Delivered delivered, Directory::Found customer)
{
    const auto attempt = std::get<policy::Send>(row.payload).attempt;
    const auto& outcome = delivered.outcome;
    note(row, outcome);
    auto& line = lines_[row.key.account.str()];
    if (!put_off(outcome) || holds_account(outcome))
        count_answer(line);
    else
        count_failure(line, outcome);
    if (!put_off(outcome)) {
        release(line, row.key.account);
        auto input = input_of(end_of(attempt, outcome, delivered.reason));
        input.uploads = std::move(delivered.uploads);
        co_await store_outcome(row, std::move(input), customer);
        co_return Next::go_on;
    }
    ++figures_.put_off;
    policy::AttemptPutOff later;
    later.attempt = attempt;
    auto input = input_of(later);
    input.uploads = std::move(delivered.uploads);
    const auto recorded = co_await store_outcome(row, std::move(input), customer);
    if (holds_account(outcome)) {
        if (!line.hold || line.probing == row.conversation)
            hold(line, row.key.account, outcome);  // others were on their way before: a burst is one fault
    } else if (line.hold && line.probing == row.conversation) {
        line.hold->until = seam_.now() + 1min;
    }
    if (recorded.withdrawn)
        co_return Next::go_on;
    park(row.conversation, pause_after(streams_[row.conversation].put_off++));
    co_return Next::park;
}

Task<Result<Recorded>> PlatformPump::apply(const store::Row& row, Input input, Directory::Found customer)
{
    input.row = row.id;
    return seam_.apply(row.key, std::move(input), seconds_of(seam_.now()), std::move(customer));
}

// What the platform has answered must not be forgotten: where the store fails, it is tried until it succeeds.
Task<Recorded> PlatformPump::store_outcome(const store::Row& row, Input input, Directory::Found customer)
{
    for (;;) {
        auto recorded = co_await apply(row, input, customer);
        if (recorded)
            co_return std::move(*recorded);
        if (stopping_)
            co_return Recorded();                     // the row stays started: uncertain after the restart
        Timer pause(loop_, std::chrono::seconds(1));  // real time: it is our disk that is out of order
        boost::system::error_code ignored;
        co_await pause.async_wait(into(ignored));
    }
}

void PlatformPump::note(const store::Row& row, const platform::Outcome& outcome)
{
    if (outcome.uncertain)
        ++figures_.uncertain;
    if (outcome.good())
        return;
    log_(
        outcome.uncertain || outcome.meaning == Meaning::hold_account ? Level::warning : Level::info,
        "platform_answer",
        "WeChat did not take a message",
        {{"contact", row.key.contact},
         {"attempt", std::get<policy::Send>(row.payload).attempt},
         {"uncertain", outcome.uncertain},
         {"errcode", outcome.errcode},
         {"words", outcome.words},
         {"rid", outcome.rid}}
    );
}

bool PlatformPump::held(const Line& line, std::int64_t conversation) const
{
    if (!line.hold || line.probing == conversation)
        return false;
    return line.probing || seam_.now() < line.hold->until;
}

void PlatformPump::directory_changed()
{
    for (auto& [app_id, line] : lines_)
        if (line.hold)
            line.hold->until = seam_.now();
    seam_.rearm();
}

namespace {

// Four tries take seven seconds (pause_after): what is over by then need not alarm anybody.
constexpr unsigned failures_that_matter = 4;

}  // namespace

void PlatformPump::count_failure(Line& line, const platform::Outcome& outcome)
{
    line.last_failure = outcome.words;
    if (++line.failures == failures_that_matter)
        seam_.health_changed();
}

void PlatformPump::count_answer(Line& line)
{
    if (std::exchange(line.failures, 0) >= failures_that_matter)
        seam_.health_changed();
}

std::map<std::string, std::string> PlatformPump::unreachable() const
{
    std::map<std::string, std::string> words;
    for (const auto& [app_id, line] : lines_)
        if (line.failures >= failures_that_matter)
            words[app_id] = line.last_failure;
    return words;
}

void PlatformPump::hold(Line& line, const AppId& app_id, const platform::Outcome& outcome)
{
    Hold next;
    next.times = line.hold ? line.hold->times + 1 : 1;
    next.errcode = outcome.errcode;
    next.words = outcome.words;
    next.remedy = codec::row_of_token_fault(outcome.errcode).words;
    next.until = seam_.now() + hold_time(outcome.errcode, next.times);
    line.hold = next;
    line.probing.reset();
    const auto customer = seam_.account_of(app_id);
    log_(
        Level::warning,
        "account_held",
        "all sends of an account wait",
        {{"customer", customer ? customer->name : Customer{}},
         {"errcode", next.errcode},
         {"words", next.words},
         {"remedy", next.remedy},
         {"times", next.times}}
    );
    seam_.health_changed();
}

void PlatformPump::release(Line& line, const AppId& app_id)
{
    if (!line.hold)
        return;
    line.hold.reset();
    line.probing.reset();
    log_(Level::info, "account_released", "sends of an account go on", {{"app_id", app_id}});
    seam_.health_changed();
    go_on_ready(line);
}

// Lets those who wait for their account go on, as far as there is room; after a hold one alone, to see.
void PlatformPump::go_on_ready(Line& line)
{
    auto ready = std::exchange(line.ready, {});
    for (const auto conversation : ready) {
        if (const auto found = streams_.find(conversation); found != streams_.end()) {
            found->second.parked = false;
            go(conversation);  // puts itself back where there is no room
        }
    }
}

void PlatformPump::park(std::int64_t conversation, Milliseconds how_long)
{
    streams_[conversation].parked = true;
    due_.emplace(seam_.now() + how_long, conversation);
    seam_.rearm();
}

void PlatformPump::hurry(std::int64_t conversation)
{
    const auto found = streams_.find(conversation);
    if (found == streams_.end() || !found->second.parked || found->second.running)
        return;
    std::erase_if(due_, [&](const auto& entry) { return entry.second == conversation; });
    for (auto& [app_id, line] : lines_)
        std::erase(line.ready, conversation);
    found->second.parked = false;
    go(conversation);
}

void PlatformPump::run_due()
{
    const auto now = seam_.now();
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto conversation = due_.begin()->second;
        due_.erase(due_.begin());
        if (const auto found = streams_.find(conversation); found != streams_.end()) {
            found->second.parked = false;
            go(conversation);
        }
    }
    for (auto& [app_id, line] : lines_)
        if (line.hold && !line.probing && line.hold->until <= now)
            go_on_ready(line);
}

std::optional<channel::Time> PlatformPump::next_due() const
{
    if (stopping_)
        return std::nullopt;
    std::optional<channel::Time> next;
    if (!due_.empty())
        next = due_.begin()->first;
    for (const auto& [app_id, line] : lines_)
        if (line.hold && !line.probing && !line.ready.empty() && (!next || line.hold->until < *next))
            next = line.hold->until;
    return next;
}

Task<> PlatformPump::stop(std::chrono::milliseconds grace)
{
    stopping_ = true;
    // Shared, because the deadline's handler may already be on its way when nothing is left to wait for.
    const auto overdue = std::make_shared<bool>(false);
    Timer deadline(loop_, grace);
    deadline.async_wait([this, overdue](const boost::system::error_code& cancelled) {
        if (cancelled)
            return;
        *overdue = true;
        ended_.raise();
    });
    while (running_ > 0 && !*overdue)
        co_await ended_.wait();
    deadline.cancel();
}

Task<> PlatformPump::ended()
{
    while (running_ > 0)
        co_await ended_.wait();
}

std::map<std::string, Hold> PlatformPump::holds() const
{
    std::map<std::string, Hold> holds;
    for (const auto& [app_id, line] : lines_)
        if (line.hold)
            holds[app_id] = *line.hold;
    return holds;
}

}  // namespace wechat::engine
