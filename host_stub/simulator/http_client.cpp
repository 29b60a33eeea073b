#include "simulator/http_client.hpp"

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using TlsStream = beast::ssl_stream<TcpStream>;
using Resolver = asio::ip::basic_resolver<Tcp, Executor>;

using Parser = http::response_parser<http::string_body>;

constexpr std::uint64_t largest_answer = 1024U * 1024U;
constexpr std::size_t slow_piece = 16;
constexpr std::size_t quick_piece = 16U * 1024U;

std::string origin_of(const Url& url)
{
    return (url.tls ? "https://" : "http://") + url.host + ":" + url.port;
}

// In two chunks, so that who overlooks the second one is found.
std::string in_chunks(const std::string& body)
{
    std::ostringstream bytes;
    const auto half = (body.size() + 1) / 2;
    for (const auto& chunk : {body.substr(0, half), body.substr(half)})
        if (!chunk.empty())
            bytes << std::hex << chunk.size() << "\r\n" << chunk << "\r\n";
    bytes << "0\r\n\r\n";
    return bytes.str();
}

// As bytes, because a serializer over each kind of stream would cost as much compiling as all the rest.
std::string request_of(const CallbackCall& call)
{
    const auto& url = call.url;
    const char joint = url.path.find('?') == std::string::npos ? '?' : '&';
    http::request<http::empty_body> request{
        call.body.empty() ? http::verb::get : http::verb::post, url.path + joint + call.query, 11};
    const bool v6 = url.host.find(':') != std::string::npos;
    const auto host = v6 ? "[" + url.host + "]" : url.host;
    request.set(http::field::host, url.port == (url.tls ? "443" : "80") ? host : host + ":" + url.port);
    request.set(http::field::user_agent, "Mozilla/4.0");
    request.set(http::field::accept, "*/*");
    request.set(http::field::connection, call.keep_alive ? "keep-alive" : "close");
    if (!call.body.empty()) {
        request.set(http::field::content_type, call.content_type);
        if (call.chunked)
            request.set(http::field::transfer_encoding, "chunked");
        else
            request.content_length(call.body.size());
    }
    std::ostringstream bytes;
    bytes << request.base();
    return bytes.str() + (call.chunked && !call.body.empty() ? in_chunks(call.body) : call.body);
}

Task<void> pause(Timer& timer, Milliseconds time)
{
    if (time.count() == 0)
        co_return;
    timer.expires_after(time);
    co_await timer.async_wait(outcome);
}

// A connection that ends without a word to the other side: not even that it has ended.
void reset(TcpStream& stream)
{
    boost::system::error_code ignored;
    stream.socket().set_option(asio::socket_base::linger{true, 0}, ignored);
    stream.close();
}

// Gives whether all was written.
template <class Stream>
Task<bool>
write(Stream& stream, Timer& timer, const std::string& request, Milliseconds slow, const Deadline& deadline)
{
    const auto piece = slow.count() > 0 ? slow_piece : request.size();
    for (std::size_t at = 0; at < request.size() && !deadline.over(); at += piece) {
        const auto bytes = asio::buffer(request.data() + at, std::min(piece, request.size() - at));
        const auto [error, written] = co_await asio::async_write(stream, bytes, outcome);
        if (error)
            co_return false;
        co_await pause(timer, slow);
    }
    co_return !deadline.over();
}

// silent: the connection ended before the first byte of an answer, as an idle one does that the other side has closed.
struct Asked {
    CallbackAnswer answer = {};
    bool silent = false;
    bool stays_open = false;
};

template <class Stream>
Task<Asked> ask(Stream& stream, Timer& timer, const CallbackCall& call, const Deadline& deadline)
{
    Asked asked{.answer = {.connected = true}};
    const auto request = request_of(call);
    const bool written = co_await write(stream, timer, request, call.slow_write, deadline);
    // Who refuses a request half-way may have answered all the same.
    if (!written && deadline.over())
        co_return asked;
    Parser parser;
    parser.body_limit(largest_answer);
    parser.eager(true);
    std::string bytes;
    bytes.reserve(quick_piece);
    boost::system::error_code error;
    while (!deadline.over() && !parser.is_done()) {
        const auto used = bytes.size();
        bytes.resize(used + (call.slow_read.count() > 0 ? slow_piece : quick_piece));
        const auto room = asio::buffer(bytes.data() + used, bytes.size() - used);
        const auto [unread, read] = co_await stream.async_read_some(room, outcome);
        bytes.resize(used + read);
        asked.silent = unread && !parser.got_some() && bytes.empty();
        if (call.reset && read > 0) {
            reset(beast::get_lowest_layer(stream));
            co_return asked;
        }
        if (read > 0)
            bytes.erase(0, parser.put(asio::buffer(bytes), error));
        if (unread && !parser.got_some())
            co_return asked;
        if (unread && !error)
            parser.put_eof(error);
        if (error && error != http::error::need_more)
            co_return asked;
        if (unread && !parser.is_done())
            co_return asked;
        error.clear();
        co_await pause(timer, call.slow_read);
    }
    if (!parser.is_done() || deadline.over())
        co_return asked;
    asked.stays_open = call.keep_alive && parser.keep_alive() && bytes.empty();
    asked.answer.status = parser.get().result_int();
    asked.answer.body = std::move(parser.get().body());
    co_return asked;
}

}  // namespace

