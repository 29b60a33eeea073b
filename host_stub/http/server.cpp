#include "http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <optional>
#include <utility>

namespace host::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = beast::http;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using Parser = bhttp::request_parser<bhttp::string_body>;
using Response = bhttp::response<bhttp::string_body>;

constexpr std::size_t socket_message_bytes = 4096;  // nothing that a peer says on a WebSocket is needed

std::string header(const bhttp::fields& fields, bhttp::field name)
{
    const auto value = fields[name];
    return {value.data(), value.size()};
}

// All of the request but its body.
Request read_head(const Parser& parser)
{
    const auto& message = parser.get();
    Request request;
    request.method = std::string{message.method_string()};
    read_target({message.target().data(), message.target().size()}, request);
    request.host = header(message, bhttp::field::host);
    request.origin = header(message, bhttp::field::origin);
    request.authorization = header(message, bhttp::field::authorization);
    request.protocol = header(message, bhttp::field::sec_websocket_protocol);
    request.range = header(message, bhttp::field::range);
    return request;
}

Response write_answer(Answer answer, const Parser& parser)
{
    Response response{bhttp::int_to_status(answer.status), parser.get().version()};
    response.set(bhttp::field::content_type, answer.type);
    response.set(bhttp::field::cache_control, "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : answer.headers)
        response.set(name, value);
    response.keep_alive(parser.get().keep_alive() && answer.status != 413);
    response.body() = std::move(answer.body);
    if (answer.status == 204)
        response.erase(bhttp::field::content_type);  // RFC 9110 8.6: no body, and no length of one
    else
        response.prepare_payload();
    if (parser.get().method() == bhttp::verb::head)
        response.body().clear();  // the length stays that of the GET
    return response;
}

// What cannot be read still gets an answer where it was HTTP at all.
std::optional<Answer> answer_to(const beast::error_code& fault)
{
    if (fault == bhttp::error::body_limit)
        return failure(413, "too_large", "The body is larger than this server takes.");
    if (fault == bhttp::error::header_limit)
        return failure(431, "header_too_large", "The header is larger than this server takes.");
    if (fault.category() == make_error_code(bhttp::error::bad_method).category()
        && fault != bhttp::error::end_of_stream && fault != bhttp::error::partial_message)
        return failure(400, "bad_request", "This is not HTTP as this server reads it.");
    return std::nullopt;
}

class StreamSocket final : public Socket {
public:
    explicit StreamSocket(beast::tcp_stream stream) : stream_(std::move(stream)) {}

    Task<void> send(std::string text) override
    {
        const auto bytes = asio::buffer(text);
        co_await stream_.async_write(bytes, asio::use_awaitable);
    }
    bool open() const override { return open_; }
    void on_close(std::function<void()> call) override { on_close_ = std::move(call); }

    Task<void> accept(const bhttp::request<bhttp::string_body>& request)
    {
        stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
        stream_.read_message_max(socket_message_bytes);
        if (request.count(bhttp::field::sec_websocket_protocol) > 0) {
            // Of the two that carried a token, the first is a protocol.
            const auto agree = [](websocket::response_type& response) {
                response.set(bhttp::field::sec_websocket_protocol, "bearer");
            };
            stream_.set_option(websocket::stream_base::decorator(agree));
        }
        co_await stream_.async_accept(request, asio::use_awaitable);
    }

    // Reading answers pings, and learns that the peer is gone.
    static Task<void> watch(std::shared_ptr<StreamSocket> socket)
    {
        try {
            beast::flat_buffer ignored;
            while (true) {
                co_await socket->stream_.async_read(ignored, asio::use_awaitable);
                ignored.clear();
            }
        } catch (const boost::system::system_error&) {
            socket->open_ = false;
        }
        if (socket->on_close_)
            socket->on_close_();
    }

    void close()
    {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).socket().close(ignored);
    }

private:
    websocket::stream<beast::tcp_stream> stream_;
    bool open_ = true;
    std::function<void()> on_close_;
};

}  // namespace

struct Server::Connection {
    explicit Connection(tcp::socket accepted) : stream(std::move(accepted)) {}

    void close()
    {
        beast::error_code ignored;
        stream.socket().close(ignored);
        if (socket)
            socket->close();
    }

    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    std::shared_ptr<StreamSocket> socket;  // shared with its watcher and its feeder
};

