#include "http/site.hpp"

#include "http/api.hpp"
#include "http/console.hpp"
#include "http/events.hpp"
#include "http/server.hpp"
#include "http/simulator.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <utility>

namespace host::http {

struct Site::Parts {
    Parts(Host& host_, Options options)
        : host(host_),
          reader(host.store_file()),
          views(host, reader),
          events(loop, views, reader),
          simulator(loop, simulator_of(host.config())),
          api(loop, host, reader, views, simulator, Api::Patience{options.patience, options.patience}),
          server(
              loop,
              host.config().listen.address,
              host.config().listen.port,
              guard(host.config()),
              limits(options),
              [this](Request request) { return answer(std::move(request)); },
              [this](Request request, std::shared_ptr<Socket> socket) {
                  return events.feed(std::move(request), std::move(socket));
              }
          )
    {}

    static Guard guard(const Config& config)
    {
        return {.loopback = is_loopback(config.listen.address), .token = config.api_token};
    }

    // Whoever may speak to a host beyond this machine may not speak to a simulator through it: it reads files here.
    static std::string simulator_of(const Config& config)
    {
        return is_loopback(config.listen.address) ? config.simulator : std::string{};
    }

    static Limits limits(const Options& options)
    {
        Limits limits;
        limits.file_bytes = options.file_bytes;
        return limits;
    }

    Task<Answer> answer(Request request)
    {
        try {
            auto page = console_answer(request.path);
            if (!page)
                co_return co_await api.answer(std::move(request));
            if (request.method == "GET" || request.method == "HEAD")
                co_return *std::move(page);
            co_return failure(405, "wrong_method", "This is a page to read.");
        } catch (const std::exception& why) {
            // A store that cannot be read, a file that is gone: for the operator's eyes only.
            host.log()(channel::Level::error, "request_failed", why.what());
        }
        co_return failure(503, "unavailable", "The host cannot do this now.");
    }

    // Any thread; many commits are one wake-up.
    void wake()
    {
        if (waking.exchange(true))
            return;
        const auto call = [this] {
            waking = false;
            events.wake();
        };
        boost::asio::post(loop, call);
    }

    Host& host;
    boost::asio::io_context loop{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{loop.get_executor()};
    Reader reader;
    Views views;
    Events events;
    Simulator simulator;
    Api api;
    Server server;
    std::atomic<bool> waking = false;
    std::thread thread;
};

Site::Site(Host& host, Options options)
{
    try {
        parts_ = std::make_unique<Parts>(host, options);
    } catch (const std::exception& why) {
        throw SetupError{"listen: " + std::string{why.what()}};
    }
    auto& parts = *parts_;
    host.on_commit([&parts] { parts.wake(); });
    if (const auto& url = host.config().simulator; !url.empty())
        host.before_advance([url](channel::Milliseconds by) { move_simulator(url, by); });
    parts.server.start();
    parts.thread = std::thread{[&parts] { parts.loop.run(); }};
}

Site::~Site()
{
    auto& parts = *parts_;
    parts.host.on_commit({});
    const auto close = [&parts] {
        parts.server.stop();
        parts.events.stop();
        parts.work.reset();
    };
    boost::asio::post(parts.loop, close);
    parts.thread.join();
}

std::uint16_t Site::port() const
{
    return parts_->server.port();
}

}  // namespace host::http
