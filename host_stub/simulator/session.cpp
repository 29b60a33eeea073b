#include "simulator/session.hpp"

#include "simulator/api.hpp"
#include "simulator/control.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <string>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using TlsStream = beast::ssl_stream<TcpStream>;
using Parser = http::request_parser<http::string_body>;

constexpr std::uint32_t largest_header = 16 * 1024;
constexpr std::uint64_t largest_body = 1024U * 1024U;
constexpr std::uint64_t largest_file = 12 * largest_body;  // 10 MB, and what multipart adds (wechat-protocol.md 4.5)
constexpr std::chrono::seconds request_deadline{30};
constexpr std::chrono::minutes idle_deadline{2};
// A contact's send answers after the last delivery: three of five seconds, and more where a fault says so.
constexpr std::chrono::minutes answer_deadline{15};

std::uint64_t limit_for(std::string_view target)
{
    const bool file = target.starts_with("/cgi-bin/media/") || target.starts_with("/sim/accounts/");
    return file ? largest_file : largest_body;
}

Request request_of(Parser& parser, const std::string& peer)
{
    auto& message = parser.get();
    const std::string target{message.target()};
    const auto question = target.find('?');
    return {
        .method = std::string{message.method_string()},
        .path = target.substr(0, question),
        .query = question == std::string::npos ? std::string{} : target.substr(question + 1),
        .content_type = std::string{message[http::field::content_type]},
        .body = std::move(message.body()),
        .peer = peer,
        .chunked = message.chunked(),
    };
}

http::response<http::string_body> message_of(Response response, const Parser& parser)
{
    http::response<http::string_body> message{http::status::ok, parser.get().version()};
    message.result(response.status);
    message.set(http::field::content_type, response.content_type);
    if (!response.disposition.empty())
        message.set("Content-disposition", response.disposition);
    message.keep_alive(parser.get().keep_alive() && response.manner == Response::Manner::whole);
    message.body() = std::move(response.body);
    message.prepare_payload();
    return message;
}

// curl asks before it sends a large body, and waits a second for the answer.
template <class Stream>
Task<bool> invite_body(Stream& stream, const Parser& parser)
{
    if (!beast::iequals(parser.get()[http::field::expect], "100-continue"))
        co_return true;
    http::response<http::empty_body> go_on{http::status::continue_, parser.get().version()};
    const auto [error, written] = co_await http::async_write(stream, go_on, outcome);
    co_return !error;
}

// A whole header that promises more than comes: what a client sees when a gateway dies.
template <class Stream>
Task<void> write_half(Stream& stream, http::response<http::string_body>& message)
{
    const auto body = message.body().substr(0, message.body().size() / 2);
    http::response_serializer<http::string_body> serializer{message};
    serializer.split(true);
    const auto [failed, head] = co_await http::async_write_header(stream, serializer, outcome);
    const auto rest = asio::buffer(body);
    if (!failed)
        co_await asio::async_write(stream, rest, outcome);
}

Task<Response> answer(Service& service, Request request)
{
    Response response;
    if (request.path.starts_with("/sim/"))
        response = co_await answer_control(service.platform, service.courier, std::move(request), service.files);
    else
        response = answer_api(service.platform, request);
    if (response.latency.count() > 0) {
        Timer timer{service.loop, response.latency};
        co_await timer.async_wait(outcome);
    }
    co_return response;
}

// Gives whether the connection stays open.
template <class Stream>
Task<bool> serve_one(Service& service, Stream& stream, beast::flat_buffer& buffer, const std::string& peer)
{
    auto& socket = beast::get_lowest_layer(stream);
    Parser parser;
    parser.header_limit(largest_header);
    parser.body_limit(largest_file);
    socket.expires_after(idle_deadline);
    const auto [no_header, header_size] = co_await http::async_read_header(stream, buffer, parser, outcome);
    if (no_header)
        co_return false;
    const auto limit = limit_for(parser.get().target());
    // The parser has let the header pass with the larger limit, and asks no more once it knows the length.
    if (parser.content_length().value_or(0) > limit)
        co_return false;
    parser.body_limit(limit);
    socket.expires_after(request_deadline);
    const bool invited = co_await invite_body(stream, parser);
    if (!invited)
        co_return false;
    const auto [no_body, body_size] = co_await http::async_read(stream, buffer, parser, outcome);
    if (no_body)
        co_return false;
    socket.expires_after(answer_deadline);
    auto response = co_await answer(service, request_of(parser, peer));
    const auto manner = response.manner;
    if (manner == Response::Manner::none)
        co_return false;
    auto message = message_of(std::move(response), parser);
    if (manner == Response::Manner::cut) {
        co_await write_half(stream, message);
        co_return false;
    }
    socket.expires_after(request_deadline);
    const auto [unwritten, written] = co_await http::async_write(stream, message, outcome);
    co_return !unwritten && message.keep_alive();
}

template <class Stream>
Task<void> serve_all(Service& service, Stream& stream)
{
    boost::system::error_code unknown;
    const auto endpoint = beast::get_lowest_layer(stream).socket().remote_endpoint(unknown);
    const auto peer = unknown ? std::string{} : endpoint.address().to_string();
    beast::flat_buffer buffer;
    bool open = true;
    while (open)
        open = co_await serve_one(service, stream, buffer, peer);
}

}  // namespace

Task<void> serve(Service& service, TcpStream stream)
{
    boost::system::error_code ignored;
    stream.socket().set_option(Tcp::no_delay{true}, ignored);
    if (service.tls == nullptr) {
        co_await serve_all(service, stream);
        stream.socket().shutdown(Tcp::socket::shutdown_both, ignored);
        co_return;
    }
    TlsStream tls{std::move(stream), *service.tls};
    beast::get_lowest_layer(tls).expires_after(request_deadline);
    const auto [refused] = co_await tls.async_handshake(asio::ssl::stream_base::server, outcome);
    if (!refused)
        co_await serve_all(service, tls);
    beast::get_lowest_layer(tls).socket().shutdown(Tcp::socket::shutdown_both, ignored);
}

}  // namespace simulator
