#include "http/simulator.hpp"

#include "http/pattern.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace host::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = beast::http;
namespace json = boost::json;
using tcp = asio::ip::tcp;
using OutgoingRequest = bhttp::request<bhttp::string_body>;
using IncomingAnswer = bhttp::response_parser<bhttp::string_body>;

constexpr std::string_view prefix = "/api/simulator";
// An act is answered after its last delivery: three of 5 seconds (wechat-protocol.md 1.3).
constexpr std::chrono::seconds patience{30};
constexpr std::uint64_t answer_bytes = 64 << 20U;  // a phone of 10,000 messages, a video

struct Passage {
    std::string_view method, pattern;
};

constexpr std::array passages{
    Passage{"GET", "/accounts"},
    Passage{"GET", "/accounts/{}/contacts/{}/phone"},
    Passage{"GET", "/accounts/{}/contacts/{}/window"},
    Passage{"POST", "/accounts/{}/contacts/{}/send"},
    Passage{"POST", "/accounts/{}/contacts/{}/follow"},
    Passage{"POST", "/accounts/{}/contacts/{}/unfollow"},
    Passage{"POST", "/accounts/{}/contacts/{}/scan"},
    Passage{"POST", "/accounts/{}/contacts/{}/menu"},
    Passage{"GET", "/media/{}"},
};

struct Authority {
    std::string text, host, port;
};

Authority authority_of(const std::string& url)
{
    constexpr std::string_view scheme = "http://";
    const auto text = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
    const auto colon = text.rfind(':');
    return {text, text.substr(0, colon), colon == std::string::npos ? "80" : text.substr(colon + 1)};
}

OutgoingRequest
request_to(const Authority& authority, const std::string& method, const std::string& path, std::string body)
{
    OutgoingRequest request;
    request.method_string(method);
    request.target(path);
    request.version(11);
    request.set(bhttp::field::host, authority.text);
    request.set(bhttp::field::content_type, "application/json");
    request.set(bhttp::field::connection, "close");
    request.body() = std::move(body);
    request.prepare_payload();
    return request;
}

// What a page needs to know of an account; secrets it does not need.
std::string without_secrets(const std::string& body)
{
    json::error_code broken;
    auto accounts = json::parse(body, broken);
    if (broken || !accounts.is_array())
        return "[]";
    for (auto& account : accounts.get_array())
        for (const auto* secret : {"app_secret", "token", "encoding_aes_key"})
            if (account.is_object())
                account.get_object().erase(secret);
    return json::serialize(accounts);
}

Answer answer_from(bhttp::response<bhttp::string_body> response)
{
    Answer answer;
    answer.status = response.result_int();
    answer.type = std::string{response[bhttp::field::content_type]};
    answer.body = std::move(response.body());
    answer.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    return answer;
}

Task<Answer> ask(asio::io_context& loop, Authority authority, OutgoingRequest request)
{
    beast::tcp_stream stream{loop};
    stream.expires_after(patience);
    tcp::resolver resolver{loop};
    const auto found = co_await resolver.async_resolve(authority.host, authority.port, asio::use_awaitable);
    co_await stream.async_connect(found, asio::use_awaitable);
    co_await bhttp::async_write(stream, request, asio::use_awaitable);
    beast::flat_buffer buffer;
    IncomingAnswer parser;
    parser.body_limit(answer_bytes);
    co_await bhttp::async_read(stream, buffer, parser, asio::use_awaitable);
    co_return answer_from(parser.release());
}

}  // namespace

void move_simulator(const std::string& url, channel::Milliseconds by)
{
    const auto authority = authority_of(url);
    asio::io_context loop;
    bhttp::response<bhttp::string_body> response;
    try {
        beast::tcp_stream stream{loop};
        tcp::resolver resolver{loop};
        stream.connect(resolver.resolve(authority.host, authority.port));
        auto body = R"({"advance":")" + std::to_string(by.count()) + R"(ms"})";
        const auto request = request_to(authority, "POST", "/sim/clock", std::move(body));
        bhttp::write(stream, request);
        beast::flat_buffer buffer;
        bhttp::read(stream, buffer, response);
    } catch (const boost::system::system_error& why) {
        throw std::runtime_error{"the simulator at " + url + " does not answer: " + why.code().message()};
    }
    if (response.result() != bhttp::status::ok)
        throw std::runtime_error{"the simulator at " + url + " does not move its clock: " + response.body()};
}

Task<Answer> Simulator::answer(Request request) const
{
    if (!exists())
        co_return failure(404, "no_simulator", "This host runs beside no simulator.");
    const auto path = request.path.substr(std::min(prefix.size(), request.path.size()));
    const auto is_open = [&](const Passage& passage) {
        return passage.method == request.method && match(passage.pattern, path).has_value();
    };
    if (std::ranges::none_of(passages, is_open))
        co_return failure(404, "not_found", "There is nothing at this address.");
    auto authority = authority_of(url_);
    auto outgoing = request_to(authority, request.method, "/sim" + path, std::move(request.body));
    try {
        auto answer = co_await ask(loop_, std::move(authority), std::move(outgoing));
        if (path == "/accounts" && answer.status == 200)
            answer.body = without_secrets(answer.body);
        co_return answer;
    } catch (const boost::system::system_error& why) {
        co_return failure(502, "simulator_silent", "The simulator does not answer: " + why.code().message());
    }
}

}  // namespace host::http
