/// The address where the simulator listens, and where for a time nobody may reach it.
#pragma once

#include "simulator/loop.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace simulator {

/// Accepts connections, and hands each one over. Belongs to the loop's thread, and outlives it.
class Listener {
public:
    using Serve = std::function<Task<void>(TcpStream)>;

    /// Listens when it returns, and accepts once the loop runs. Throws boost::system::system_error.
    Listener(Executor loop, const std::string& address, std::uint16_t port, Serve serve);

    [[nodiscard]] std::uint16_t port() const { return where_.port(); }

    /// Stops listening, so that connections are refused, and listens on the same port again after a real time.
    void refuse(std::chrono::milliseconds time);

    /// Whether it refuses now. What is connected already should be dropped then.
    [[nodiscard]] bool refusing() const { return refusing_; }

    void close();

private:
    void listen();
    [[nodiscard]] Task<void> accept();
    [[nodiscard]] Task<void> listen_after(std::chrono::milliseconds time);

    Executor loop_;
    Tcp::endpoint where_;
    Serve serve_;
    boost::asio::basic_socket_acceptor<Tcp, Executor> acceptor_;
    bool refusing_ = false;
};

}  // namespace simulator
