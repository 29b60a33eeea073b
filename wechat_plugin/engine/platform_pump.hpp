/// Carries the outbox to WeChat: one call at a time per conversation, at most once each, with the pauses of A5.
#pragma once

#include "base/log.hpp"
#include "engine/accounts.hpp"
#include "engine/delivery.hpp"
#include "engine/directory.hpp"
#include "engine/input.hpp"
#include "engine/record.hpp"
#include "loop/busy.hpp"
#include "loop/signal.hpp"
#include "loop/task.hpp"
#include "platform/account.hpp"
#include "store/store.hpp"

#include <channel/plugin.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace wechat::engine {

/// Why an account's sends are held, and until when at least (A5).
struct Hold {
    std::int64_t errcode = 0;
    std::string words = {};   // the platform's
    std::string remedy = {};  // what an operator does about it
    channel::Time until = {};
    unsigned times = 1;
};

/// Of the loop's thread only.
class PlatformPump {
public:
    struct Seam {
        std::function<channel::Time()> now;
        /// Applies the start or the end of an attempt, as the customer says who was served when it began.
        std::function<Task<Result<Recorded>>(store::Key, Input, Time, Directory::Found)> apply;
        std::function<Directory::Found(const AppId&)> account_of;
        std::function<void()> rearm;           // next_due has changed
        std::function<void()> health_changed;  // of holds or unreachable
    };

    struct Figures {
        std::uint64_t put_off = 0;
        std::uint64_t uncertain = 0;
    };

    PlatformPump(Loop& loop, Accounts& accounts, Delivery& delivery, Log log, Busy& busy, Seam seam);

    void add(store::Row row);

    /// The conversation's first row may have been withdrawn: it is not waited for any longer.
    void hurry(std::int64_t conversation);

    void run_due();
    [[nodiscard]] std::optional<channel::Time> next_due() const;

    /// Somebody may have mended what holds an account: it is tried at once.
    void directory_changed();

    /// Starts nothing new, and waits at most `grace` for the calls under way. ended finishes when the last is over, for
    /// which connections must be closed.
    Task<> stop(std::chrono::milliseconds grace);
    Task<> ended();

    [[nodiscard]] const Figures& figures() const { return figures_; }
    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] std::map<std::string, Hold> holds() const;  // by app_id
    /// Accounts whose last attempts have all met transient faults, with the words of the last, by app_id.
    [[nodiscard]] std::map<std::string, std::string> unreachable() const;

private:
    struct Stream {
        std::deque<store::Row> rows = {};
        bool running = false;  // its coroutine lives
        bool parked = false;   // stands in due_ or in its account's ready list
        unsigned put_off = 0;  // times its first row has been put off
    };
    struct Line {  // an account, as this pump uses it
        std::optional<Hold> hold = {};
        std::optional<std::int64_t> probing = {};  // after a hold, this conversation tries first
        std::deque<std::int64_t> ready = {};       // conversations that wait for the hold or for room
        std::size_t running = 0;
        unsigned failures = 0;  // transient ones in a row
        std::string last_failure = {};
    };

    enum class Next { go_on, park };

    void go(std::int64_t conversation);
    Task<> run(std::int64_t conversation);
    Task<Next> carry_out(store::Row row);
    Task<Result<Recorded>> apply(const store::Row& row, Input input, Directory::Found customer);
    Task<Recorded> store_outcome(const store::Row& row, Input input, Directory::Found customer);
    Task<Next> conclude(const store::Row& row, Delivered delivered, Directory::Found customer);
    void note(const store::Row& row, const platform::Outcome& outcome);
    [[nodiscard]] bool held(const Line& line, std::int64_t conversation) const;
    void hold(Line& line, const AppId& app_id, const platform::Outcome& outcome);
    void release(Line& line, const AppId& app_id);
    void count_failure(Line& line, const platform::Outcome& outcome);
    void count_answer(Line& line);
    void park(std::int64_t conversation, channel::Milliseconds how_long);
    void go_on_ready(Line& line);

    Loop& loop_;
    Accounts& accounts_;
    Delivery& delivery_;
    Log log_;
    Busy& busy_;
    Seam seam_;
    std::unordered_map<std::int64_t, Stream> streams_ = {};  // by conversation
    std::map<std::string, Line> lines_ = {};                 // by app_id
    std::multimap<channel::Time, std::int64_t> due_ = {};
    std::size_t waiting_ = 0;
    std::size_t running_ = 0;
    Signal ended_;
    bool stopping_ = false;
    Figures figures_ = {};
};

}  // namespace wechat::engine
