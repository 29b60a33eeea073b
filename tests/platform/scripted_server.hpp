/// A platform on a loopback port that answers as a test tells it. Threads and plain sockets: nothing of what is tested.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace wechat::scripted {

struct Request {
    std::string target = {};  // path and query
    std::string head = {};    // request line and fields
    std::string body = {};
    int connection = 0;  // the first is 1
};

struct Reply {
    std::string bytes = {};
    bool close = false;  // and say nothing more
};

[[nodiscard]] Reply http(int status, const std::string& body, const std::string& fields = {});
[[nodiscard]] inline Reply json(const std::string& body)
{
    return http(200, body);
}
[[nodiscard]] inline Reply errcode(int code)
{
    return json(R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"so it is rid: 1-2-3"})");
}
[[nodiscard]] inline Reply raw(std::string bytes)
{
    return {.bytes = std::move(bytes), .close = true};
}
[[nodiscard]] inline Reply hang_up()
{
    return {.bytes = {}, .close = true};
}
[[nodiscard]] inline Reply silence()
{
    return {};
}

/// Where answers wait until the test lets them go. It may be opened once.
class Gate {
public:
    void wait();
    void open();

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool open_ = false;
};

struct Tls {
    std::string certificate = {};  // PEM files
    std::string key = {};
};

/// Answers each request with what the script says, each connection on a thread of its own. The script may wait.
class Server {
public:
    using Script = std::function<Reply(const Request&)>;

    explicit Server(Script script, const std::optional<Tls>& tls = std::nullopt);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// Nobody listens at the port any more: connections are refused. Those that stand go on.
    void goes_away();
    void comes_back();
    /// Ends all connections that stand.
    void hangs_up();

    [[nodiscard]] std::string port() const { return std::to_string(port_); }
    [[nodiscard]] std::vector<Request> requests();
    [[nodiscard]] std::vector<Request> requests_to(const std::string& path);
    [[nodiscard]] int connections();  // accepted
    /// Waits until so many requests have come, or so many connections have been closed here; false: not within 30 s.
    [[nodiscard]] bool wait_for_requests(std::size_t count);
    [[nodiscard]] bool wait_for_closed(int count);

private:
    void listen();
    void accept_until_closed(int listener);
    void serve(int socket, int number);

    Script script_;
    std::shared_ptr<void> tls_;
    std::mutex listening_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Request> requests_;
    std::vector<int> open_;
    int accepted_ = 0;
    int closed_ = 0;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace wechat::scripted
