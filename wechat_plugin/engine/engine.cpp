#include "engine/engine.hpp"

#include "engine/committed.hpp"
#include "engine/decision_log.hpp"
#include "engine/translate.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <chrono>
#include <set>

namespace wechat::engine {
namespace {

using namespace std::chrono_literals;

// How many ticks are on their way at once: a commit or two of the store's (256 units each).
constexpr std::size_t ticks_at_once = 500;

// Rows read at once at the start.
constexpr std::size_t rows_at_once = 1000;

// The store forgets what is older than 7 days in pieces, once an hour (plugin-api 3.8, 3.9).
constexpr Duration forget_every = 1h;

// Conversations of a customer who is no longer served are looked at again after this long.
constexpr Duration unserved_pause = 1h;

Time seconds_of(channel::Time time)
{
    return from_milliseconds(time.time_since_epoch().count());
}

std::string store_remedy(errc fault)
{
    if (fault == errc::store_full)
        return "Make room on its disk; what came meanwhile comes again by itself.";
    if (fault == errc::store_busy)
        return "Another program has it locked; it is tried again by itself.";
    return "Look at its file and its disk; it is tried again by itself.";
}

channel::Time milliseconds_of(Time time)
{
    return channel::Time{std::chrono::milliseconds{to_milliseconds(time)}};
}

}  // namespace

Engine::Engine(
    Loop& loop,
    store::Store& store,
    Log log,
    Busy& busy,
    Seam seam,
    platform::Limits limits,
    const MediaOptions& media
)
    : loop_(loop),
      store_(store),
      log_(std::move(log)),
      busy_(busy),
      seam_(std::move(seam)),
      accounts_(loop, limits, [this](const AppId& app_id) { return directory_->of(app_id); }),
      worker_(loop),
      delivery_(store, worker_),
      host_(store, log_, busy, host_seam()),
      platform_(loop, accounts_, delivery_, log_, busy, platform_seam()),
      media_(loop, accounts_, worker_, log_, busy, media, media_seam())
{}

HostPump::Seam Engine::host_seam()
{
    return {
        .now = seam_.now,
        .offer = seam_.offer,
        .report = seam_.report,
        .customer_of =
            [this](const AppId& app_id) {
                const auto account = directory_->of(app_id);
                // A customer who is no longer served: the host still gets what was for it.
                return account ? account->name : Customer{app_id.str()};
            },
        .content_of = [this](const store::Row& row) { return media_.content_of(row); },
        .settled =
            [this](std::int64_t row, const std::optional<Content>& content) { media_.release(row, content); },
        .rearm = [this] { arm(); },
    };
}

PlatformPump::Seam Engine::platform_seam()
{
    return {
        .now = seam_.now,
        .apply = [this](store::Key key, Input input, Time now, Directory::Found customer)
            -> Task<Result<Recorded>> {
            return apply_recorded(std::move(key), std::move(input), now, std::move(customer));
        },
        .account_of = [this](const AppId& app_id) { return directory_->of(app_id); },
        .rearm = [this] { arm(); },
        .health_changed = [this] { tell_health(); },
    };
}

MediaPump::Seam Engine::media_seam()
{
    return {
        .now = seam_.now,
        .apply = [this](store::Key key, LateFile news) -> Task<bool> {
            return apply_late(std::move(key), std::move(news));
        },
        .ready = [this](std::int64_t conversation) { host_.ready(conversation); },
        .rearm = [this] { arm(); },
        .health_changed = [this] { tell_health(); },
    };
}

Engine::~Engine() = default;

void Engine::set_directory(std::shared_ptr<const Directory> directory)
{
    directory_ = std::move(directory);
    accounts_.directory_changed();
    platform_.directory_changed();
}

Result<void> Engine::start()
{
    std::int64_t last = 0;
    for (;;) {
        auto rows = store_.rows_after(last, rows_at_once);
        if (!rows)
            return rows.error();
        if (rows->empty())
            break;
        last = rows->back().id;
        for (auto& row : *rows)
            add(std::move(row));
    }
    const auto due = store_.next_due();
    if (!due)
        return due.error();
    next_due_ = *due;
    forget_at_ = now();
    arm();
    return {};
}

Task<Result<Applied>> Engine::apply(store::Key key, Input input, Time now)
{
    if (stopping_)
        co_return fail(errc::stopping);
    auto account = directory_->of(key.account);
    if (!account)
        co_return fail(errc::unknown_customer);
    auto recorded = co_await apply_recorded(std::move(key), std::move(input), now, std::move(account));
    if (!recorded)
        co_return recorded.error();
    Applied applied;
    applied.is_new = recorded->is_new;
    applied.answer = std::move(recorded->answer);
    co_return applied;
}

Task<Result<Recorded>> Engine::apply_recorded(store::Key key, Input input, Time now, Directory::Found account)
{
    const auto work = busy_.begin();
    Recorded recorded;
    // A plain function cannot suspend half-way, and the store may run it again.
    const auto transaction = [&](store::Unit& unit) {
        recorded = record(unit, key, input, *account->rules, now);
    };
    const auto durable = co_await committed(store_, key, transaction);
    note(durable, "an event could not be stored");
    if (!durable)
        co_return durable.error();
    carry_on(key, *account, recorded);
    co_return recorded;
}

// What has become of a contact's file is no event of the policy: nobody's turn, share or clock depends on it.
Task<bool> Engine::apply_late(store::Key key, LateFile news)
{
    const auto work = busy_.begin();
    const auto at = now();
    store::Row row;
    const auto transaction = [&](store::Unit& unit) { row = record_late(unit, key, news, at); };
    const auto durable = co_await committed(store_, key, transaction);
    note(durable, "the news of a file could not be stored");
    if (!durable)
        co_return false;
    add(std::move(row));
    co_return true;
}

// What a commit has met. Health is told when it changes, not with each event that comes again.
void Engine::note(const Result<void>& durable, std::string_view what)
{
    if (!durable)
        log_(Level::error, "store_failed", what, {{"fault", describe(durable.error())}});
    const bool changed = durable.has_value() == store_fault_.has_value();
    store_fault_ = durable ? std::nullopt : std::optional{durable.error()};
    if (changed)
        tell_health();
}

void Engine::submit(store::Key key, Input input, Time now, std::function<void(const Result<Applied>&)> done)
{
    const auto told =
        [done = std::move(done)](const std::exception_ptr& failure, const Result<Applied>& result) {
            if (failure)
                done(fail(errc::store_broken, "an event could not be applied"));
            else
                done(result);
        };
    asio::co_spawn(loop_, apply(std::move(key), std::move(input), now), told);
}

// What has been committed is carried out.
void Engine::carry_on(const store::Key& key, const CustomerAccount& account, Recorded& recorded)
{
    ++(recorded.is_new ? figures_.applied : figures_.repeated);
    write_down(recorded.effects, account.name, key.contact, log_, figures_);
    expect(recorded.wake_at);
    for (const auto& effect : recorded.effects)
        if (std::holds_alternative<policy::Withdraw>(effect))
            platform_.hurry(recorded.conversation);
    for (const auto& row : recorded.rows)
        add(row);
}

void Engine::add(store::Row row)
{
    switch (store::direction_of(row.payload)) {
    case store::Direction::to_host: host_.add(std::move(row)); break;
    case store::Direction::to_platform: platform_.add(std::move(row)); break;
    case store::Direction::from_platform: media_.add(std::move(row)); break;
    }
}

void Engine::expect(std::optional<Time> wake_at)
{
    const auto earliest = earlier(next_due_, wake_at);
    if (earliest == next_due_)
        return;
    next_due_ = earliest;
    arm();
}

// One timer of the host's for everything: conversations, pauses of the host's and of the platform's, forgetting.
void Engine::arm()
{
    if (stopping_)
        return;
    auto next = milliseconds_of(forget_at_);
    if (next_due_ && !running_due_)
        next = std::min(next, milliseconds_of(*next_due_));
    for (const auto due : {host_.next_due(), platform_.next_due(), media_.next_due()})
        if (due)
            next = std::min(next, *due);
    if (armed_ == next)
        return;
    armed_ = next;
    seam_.wake_at(next);
}

void Engine::wake()
{
    armed_.reset();
    if (stopping_)
        return;
    host_.run_due();
    platform_.run_due();
    media_.run_due();
    if (now() >= forget_at_) {
        forget_at_ = now() + forget_every;
        store_.forget(now(), {});
    }
    if (next_due_ && *next_due_ <= now() && !running_due_) {
        running_due_ = true;
        asio::co_spawn(loop_, run_due(), asio::detached);
    }
    arm();
}

/// Ticks every conversation whose wake_at has come, many at a time, so that they share commits.
Task<> Engine::run_due()
{
    const auto work = busy_.begin();
    for (;;) {
        const auto due = store_.due_until(now(), ticks_at_once);
        if (!due || due->empty() || stopping_)
            break;
        std::size_t under_way = 0;
        bool failed = false;
        Signal ended(loop_);
        for (const auto& key : *due) {
            ++under_way;
            const auto told = [&](const std::exception_ptr& failure, bool ticked) {
                --under_way;
                failed = failed || failure || !ticked;
                ended.raise();
            };
            asio::co_spawn(loop_, tick(key, now()), told);
        }
        while (under_way > 0)
            co_await ended.wait();
        if (failed && !stopping_) {
            Timer pause(loop_, std::chrono::seconds(1));  // the store is out of order: not in a circle
            boost::system::error_code ignored;
            co_await pause.async_wait(into(ignored));
        }
    }
    const auto next = store_.next_due();
    next_due_ = next ? *next : std::optional<Time>(now() + std::chrono::seconds(1));
    running_due_ = false;
    arm();
}

Task<bool> Engine::tick(store::Key key, Time now)
{
    if (directory_->of(key.account)) {
        Input input;
        input.event = policy::Tick();
        const auto ticked = co_await apply(key, std::move(input), now);
        co_return ticked.has_value();
    }
    // Nobody is told anything in the name of a customer who is not served; once he is again, it goes on.
    const auto later = [now](store::Unit& unit) { unit.save(unit.load(), now + unserved_pause); };
    const auto put_off = co_await committed(store_, key, later);
    co_return put_off.has_value();
}

Task<> Engine::stop(std::chrono::milliseconds grace)
{
    stopping_ = true;
    host_.stop();
    media_.stop();
    co_await platform_.stop(grace);
    accounts_.stop();
    co_await platform_.ended();
    co_await media_.ended();
}

std::vector<Trouble> Engine::troubles() const
{
    using channel::Health;
    std::vector<Trouble> all;
    if (store_fault_)
        all.push_back(
            {{},
             Health::down,
             std::string{name_of(store_fault_->code)},
             0,
             describe(*store_fault_),
             store_remedy(store_fault_->code)}
        );
    for (const auto& [app_id, hold] : platform_.holds())
        all.push_back({AppId{app_id}, Health::down, "account_held", hold.errcode, hold.words, hold.remedy});
    for (const auto& [app_id, words] : platform_.unreachable())
        all.push_back(
            {AppId{app_id}, Health::down, "platform_unreachable", 0, words, "It is tried again by itself."}
        );
    for (const auto& [app_id, fault] : media_.faults())
        all.push_back(
            {AppId{app_id},
             Health::degraded,
             "files_refused",
             fault.errcode,
             fault.words,
             std::string{codec::row_of_token_fault(fault.errcode).words}}
        );
    return all;
}

channel::Health Engine::health() const
{
    const auto all = troubles();
    if (store_fault_)
        return channel::Health::down;
    std::set<AppId> down;
    for (const auto& trouble : all)
        if (trouble.level == channel::Health::down)
            down.insert(trouble.account);
    if (!down.empty() && down.size() == directory_->all().size())
        return channel::Health::down;
    return all.empty() ? channel::Health::ok : channel::Health::degraded;
}

// The words are of the worst.
void Engine::tell_health()
{
    const auto all = troubles();
    if (all.empty()) {
        seam_.health(channel::Health::ok, "ok", "");
        return;
    }
    const auto& worst = all.front();
    if (worst.account.empty()) {
        seam_.health(health(), worst.code, "nothing is accepted: " + worst.words + ". " + worst.remedy);
        return;
    }
    const auto account = directory_->of(worst.account);
    const auto customer = account ? account->name.str() : worst.account.str();
    const auto code = worst.errcode == 0 ? std::string{} : std::to_string(worst.errcode) + ' ';
    seam_.health(
        health(), worst.code, customer + ": WeChat answers " + code + '(' + worst.words + "). " + worst.remedy
    );
}

Time Engine::now() const
{
    return seconds_of(seam_.now());
}

}  // namespace wechat::engine
