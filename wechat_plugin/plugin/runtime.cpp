#include "plugin/runtime.hpp"

#include "engine/translate.hpp"
#include "plugin/doctor_self_test.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <pthread.h>

namespace wechat::plugin {
namespace {

// What inspect may take at most (plugin-api 5, O1: 100 ms), with room for the rest of the way.
constexpr std::chrono::milliseconds answer_time{80};

// After the store could not be read.
constexpr std::chrono::milliseconds read_pause{1000};

// ext/invite.h
std::string invitation_json(const engine::Invited& invited)
{
    const auto ends = invited.ends ? invited.ends->time_since_epoch().count() : 0;
    return R"({"url":)" + channel::json_quoted(invited.url) + R"(,"expires_ms":)" + std::to_string(ends) + "}";
}

}  // namespace

Runtime::Runtime(
    channel::Host host, const Settings& settings, std::shared_ptr<const engine::Directory> directory, Log log
)
    : host_(host), log_(std::move(log)), guard_(loop_.get_executor()), directory_(std::move(directory))
{
    std::error_code ignored;
    std::filesystem::create_directories(settings.store.parent_path(), ignored);
    auto store = store::open_sqlite(settings.store.string(), [this](std::function<void()> answer) {
        asio::post(loop_, std::move(answer));
    });
    if (!store)
        throw channel::Error(
            channel::Status::unavailable, std::string{name_of(store.error().code)}, describe(store.error())
        );
    store_ = std::move(*store);
    engine_ = std::make_unique<engine::Engine>(
        loop_, *store_, log_, busy_, engine_seam(), platform::Limits{}, settings.media
    );
    engine_->set_directory(directory_);
    invitations_ = std::make_unique<engine::Invitations>(engine_->accounts(), [this] { return host_.now(); });
    typing_ = std::make_unique<engine::Typing>(loop_, engine_->accounts(), *store_, busy_);
    commands_ = std::make_unique<Commands>(loop_, *engine_, busy_, [this] { return now(); });
    webhook_ = std::make_unique<webhook::Server>(loop_, settings.webhook, webhook_seam(), log_, busy_);
    thread_ = std::thread([this] {
        pthread_setname_np(pthread_self(), "wechat-loop");
        for (;;) {
            try {
                loop_.run();
                return;
            } catch (const std::exception& failure) {
                // A fault of ours in one handler: the others go on.
                log_(Level::error, "exception_on_loop", "a handler threw", {{"fault", failure.what()}});
            }
        }
    });
}

Runtime::~Runtime()
{
    // What was handed to the store is durable before anything goes; its answers find the loop still running.
    store_->flush();
    guard_.reset();
    if (thread_.joinable())
        thread_.join();
}

template <class Function>
void Runtime::on_loop(Function function)
{
    // The work is begun here and ends when the function has run: busy never shows 0 in between (plugin-api 3.7).
    asio::post(loop_, [work = busy_.begin(), function = std::move(function)]() mutable { function(); });
}

void Runtime::start(std::function<void(const Result<void>&)> told)
{
    on_loop([this, told = std::move(told)] {
        auto started = webhook_->start();
        if (started) {
            port_ = webhook_->port();
            started = engine_->start();
        }
        told(started);
    });
}

void Runtime::stop(std::chrono::milliseconds grace, std::function<void()> told)
{
    on_loop([this, grace, told = std::move(told)] {
        const auto ended = [told](const std::exception_ptr&) { told(); };
        asio::co_spawn(loop_, stop_all(grace), ended);
    });
}

void Runtime::watch(std::set<std::filesystem::path> folders, std::function<void()> changed)
{
    on_loop([this, folders = std::move(folders), changed = std::move(changed)] {
        if (!watch_)
            watch_ = std::make_unique<FolderWatch>(loop_, changed);
        watch_->watch(folders);
    });
}

Task<> Runtime::stop_all(std::chrono::milliseconds grace)
{
    if (watch_)
        watch_->stop();
    commands_->stop();
    co_await webhook_->stop(grace / 2);
    co_await engine_->stop(grace / 2);
    if (timer_ != 0)
        host_.disarm(std::exchange(timer_, 0));
}

void Runtime::set_directory(std::shared_ptr<const engine::Directory> directory)
{
    on_loop([this, directory = std::move(directory)] {
        directory_ = directory;
        engine_->set_directory(directory);
    });
}

void Runtime::command(store::Key key, engine::Input input, Commands::Done done)
{
    ++commands_in_hand_;
    on_loop([this, key = std::move(key), input = std::move(input), done = std::move(done)]() mutable {
        commands_->add(std::move(key), std::move(input), [this, done = std::move(done)](bool durable) {
            --commands_in_hand_;
            if (done)
                done(durable);
        });
    });
}

void Runtime::cancel(std::string client_id)
{
    on_loop([this, id = ClientId{std::move(client_id)}] {
        // A cancel names no conversation: either its send is still in hand, or it is in the store, or nobody knows it.
        auto key = commands_->conversation_of(id);
        if (!key) {
            const auto stored = store_->find_message(id);
            if (!stored) {  // which does not say that nobody knows the message
                host_.arm(host_.now() + read_pause, [this, id] { cancel(id.str()); });
                return;
            }
            key = *stored;
        }
        if (!key) {
            report_unknown(id.str());
            return;
        }
        engine::Input input;
        input.event = policy::EmployeeCancelled{.id = id};
        commands_->add(*key, std::move(input));
    });
}

void Runtime::invite(AppId account, channel::Invitation invitation, channel::Completion done)
{
    const auto end = std::make_shared<channel::Completion>(std::move(done));  // std::function wants to copy
    on_loop([this, account = std::move(account), invitation = std::move(invitation), end] {
        const auto told = [end, work = busy_.begin()](
                              const std::exception_ptr& failure, const engine::Invitations::Result& result
                          ) {
            if (failure)
                return end->fail(channel::Error(channel::Status::internal, "exception", "no invitation was made"));
            if (const auto* const refused = std::get_if<channel::Error>(&result))
                return end->fail(*refused);
            end->ok(invitation_json(std::get<engine::Invited>(result)));
        };
        asio::co_spawn(loop_, invitations_->make(account, invitation.scene, invitation.lifetime), told);
    });
}

void Runtime::typing(store::Key key, bool on)
{
    on_loop([this, key = std::move(key), on]() mutable {
        if (const auto account = directory_->of(key.account))
            typing_->set(std::move(key), *account, on, host_.now());
    });
}

// abi.h: of an unknown client_id refused, unknown_message, revision 0.
void Runtime::report_unknown(const std::string& client_id)
{
    channel::Report report;
    report.state = channel::State::refused;
    report.client_id = client_id;
    report.revision = 0;
    report.reason = "unknown_message";
    report.text = "nobody has sent a message with this id";
    report.happened = host_.now();
    const auto again = [this, client_id](channel::Outcome outcome) {
        if (outcome.status == channel::Status::busy || outcome.status == channel::Status::unavailable)
            host_.arm(host_.now() + outcome.retry_after, [this, client_id] {
                on_loop([this, client_id] { report_unknown(client_id); });
            });
    };
    if (const auto outcome = host_.report(report, channel::Settled{again}); !outcome)
        again(outcome);
}

void Runtime::settle(channel::Token token, channel::Outcome outcome)
{
    on_loop([this, token, outcome] { engine_->settle(token, outcome); });
}

std::optional<std::string> Runtime::ask(std::function<std::string(const Runtime&)> question)
{
    const auto answer = std::make_shared<std::promise<std::string>>();
    auto given = answer->get_future();
    asio::post(loop_, [this, answer, question = std::move(question)] {
        try {
            answer->set_value(question(*this));
        } catch (...) {
            answer->set_exception(std::current_exception());
        }
    });
    if (given.wait_for(answer_time) != std::future_status::ready)
        return std::nullopt;
    return given.get();
}

engine::Seam Runtime::engine_seam()
{
    return {
        .now = [this] { return host_.now(); },
        .offer = [this](const channel::Item& item, channel::Token token) { return host_.offer(item, token); },
        .report = [this](
                      const channel::Report& report, channel::Token token
                  ) { return host_.report(report, token); },
        .wake_at = [this](channel::Time due) { wake_at(due); },
        .health = [this](
                      channel::Health level, std::string_view code, std::string_view text
                  ) { host_.health(level, code, text); },
    };
}

void Runtime::wake_at(channel::Time due)
{
    if (timer_ != 0)
        host_.disarm(timer_);
    timer_ = host_.arm(due, [this] { on_loop([this] { engine_->wake(); }); });
}

webhook::Seam Runtime::webhook_seam()
{
    return {
        .account_of = [this](std::string_view customer) -> std::shared_ptr<const codec::CallbackAccount> {
            const auto account = directory_->named(customer);
            return account ? account->callbacks : nullptr;
        },
        .apply = [this](
                     std::string customer, codec::Callback callback
                 ) { return take(std::move(customer), std::move(callback)); },
        .now = [this] { return now(); },
    };
}

Task<Result<std::string>> Runtime::take(std::string customer, codec::Callback callback)
{
    const auto account = directory_->named(customer);
    if (!account)
        co_return fail(errc::unknown_customer);
    if (is_self_test(callback))
        co_return std::string();
    store::Key key;
    key.account = account->app_id;
    key.contact = callback.from;
    auto input = engine::input_of(account->app_id, std::move(callback));
    auto applied = co_await engine_->apply(std::move(key), std::move(input), now());
    if (!applied)
        co_return applied.error();
    co_return std::move(applied->answer);
}

Time Runtime::now() const
{
    return from_milliseconds(host_.now().time_since_epoch().count());
}

}  // namespace wechat::plugin
