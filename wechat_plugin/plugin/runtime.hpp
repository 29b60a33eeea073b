/// A run of the channel, from start to stop: the loop's thread, and everybody on it.
#pragma once

#include "base/log.hpp"
#include "engine/engine.hpp"
#include "engine/invitations.hpp"
#include "engine/typing.hpp"
#include "loop/busy.hpp"
#include "plugin/commands.hpp"
#include "plugin/settings.hpp"
#include "plugin/watch.hpp"
#include "store/store.hpp"
#include "webhook/server.hpp"

#include <channel/plugin.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace wechat::plugin {

class Runtime {
public:
    /// Opens the store. Throws channel::Error: unavailable, with the reason.
    Runtime(
        channel::Host host,
        const Settings& settings,
        std::shared_ptr<const engine::Directory> directory,
        Log log
    );
    /// Waits for the loop's thread, which ends after stop has told so.
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// Opens the port and goes on with what the store holds; told on the loop's thread, with the fault if there is one.
    void start(std::function<void(const Result<void>&)> told);
    /// Ends everything within `grace`; told on the loop's thread, as the last thing that happens there.
    void stop(std::chrono::milliseconds grace, std::function<void()> told);

    /// From now on calls back, on the loop, when something in these folders has changed. [any]
    void watch(std::set<std::filesystem::path> folders, std::function<void()> changed);

    // [any]: these enqueue for the loop.
    void set_directory(std::shared_ptr<const engine::Directory> directory);
    void command(store::Key key, engine::Input input, Commands::Done done = {});
    void cancel(std::string client_id);
    void invite(AppId account, channel::Invitation invitation, channel::Completion done);
    void typing(store::Key key, bool on);
    void settle(channel::Token token, channel::Outcome outcome);

    // [any]
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] Busy& busy() { return busy_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t commands_waiting() const { return commands_in_hand_; }

    /// Runs a question on the loop and gives its answer; nothing if the loop is too busy to answer in time. Not on the
    /// loop's own thread.
    [[nodiscard]] std::optional<std::string> ask(std::function<std::string(const Runtime&)> question);

    // Of the loop's thread, for questions.
    [[nodiscard]] const engine::Engine& engine() const { return *engine_; }
    [[nodiscard]] const webhook::Server& webhook() const { return *webhook_; }

private:
    [[nodiscard]] engine::Seam engine_seam();
    [[nodiscard]] webhook::Seam webhook_seam();
    Task<Result<std::string>> take(std::string customer, codec::Callback callback);
    Task<> stop_all(std::chrono::milliseconds grace);
    void wake_at(channel::Time due);
    void report_unknown(const std::string& client_id);
    [[nodiscard]] Time now() const;

    template <class Function>
    void on_loop(Function function);

    channel::Host host_;
    Log log_;
    Busy busy_ = {};
    Loop loop_{1};
    asio::executor_work_guard<Executor> guard_;
    std::unique_ptr<store::Store> store_;
    std::shared_ptr<const engine::Directory> directory_;  // the loop's
    std::unique_ptr<engine::Engine> engine_;
    std::unique_ptr<engine::Invitations> invitations_;
    std::unique_ptr<engine::Typing> typing_;
    std::unique_ptr<Commands> commands_;
    std::unique_ptr<webhook::Server> webhook_;
    std::unique_ptr<FolderWatch> watch_;
    channel::Timer timer_ = 0;
    std::atomic<std::uint16_t> port_ = 0;
    std::atomic<std::size_t> commands_in_hand_ = 0;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace wechat::plugin
