#include "simulator/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>

#include <utility>

namespace simulator {

namespace asio = boost::asio;

Listener::Listener(Executor loop, const std::string& address, std::uint16_t port, Serve serve)
    : loop_(loop), where_(asio::ip::make_address(address), port), serve_(std::move(serve)), acceptor_(loop)
{
    listen();
    where_ = acceptor_.local_endpoint();
}

void Listener::listen()
{
    acceptor_.open(where_.protocol());
    acceptor_.set_option(Tcp::acceptor::reuse_address{true});
    acceptor_.bind(where_);
    acceptor_.listen();
    asio::co_spawn(loop_, accept(), asio::detached);
}

Task<void> Listener::accept()
{
    while (acceptor_.is_open()) {
        TcpStream stream{loop_};
        const auto [error] = co_await acceptor_.async_accept(stream.socket(), outcome);
        if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor)
            co_return;
        if (error) {
            // Out of descriptors, mostly: some will be free in a moment.
            Timer pause{loop_, std::chrono::milliseconds{50}};
            co_await pause.async_wait(outcome);
            continue;
        }
        asio::co_spawn(loop_, serve_(std::move(stream)), asio::detached);
    }
}

void Listener::refuse(std::chrono::milliseconds time)
{
    if (std::exchange(refusing_, true))
        return;
    close();
    asio::co_spawn(loop_, listen_after(time), asio::detached);
}

Task<void> Listener::listen_after(std::chrono::milliseconds time)
{
    Timer timer{loop_, time};
    co_await timer.async_wait(outcome);
    refusing_ = false;
    listen();
}

void Listener::close()
{
    boost::system::error_code ignored;
    acceptor_.close(ignored);
}

}  // namespace simulator
