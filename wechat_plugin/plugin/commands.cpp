#include "plugin/commands.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace wechat::plugin {

Commands::Commands(Loop& loop, engine::Engine& engine, Busy& busy, std::function<Time()> now)
    : loop_(loop), engine_(engine), busy_(busy), now_(std::move(now))
{}

void Commands::add(store::Key key, engine::Input input, Done done)
{
    if (stopping_) {
        if (done)
            done(false);
        return;
    }
    if (const auto* sent = std::get_if<policy::EmployeeSent>(&input.event))
        sends_[sent->message.id] = key;
    auto& waiting = waiting_of_[key];
    waiting.push_back(Waiting{.input = std::move(input), .done = std::move(done), .work = busy_.begin()});
    ++waiting_;
    if (waiting.size() == 1)
        asio::co_spawn(loop_, run(std::move(key)), asio::detached);
}

Task<> Commands::run(store::Key key)
{
    auto& waiting = waiting_of_[key];
    while (!waiting.empty()) {
        auto input = waiting.front().input;
        const auto applied = co_await engine_.apply(key, std::move(input), now_());
        const bool gone = !applied && applied.error().code == errc::unknown_customer;
        if (!applied && !gone && !stopping_) {
            Timer pause(loop_, std::chrono::seconds(1));  // real time: it is our disk that is out of order
            boost::system::error_code ignored;
            co_await pause.async_wait(into(ignored));
            continue;
        }
        const auto command = std::move(waiting.front());
        waiting.pop_front();
        --waiting_;
        if (const auto* sent = std::get_if<policy::EmployeeSent>(&command.input.event))
            sends_.erase(sent->message.id);
        if (command.done)
            command.done(applied.has_value());
    }
    waiting_of_.erase(key);
}

std::optional<store::Key> Commands::conversation_of(const ClientId& id) const
{
    const auto found = sends_.find(id);
    return found == sends_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace wechat::plugin