Server::Server(
    asio::io_context& loop,
    const std::string& address,
    std::uint16_t port,
    Guard guard,
    Limits limits,
    Answering answering,
    Feeding feeding
)
    : loop_(loop),
      acceptor_(loop, tcp::endpoint{asio::ip::make_address(address), port}),
      guard_(std::move(guard)),
      limits_(limits),
      answering_(std::move(answering)),
      feeding_(std::move(feeding))
{}

Server::~Server() = default;

std::uint16_t Server::port() const
{
    return acceptor_.local_endpoint().port();
}

void Server::start()
{
    asio::co_spawn(loop_, accept(), asio::detached);
}

void Server::stop()
{
    beast::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& connection : connections_)
        connection->close();
}

Task<void> Server::accept()
{
    while (acceptor_.is_open()) {
        beast::error_code fault;
        auto with_fault = asio::redirect_error(asio::use_awaitable, fault);
        auto socket = co_await acceptor_.async_accept(std::move(with_fault));
        if (fault == asio::error::operation_aborted)
            co_return;
        if (fault) {
            // No descriptor is free, most likely: some come back as connections end.
            asio::steady_timer pause{loop_, std::chrono::milliseconds{100}};
            co_await pause.async_wait(asio::use_awaitable);
            continue;
        }
        if (connections_.size() >= limits_.connections)
            continue;  // closed by its destructor
        socket.set_option(tcp::no_delay{true}, fault);
        auto connection = std::make_shared<Connection>(std::move(socket));
        connections_.insert(connection);
        asio::co_spawn(loop_, serve(connection), asio::detached);
    }
}

Task<void> Server::serve(std::shared_ptr<Connection> connection)
{
    try {
        while (co_await serve_one(connection)) {
        }
        if (!connection->socket) {
            beast::error_code ignored;
            connection->stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
        }
    } catch (const boost::system::system_error&) {
        connection->close();  // the peer is gone, or too slow
    }
    connections_.erase(connection);
}

// Gives whether another request may follow.
Task<bool> Server::serve_one(std::shared_ptr<Connection> connection)
{
    Parser parser;
    parser.header_limit(limits_.header_bytes);
    parser.body_limit(limits_.file_bytes);
    connection->stream.expires_after(limits_.request_deadline);
    beast::error_code fault;
    auto header_read = asio::redirect_error(asio::use_awaitable, fault);
    co_await bhttp::async_read_header(connection->stream, connection->buffer, parser, std::move(header_read));
    std::optional<Answer> answer;
    if (!fault) {
        // Before the body: who may not ask cannot make us read much.
        answer = guard_.refuse(read_head(parser));
        if (answer)
            parser.body_limit(limits_.body_bytes);
        auto body_read = asio::redirect_error(asio::use_awaitable, fault);
        co_await bhttp::async_read(connection->stream, connection->buffer, parser, std::move(body_read));
    }
    if (fault)
        answer = answer_to(fault);
    if (fault && !answer)
        co_return false;
    const auto unreadable = static_cast<bool>(fault);
    auto request = read_head(parser);
    request.body = std::move(parser.get().body());
    if (!answer && request.path == "/api/events" && websocket::is_upgrade(parser.get())) {
        connection->stream.expires_never();  // from here the WebSocket has limits of its own
        connection->socket = std::make_shared<StreamSocket>(std::move(connection->stream));
        co_await connection->socket->accept(parser.get());
        co_await serve_socket(connection, std::move(request));
        co_return false;
    }
    connection->stream.expires_never();  // the answer takes its time; its own waits have their limits
    if (!answer)
        answer = co_await answering_(std::move(request));
    auto response = write_answer(*std::move(answer), parser);
    if (unreadable)
        response.keep_alive(false);
    connection->stream.expires_after(limits_.answer_deadline);
    co_await bhttp::async_write(connection->stream, response, asio::use_awaitable);
    co_return response.keep_alive();
}

Task<void> Server::serve_socket(std::shared_ptr<Connection> connection, Request request)
{
    asio::co_spawn(loop_, StreamSocket::watch(connection->socket), asio::detached);
    co_await feeding_(std::move(request), connection->socket);
}

}  // namespace host::http
