/// Carries the outbox to the host: strictly in order per conversation, one open token each, freely across them.
#pragma once

#include "base/log.hpp"
#include "engine/directory.hpp"
#include "loop/busy.hpp"
#include "store/store.hpp"

#include <channel/plugin.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace wechat::engine {

/// Of the loop's thread only. Each offer has a token of its own: what comes again comes under a new one (abi.h, settle).
class HostPump {
public:
    struct Seam {
        std::function<channel::Time()> now;
        std::function<channel::Outcome(const channel::Item&, channel::Token)> offer;
        std::function<channel::Outcome(const channel::Report&, channel::Token)> report;
        std::function<Customer(const AppId&)> customer_of;
        /// The content of an item that names a file of the platform's; nothing: not yet, then `ready` is called.
        std::function<std::optional<Content>(const store::Row&)> content_of;
        /// A row is settled, durably; content: as it was offered, if it was an item with one.
        std::function<void(std::int64_t row, const std::optional<Content>& content)> settled;
        std::function<void()> rearm;  // next_due has changed
    };

    HostPump(store::Store& store, Log log, Busy& busy, Seam seam);

    /// A row that is durable now; offered as soon as those before it are settled.
    void add(store::Row row);

    /// The host's answer: the row is done, or comes again later.
    void settle(channel::Token token, channel::Outcome outcome);

    /// The file that the conversation's first item waited for is there, or will not be.
    void ready(std::int64_t conversation);

    /// Offers again what the host was too busy for.
    void run_due();
    [[nodiscard]] std::optional<channel::Time> next_due() const;

    void stop() { stopped_ = true; }

    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] std::size_t open() const { return open_.size(); }
    [[nodiscard]] std::uint64_t busy_answers() const { return busy_answers_; }

private:
    // Rows behind the first keep their payload only while there is room (payloads_kept); then the store has it.
    struct Waiting {
        std::int64_t row = 0;
        std::optional<store::Row> payload = {};
    };
    struct Stream {
        std::deque<Waiting> rows = {};
        bool open = false;    // a token waits for settle
        bool paused = false;  // stands in due_
        bool waits_for_file = false;
        std::optional<Content> offered = {};  // of the open or last offered item
    };

    struct Done {
        std::int64_t row = 0;
        std::optional<Content> content = {};
    };

    void offer_next(std::int64_t conversation);
    [[nodiscard]] bool fill(store::Row& row, Stream& stream);
    [[nodiscard]] std::optional<store::Row> payload_of(Waiting& waiting);
    [[nodiscard]] channel::Outcome hand_over(const store::Row& row, channel::Token token);
    void pause(std::int64_t conversation, Stream& stream, channel::Milliseconds how_long);
    void done(Stream& stream);
    void settle_done_rows();

    store::Store& store_;
    Log log_;
    Busy& busy_;
    Seam seam_;
    std::unordered_map<std::int64_t, Stream> streams_ = {};       // by conversation
    std::unordered_map<channel::Token, std::int64_t> open_ = {};  // token to conversation
    channel::Token last_token_ = 0;
    std::multimap<channel::Time, std::int64_t> due_ = {};
    std::vector<Done> done_ = {};
    bool settling_ = false;
    bool stopped_ = false;
    std::size_t waiting_ = 0;
    std::size_t payloads_ = 0;
    std::uint64_t busy_answers_ = 0;
};

}  // namespace wechat::engine
