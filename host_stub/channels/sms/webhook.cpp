#include "sms/webhook.hpp"

#include "waiting.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <utility>

namespace sms {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::chrono::seconds deadline{10};
constexpr std::uint32_t header_limit = 8 * 1024;
constexpr std::uint64_t body_limit = 64 * 1024;
constexpr std::size_t most_connections = 128;
constexpr unsigned unavailable = 503;  // the gateway brings it again

http::response<http::string_body>
response_for(unsigned status, const http::request<http::string_body>& request)
{
    http::response<http::string_body> response{http::int_to_status(status), request.version()};
    response.keep_alive(request.keep_alive());
    response.prepare_payload();
    return response;
}

}  // namespace

Webhook::Webhook(asio::io_context& loop, const Endpoint& listen, Handler handler)
    : loop_(loop),
      acceptor_(loop, {asio::ip::make_address(listen.address), listen.port}),
      handler_(std::move(handler))
{}

std::uint16_t Webhook::port() const
{
    return acceptor_.local_endpoint().port();
}

void Webhook::start()
{
    asio::co_spawn(loop_, accept(), asio::detached);
}

void Webhook::stop()
{
    beast::error_code ignored;
    acceptor_.close(ignored);
}

asio::awaitable<void> Webhook::accept()
{
    while (acceptor_.is_open()) {
        beast::error_code fault;
        auto with_fault = asio::redirect_error(asio::use_awaitable, fault);
        auto socket = co_await acceptor_.async_accept(std::move(with_fault));
        if (fault == asio::error::operation_aborted)
            co_return;
        if (fault) {
            asio::steady_timer pause{loop_, std::chrono::milliseconds{100}};  // until a descriptor is free
            co_await pause.async_wait(asio::use_awaitable);
        } else if (connections_ < most_connections) {
            asio::co_spawn(loop_, serve(std::move(socket)), asio::detached);
        }
    }
}

asio::awaitable<void> Webhook::serve(Socket socket)
{
    ++connections_;
    try {
        beast::tcp_stream stream{std::move(socket)};
        beast::flat_buffer buffer;
        auto more = true;
        while (more) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(header_limit);
            parser.body_limit(body_limit);
            stream.expires_after(deadline);
            co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
            const auto& message = parser.get();
            const auto authorization = message[http::field::authorization];
            Request request{std::string{message.target()}, message.body(), std::string{authorization}};
            stream.expires_never();
            const auto status =
                message.method() == http::verb::post ? co_await ask(std::move(request)) : 405U;
            const auto response = response_for(status, message);
            stream.expires_after(deadline);
            co_await http::async_write(stream, response, asio::use_awaitable);
            more = message.keep_alive();
        }
    } catch (const boost::system::system_error&) {
        // The peer is gone, or did not speak as it should: nothing has been taken.
    }
    --connections_;
}

asio::awaitable<unsigned> Webhook::ask(Request request)
{
    host::Mailbox<unsigned> answer(loop_);
    handler_(request, answer.address());
    const auto status = co_await answer.take(deadline);
    co_return status.value_or(unavailable);
}

}  // namespace sms
