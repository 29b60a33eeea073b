#include "simulator/session.hpp"

#include "codec/http_date.hpp"
#include "simulator/api.hpp"
#include "simulator/control.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <sstream>
#include <string>
#include <string_view>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using TlsStream = beast::ssl_stream<TcpStream>;
using Parser = http::request_parser<http::string_body>;

constexpr std::uint32_t largest_header = 16 * 1024;
constexpr std::uint64_t largest_body = 1024U * 1024U;
constexpr std::uint64_t largest_file =
    12 * largest_body;  // 10 MB, and what multipart adds (wechat-protocol.md 4.5)
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

// Ends a connection without a word to the other side: not even that it has ended.
void reset(TcpStream& stream)
{
    boost::system::error_code ignored;
    stream.socket().set_option(asio::socket_base::linger{true, 0}, ignored);
    stream.close();
}

// As bytes: a serializer for each kind of body over each kind of stream would cost half a minute of compiling.
struct Message {
    std::string bytes;
    std::size_t body_size = 0;
    bool keep_alive = false;
};

Message message_of(const Response& response, const Parser& parser, Moment now)
{
    http::response<http::empty_body> head{http::status::ok, parser.get().version()};
    head.result(response.status);
    head.set(http::field::date, wechat::codec::write_http_date(to_seconds(now)));
    head.set(http::field::content_type, response.content_type);
    if (!response.disposition.empty())
        head.set("Content-disposition", response.disposition);
    // Files of phones are shown in browsers; the platform's own answers have no such header.
    if (parser.get().target().starts_with("/sim/"))
        head.set("X-Content-Type-Options", "nosniff");
    const auto length = response.content_length.value_or(response.body.size());
    head.keep_alive(
        parser.get().keep_alive() && response.manner == Response::Manner::whole
        && length == response.body.size()
    );
    head.content_length(length);
    std::ostringstream bytes;
    bytes << head.base();
    return {
        .bytes = bytes.str() + response.body,
        .body_size = response.body.size(),
        .keep_alive = head.keep_alive()};
}

// curl asks before it sends a large body, and waits a second for the answer.
template <class Stream>
Task<bool> invite_body(Stream& stream, const Parser& parser)
{
    if (!beast::iequals(parser.get()[http::field::expect], "100-continue"))
        co_return true;
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto bytes = asio::buffer(go_on);
    const auto [error, written] = co_await asio::async_write(stream, bytes, outcome);
    co_return !error;
}

Task<Response> answer(Service& service, Request request)
{
    Response response;
    if (request.path.starts_with("/sim/"))
        response = co_await answer_control(service.hands, std::move(request));
    else
        response = answer_api(service.hands.platform, request);
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
    Response response{.manner = Response::Manner::reset};
    if (!service.refusing())
        response = co_await answer(service, request_of(parser, peer));
    if (response.manner == Response::Manner::reset)
        reset(socket);
    if (response.manner == Response::Manner::reset || response.manner == Response::Manner::none)
        co_return false;
    auto message = message_of(response, parser, service.hands.platform.clock.now());
    // A whole header that promises more than comes: what a client sees when a gateway dies.
    if (response.manner == Response::Manner::cut)
        message.bytes.resize(message.bytes.size() - (message.body_size + 1) / 2);
    socket.expires_after(request_deadline);
    const auto bytes = asio::buffer(message.bytes);
    const auto [unwritten, written] = co_await asio::async_write(stream, bytes, outcome);
    co_return !unwritten && message.keep_alive;
}

template <class Stream>
Task<void> serve_all(Service& service, Stream& stream)
{
    boost::system::error_code unknown;
    const auto endpoint = beast::get_lowest_layer(stream).socket().remote_endpoint(unknown);
    const auto peer = unknown ? std::string{} : endpoint.address().to_string();
    beast::flat_buffer buffer;
    bool open = true;
    while (open) {
        open = co_await serve_one(service, stream, buffer, peer);
        // What an answer promised comes behind it.
        service.hands.courier.start_due();
    }
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
