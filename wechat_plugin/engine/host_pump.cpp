#include "engine/host_pump.hpp"

#include "engine/translate.hpp"

#include <chrono>
#include <memory>
#include <utility>

namespace wechat::engine {
namespace {

// Rows kept whole in memory while the host is slow; 4,096 texts of a kilobyte are 4 MiB. Others are read again.
constexpr std::size_t payloads_kept = 4096;

// After an answer of ours that nobody can act on: the store cannot be read.
constexpr channel::Milliseconds store_pause{1000};

// In due_: settled rows that the store would not take, not a conversation. Conversations count from 1.
constexpr std::int64_t settled_rows = 0;

}  // namespace

HostPump::HostPump(store::Store& store, Log log, Busy& busy, Seam seam)
    : store_(store), log_(std::move(log)), busy_(busy), seam_(std::move(seam))
{}

void HostPump::add(store::Row row)
{
    const auto conversation = row.conversation;
    auto& stream = streams_[conversation];
    Waiting waiting;
    waiting.row = row.id;
    if (payloads_ < payloads_kept) {
        waiting.payload = std::move(row);
        ++payloads_;
    }
    stream.rows.push_back(std::move(waiting));
    ++waiting_;
    if (stream.rows.size() == 1)
        offer_next(conversation);
}

// A loop, because a host may refuse a whole stream at once. Where nothing is left, the stream goes.
void HostPump::offer_next(std::int64_t conversation)
{
    auto& stream = streams_[conversation];
    while (!stopped_ && !stream.rows.empty() && !stream.open && !stream.paused && !stream.waits_for_file) {
        auto& first = stream.rows.front();
        auto row = payload_of(first);
        if (!row) {
            pause(conversation, stream, store_pause);
            return;
        }
        if (!fill(*row, stream))
            return;  // ready follows
        stream.open = true;
        const auto token = ++last_token_;
        open_[token] = conversation;
        const auto outcome = hand_over(*row, token);
        if (outcome)
            return;  // settle follows
        stream.open = false;
        open_.erase(token);
        if (outcome.status == channel::Status::state)
            return;  // the run is over; offered again after the next start
        if (outcome.status == channel::Status::busy || outcome.status == channel::Status::unavailable) {
            ++busy_answers_;
            pause(conversation, stream, outcome.retry_after);
            return;
        }
        log_(
            Level::error, "item_not_taken", "the host does not take a row of the outbox", {{"row", row->id}}
        );
        done(stream);
    }
    if (stream.rows.empty())
        streams_.erase(conversation);
}

// Puts in the file that the item names; false: it is still being fetched.
bool HostPump::fill(store::Row& row, Stream& stream)
{
    auto* const item = std::get_if<store::Item>(&row.payload);
    stream.offered.reset();
    if (item == nullptr)
        return true;
    if (names_a_file(*item)) {
        auto content = seam_.content_of(row);
        stream.waits_for_file = !content;
        if (!content)
            return false;
        item->content = std::move(content);
    }
    stream.offered = item->content;
    return true;
}

void HostPump::ready(std::int64_t conversation)
{
    const auto found = streams_.find(conversation);
    if (found == streams_.end())
        return;
    found->second.waits_for_file = false;
    offer_next(conversation);
}

std::optional<store::Row> HostPump::payload_of(Waiting& waiting)
{
    if (waiting.payload)
        return waiting.payload;
    auto row = store_.row(waiting.row);
    if (row && *row)
        return **row;
    log_(Level::error, "outbox_unreadable", "a row of the outbox cannot be read", {{"row", waiting.row}});
    return std::nullopt;
}

channel::Outcome HostPump::hand_over(const store::Row& row, channel::Token token)
{
    if (const auto* report = std::get_if<store::Report>(&row.payload))
        return seam_.report(to_channel(*report), token);
    const auto& item = std::get<store::Item>(row.payload);
    return seam_.offer(to_channel(row, item, seam_.customer_of(row.key.account), store_.name()), token);
}

void HostPump::settle(channel::Token token, channel::Outcome outcome)
{
    const auto found = open_.find(token);
    if (found == open_.end()) {
        log_(
            Level::warning, "unknown_token", "the host settled a token that is not open", {{"token", token}}
        );
        return;
    }
    const auto conversation = found->second;
    open_.erase(found);
    auto& stream = streams_[conversation];
    stream.open = false;
    if (outcome.status == channel::Status::busy || outcome.status == channel::Status::unavailable) {
        ++busy_answers_;
        pause(conversation, stream, outcome.retry_after);
        return;
    }
    if (!outcome)
        log_(
            Level::warning,
            "item_refused",
            "the host never takes this and has recorded so",
            {{"row", stream.rows.front().row}}
        );
    done(stream);
    offer_next(conversation);
}

void HostPump::pause(std::int64_t conversation, Stream& stream, channel::Milliseconds how_long)
{
    using namespace std::chrono_literals;
    stream.paused = true;
    due_.emplace(
        seam_.now() + std::max<channel::Milliseconds>(how_long, 50ms), conversation
    );  // abi.h: 50 at least
    seam_.rearm();
}

void HostPump::run_due()
{
    const auto now = seam_.now();
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto conversation = due_.begin()->second;
        due_.erase(due_.begin());
        if (conversation == settled_rows) {
            settle_done_rows();
        } else if (const auto found = streams_.find(conversation); found != streams_.end()) {
            found->second.paused = false;
            offer_next(conversation);
        }
    }
}

std::optional<channel::Time> HostPump::next_due() const
{
    if (due_.empty() || stopped_)
        return std::nullopt;
    return due_.begin()->first;
}

// The first row is over; the next one need not wait for the commit that removes it: repeated, it would be known (3.9).
void HostPump::done(Stream& stream)
{
    if (stream.rows.front().payload)
        --payloads_;
    done_.push_back({.row = stream.rows.front().row, .content = std::move(stream.offered)});
    stream.offered.reset();
    stream.rows.pop_front();
    --waiting_;
    settle_done_rows();
}

// One commit at a time takes all that is done by then. Where the store fails they are tried again, for a message is
// remembered until 7 days after its last state was settled (3.8): one that never is would stay for ever.
void HostPump::settle_done_rows()
{
    if (settling_ || done_.empty())
        return;
    settling_ = true;
    const auto work = busy_.begin();
    const auto done = std::make_shared<std::vector<Done>>(std::exchange(done_, {}));
    std::vector<std::int64_t> rows;
    for (const auto& one : *done)
        rows.push_back(one.row);
    const auto now = from_milliseconds(seam_.now().time_since_epoch().count());
    store_.settle(std::move(rows), now, [this, done, work](const Result<void>& settled) {
        settling_ = false;
        if (!settled) {
            log_(
                Level::error,
                "store_failed",
                "settled rows stay in the outbox for now",
                {{"fault", describe(settled.error())}}
            );
            done_.insert(done_.begin(), done->begin(), done->end());
            due_.emplace(seam_.now() + store_pause, settled_rows);
            seam_.rearm();
            return;
        }
        for (const auto& one : *done)
            seam_.settled(one.row, one.content);
        settle_done_rows();
    });
}

}  // namespace wechat::engine
