// The yardstick: Beast and nothing else. One thread, the loop's own executor type, an answer that never changes.
//   bench-bare-server PORT
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Task = asio::awaitable<void, Executor>;
constexpr asio::use_awaitable_t<Executor> use_task{};

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nsuccess";

Task serve(Socket socket)
{
    boost::system::error_code failure;
    const auto into = [&] { return asio::redirect_error(use_task, failure); };
    beast::flat_buffer buffer;
    while (!failure) {
        beast::http::request_parser<beast::http::string_body> request;
        co_await beast::http::async_read(socket, buffer, request, into());
        if (!failure)
            co_await asio::async_write(socket, asio::buffer(answer), into());
    }
}

Task accept(Acceptor& acceptor)
{
    for (;;) {
        auto socket = co_await acceptor.async_accept(use_task);
        socket.set_option(Tcp::no_delay(true));
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "bench-bare-server PORT\n";
        return 2;
    }
    asio::io_context loop{1};
    const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
    Acceptor acceptor{loop, Tcp::endpoint{asio::ip::address_v4::loopback(), port}};
    asio::co_spawn(loop, accept(acceptor), asio::detached);
    loop.run();
}
