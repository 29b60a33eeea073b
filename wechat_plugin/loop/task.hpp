/// Coroutines of the one loop thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>

namespace wechat {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// The loop's executor by its own type: measured, any_io_executor nearly halves Beast (tests/bench).
using Loop = asio::io_context;
using Executor = Loop::executor_type;

template <class T = void>
using Task = asio::awaitable<T, Executor>;

inline constexpr asio::use_awaitable_t<Executor> use_task{};

/// For operations whose failure is expected: `co_await socket.async_connect(address, into(failure))` does not throw.
[[nodiscard]] inline auto into(boost::system::error_code& failure)
{
    return asio::redirect_error(use_task, failure);
}

using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Resolver = asio::ip::basic_resolver<Tcp, Executor>;
using Stream = beast::basic_stream<Tcp, Executor>;
using Timer = asio::
    basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace wechat
