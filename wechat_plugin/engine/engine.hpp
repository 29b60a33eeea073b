/// The one way for anything to happen: an event comes in, is decided and stored in one transaction, and carried out.
#pragma once

#include "base/log.hpp"
#include "engine/accounts.hpp"
#include "engine/decision_log.hpp"
#include "engine/delivery.hpp"
#include "engine/directory.hpp"
#include "engine/host_pump.hpp"
#include "engine/input.hpp"
#include "engine/media_pump.hpp"
#include "engine/platform_pump.hpp"
#include "engine/record.hpp"
#include "loop/busy.hpp"
#include "loop/task.hpp"
#include "loop/worker.hpp"
#include "store/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace wechat::engine {

/// What the engine needs of the plugin: the host's clock, its ear and its timer. Called on the loop.
struct Seam {
    std::function<channel::Time()> now;
    std::function<channel::Outcome(const channel::Item&, channel::Token)> offer;
    std::function<channel::Outcome(const channel::Report&, channel::Token)> report;
    /// Asks for one call of Engine::wake, at this moment; a later call replaces an earlier one.
    std::function<void(channel::Time)> wake_at;
    std::function<void(channel::Health, std::string_view code, std::string_view text)> health;
};

/// What keeps an account from working, or all of them, for an operator.
///
/// account empty: it is the store, and nothing is accepted
/// level   down: nothing of the account goes out
/// remedy  what he does about it; empty: nothing, it heals by itself
struct Trouble {
    AppId account = {};
    channel::Health level = channel::Health::degraded;
    std::string code = {};
    std::int64_t errcode = 0;
    std::string words = {};
    std::string remedy = {};
};

/// is_new  the event was not known before
/// answer  what the callback that brought it is answered instead of `success`; empty: nothing
struct Applied {
    bool is_new = true;
    std::string answer = {};
};

/// Of the loop's thread only, but for what says [any].
class Engine {
public:
    Engine(
        Loop& loop,
        store::Store& store,
        Log log,
        Busy& busy,
        Seam seam,
        platform::Limits limits,
        const MediaOptions& media
    );
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// The customers in force from now on.
    void set_directory(std::shared_ptr<const Directory> directory);

    /// Goes on with what the store holds: offers what is unsettled, calls what is not yet done, ticks what is due.
    ///
    /// Faults: those of the store
    [[nodiscard]] Result<void> start();

    /// Applies one input, once. When it has finished, state and effects are durable.
    ///
    /// Faults: unknown_customer, those of the store (then nothing of it has happened), stopping
    Task<Result<Applied>> apply(store::Key key, Input input, Time now);

    /// The same for who does not wait: done is told on the loop.
    void submit(store::Key key, Input input, Time now, std::function<void(const Result<Applied>&)> done);

    /// The host's answer to an offer or a report.
    void settle(channel::Token token, channel::Outcome outcome) { host_.settle(token, outcome); }

    /// The moment asked for by wake_at has come.
    void wake();

    /// Takes nothing new, ends calls to the platform, waits for what is under way. What remains is in the store.
    Task<> stop(std::chrono::milliseconds grace);

    [[nodiscard]] const Figures& figures() const { return figures_; }
    [[nodiscard]] std::vector<Trouble> troubles() const;
    /// Down is the channel where no account of it works.
    [[nodiscard]] channel::Health health() const;
    [[nodiscard]] const HostPump& host_pump() const { return host_; }
    [[nodiscard]] const PlatformPump& platform_pump() const { return platform_; }
    [[nodiscard]] const Delivery& delivery() const { return delivery_; }
    [[nodiscard]] const MediaPump& media_pump() const { return media_; }
    [[nodiscard]] Accounts& accounts() { return accounts_; }
    [[nodiscard]] const Accounts& accounts() const { return accounts_; }

private:
    [[nodiscard]] HostPump::Seam host_seam();
    [[nodiscard]] PlatformPump::Seam platform_seam();
    [[nodiscard]] MediaPump::Seam media_seam();
    Task<Result<Recorded>> apply_recorded(store::Key key, Input input, Time now, Directory::Found account);
    Task<bool> apply_late(store::Key key, LateFile news);
    Task<> run_due();
    Task<bool> tick(store::Key key, Time now);
    void add(store::Row row);
    void tell_health();
    void note(const Result<void>& durable, std::string_view what);
    void carry_on(const store::Key& key, const CustomerAccount& account, Recorded& recorded);
    void expect(std::optional<Time> wake_at);
    void arm();
    [[nodiscard]] Time now() const;

    Loop& loop_;
    store::Store& store_;
    Log log_;
    Busy& busy_;
    Seam seam_;
    std::shared_ptr<const Directory> directory_ = std::make_shared<const Directory>();
    Accounts accounts_;
    Worker worker_;
    Delivery delivery_;
    HostPump host_;
    PlatformPump platform_;
    MediaPump media_;
    std::optional<Time> next_due_ = {};  // of conversations; the store's next_due, or earlier
    std::optional<channel::Time> armed_ = {};
    Time forget_at_ = {};
    std::optional<Fault> store_fault_ = {};  // of the last commit
    bool running_due_ = false;
    bool stopping_ = false;
    Figures figures_ = {};
};

}  // namespace wechat::engine
