#include "simulator/http_client.hpp"

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <sstream>
#include <string>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using TlsStream = beast::ssl_stream<TcpStream>;
using Resolver = asio::ip::basic_resolver<Tcp, Executor>;

constexpr std::uint64_t largest_answer = 1024U * 1024U;

// As bytes, because a serializer over each kind of stream would cost as much compiling as all the rest.
std::string request_of(const CallbackCall& call)
{
    const auto& url = call.url;
    const char joint = url.path.find('?') == std::string::npos ? '?' : '&';
    http::request<http::empty_body> request{
        call.body.empty() ? http::verb::get : http::verb::post, url.path + joint + call.query, 11
    };
    request.set(http::field::host, url.host);
    request.set(http::field::user_agent, "Mozilla/4.0");
    request.set(http::field::accept, "*/*");
    request.keep_alive(false);
    if (!call.body.empty()) {
        request.set(http::field::content_type, "text/xml");
        request.content_length(call.body.size());
    }
    std::ostringstream bytes;
    bytes << request.base();
    return bytes.str() + call.body;
}

template <class Stream>
Task<CallbackAnswer> ask(Stream& stream, const std::string& request)
{
    CallbackAnswer answer;
    const auto bytes = asio::buffer(request);
    const auto [unwritten, written] = co_await asio::async_write(stream, bytes, outcome);
    if (unwritten)
        co_return answer;
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(largest_answer);
    const auto [unread, read] = co_await http::async_read(stream, buffer, parser, outcome);
    if (unread)
        co_return answer;
    answer.status = parser.get().result_int();
    answer.body = std::move(parser.get().body());
    co_return answer;
}

Task<CallbackAnswer> ask_over_tls(TcpStream stream, asio::ssl::context& context, const CallbackCall& call)
{
    TlsStream tls{std::move(stream), context};
    const auto request = request_of(call);
    std::string name = call.url.host;
    // What SSL_set_tlsext_host_name does, without its cast.
    SSL_ctrl(tls.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    tls.set_verify_mode(asio::ssl::verify_peer);
    tls.set_verify_callback(asio::ssl::host_name_verification(call.url.host));
    const auto [refused] = co_await tls.async_handshake(asio::ssl::stream_base::client, outcome);
    CallbackAnswer answer;
    if (!refused)
        answer = co_await ask(tls, request);
    co_return answer;
}

}  // namespace

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
    url.port = colon == std::string_view::npos ? (url.tls ? "443" : "80") : std::string{authority.substr(colon + 1)};
    if (url.host.starts_with('[') && url.host.ends_with(']'))
        url.host = url.host.substr(1, url.host.size() - 2);
    if (url.host.empty() || url.port.empty())
        return std::nullopt;
    return url;
}

Task<CallbackAnswer> exchange(Executor loop, asio::ssl::context& tls, CallbackCall call)
{
    Resolver resolver{loop};
    TcpStream stream{loop};
    stream.expires_after(call.deadline);
    CallbackAnswer answer;
    const auto [unknown, addresses] = co_await resolver.async_resolve(call.url.host, call.url.port, outcome);
    if (unknown)
        co_return answer;
    const auto [unconnected, address] = co_await stream.async_connect(addresses, outcome);
    if (unconnected)
        co_return answer;
    if (call.url.tls) {
        answer = co_await ask_over_tls(std::move(stream), tls, call);
        co_return answer;
    }
    const auto request = request_of(call);
    answer = co_await ask(stream, request);
    co_return answer;
}

}  // namespace simulator
