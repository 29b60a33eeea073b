/// HTTP/1.1 and WebSocket on one port, with limits. Knows no path: it asks one function, and one for sockets.
#pragma once

#include "http/guard.hpp"
#include "http/message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace host::http {

/// What one connection may cost: enough for people and scripts, too little to hurt.
struct Limits {
    std::uint32_t header_bytes = 16 * 1024;
    std::uint64_t body_bytes = 256 * 1024;        // of a request that is turned away: read, and left at that
    std::uint64_t file_bytes = 16 * 1024 * 1024;  // of one that may ask: a picture of 10 MB in base64
    std::size_t connections = 256;
    std::chrono::seconds request_deadline{10};  // from its first byte awaited to its last
    std::chrono::seconds answer_deadline{30};   // for the peer to take it
};

/// A WebSocket as its feeder sees it.
class Socket {
public:
    virtual ~Socket() = default;
    /// Throws boost::system::system_error once the peer is gone.
    virtual Task<void> send(std::string text) = 0;
    [[nodiscard]] virtual bool open() const = 0;
    /// Called once, when the peer is gone.
    virtual void on_close(std::function<void()> call) = 0;
};

class Server {
public:
    using Answering = std::function<Task<Answer>(Request)>;
    using Feeding = std::function<Task<void>(Request, std::shared_ptr<Socket>)>;

    /// Binds; throws boost::system::system_error. feeding is asked for WebSockets on /api/events.
    Server(
        boost::asio::io_context& loop,
        const std::string& address,
        std::uint16_t port,
        Guard guard,
        Limits limits,
        Answering answering,
        Feeding feeding
    );
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    void start();
    /// Closes the port and every connection. On the loop's thread.
    void stop();

private:
    struct Connection;
    Task<void> accept();
    Task<void> serve(std::shared_ptr<Connection> connection);
    Task<bool> serve_one(std::shared_ptr<Connection> connection);
    Task<void> serve_socket(std::shared_ptr<Connection> connection, Request request);

    boost::asio::io_context& loop_;
    boost::asio::ip::tcp::acceptor acceptor_;
    Guard guard_;
    Limits limits_;
    Answering answering_;
    Feeding feeding_;
    std::set<std::shared_ptr<Connection>> connections_;  // shared with the coroutines that serve them
};

}  // namespace host::http
