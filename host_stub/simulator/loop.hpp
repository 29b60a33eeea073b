/// The types of everything that runs on the simulator's one thread. Typed executors: no virtual call per operation.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include <chrono>

namespace simulator {

using Executor = boost::asio::io_context::executor_type;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

/// co_await f(..., outcome) gives the error first and throws nothing.
inline constexpr auto outcome = boost::asio::as_tuple_t<boost::asio::use_awaitable_t<Executor>>{};

using Tcp = boost::asio::ip::tcp;
using TcpStream = boost::beast::basic_stream<Tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

}  // namespace simulator