// One of the two is there.
struct Caller::Connection {
    explicit Connection(TcpStream stream) : timer(stream.get_executor()), plain(std::move(stream)) {}
    Connection(TcpStream stream, asio::ssl::context& context)
        : timer(stream.get_executor()), tls(std::in_place, std::move(stream), context)
    {}

    [[nodiscard]] TcpStream& lowest() { return tls ? beast::get_lowest_layer(*tls) : *plain; }

    void break_off()
    {
        lowest().close();
        timer.cancel();
    }

    Timer timer;  // of the pauses
    std::optional<TcpStream> plain;
    std::optional<TlsStream> tls;
};

Caller::Caller(Executor loop, asio::ssl::context& tls) : loop_(loop), tls_(tls) {}
Caller::~Caller() = default;

std::optional<Url> parse_url(std::string_view text)
{
    Url url;
    url.tls = text.starts_with("https://");
    if (!url.tls && !text.starts_with("http://"))
        return std::nullopt;
    text.remove_prefix(url.tls ? 8 : 7);
    const auto slash = std::min(text.find_first_of("/?"), text.size());
    const auto authority = text.substr(0, slash);
    if (slash < text.size())
        url.path = (text[slash] == '?' ? "/" : "") + std::string{text.substr(slash)};
    // [::1]:8081 has its colons inside brackets.
    const auto bracket = authority.find(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    url.host = authority.substr(0, colon);
    url.port =
        colon == std::string_view::npos ? (url.tls ? "443" : "80") : std::string{authority.substr(colon + 1)};
    if (url.host.starts_with('[') && url.host.ends_with(']'))
        url.host = url.host.substr(1, url.host.size() - 2);
    if (url.host.empty() || url.port.empty())
        return std::nullopt;
    return url;
}

Task<std::unique_ptr<Caller::Connection>> Caller::connect(Url url, Deadline& deadline)
{
    Resolver resolver{loop_};
    TcpStream stream{loop_};
    deadline.breaks_off([&] { resolver.cancel(); });
    const auto [unknown, addresses] = co_await resolver.async_resolve(url.host, url.port, outcome);
    deadline.breaks_off(nullptr);
    if (unknown || deadline.over())
        co_return nullptr;
    deadline.breaks_off([&] { stream.close(); });
    const auto [unconnected, address] = co_await stream.async_connect(addresses, outcome);
    deadline.breaks_off(nullptr);
    if (unconnected || deadline.over())
        co_return nullptr;
    if (!url.tls)
        co_return std::make_unique<Connection>(std::move(stream));
    auto connection = std::make_unique<Connection>(std::move(stream), tls_);
    auto& tls = *connection->tls;
    // What SSL_set_tlsext_host_name does, without its cast.
    SSL_ctrl(tls.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, url.host.data());
    tls.set_verify_mode(asio::ssl::verify_peer);
    tls.set_verify_callback(asio::ssl::host_name_verification(url.host));
    deadline.breaks_off([&] { connection->break_off(); });
    const auto [refused] = co_await tls.async_handshake(asio::ssl::stream_base::client, outcome);
    deadline.breaks_off(nullptr);
    if (refused || deadline.over())
        co_return nullptr;
    co_return connection;
}

Task<CallbackAnswer> Caller::call(CallbackCall call, Deadline& deadline)
{
    const auto origin = origin_of(call.url);
    std::unique_ptr<Connection> connection;
    if (call.keep_alive)
        connection = std::exchange(idle_[origin], nullptr);
    Asked asked{.silent = true};
    for (bool again = connection != nullptr; asked.silent && !deadline.over(); again = false) {
        if (!again)
            connection = co_await connect(call.url, deadline);
        if (!connection) {
            asked.answer = {};
            break;
        }
        deadline.breaks_off([&] { connection->break_off(); });
        // An if, because gcc 12 destroys the temporaries of a conditional that awaits in both branches twice.
        if (connection->tls)
            asked = co_await ask(*connection->tls, connection->timer, call, deadline);
        else
            asked = co_await ask(*connection->plain, connection->timer, call, deadline);
        deadline.breaks_off(nullptr);
        if (!again)
            break;
    }
    if (asked.stays_open)
        idle_[origin] = std::move(connection);
    co_return std::move(asked.answer);
}

}  // namespace simulator
