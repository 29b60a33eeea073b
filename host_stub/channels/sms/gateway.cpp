#include "sms/gateway.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace sms {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;

constexpr std::chrono::seconds deadline{10};  // real time: a socket's limit
constexpr std::uint64_t body_limit = 64 * 1024;

std::string word(const json::value& value, std::string_view name)
{
    const auto* const object = value.if_object();
    const auto* const found = object ? object->if_contains(name) : nullptr;
    return found && found->is_string() ? std::string{found->as_string()} : std::string{};
}

http::request<http::string_body>
request_for(const Endpoint& gateway, const std::string& token, const Text& text)
{
    http::request<http::string_body> request{http::verb::post, "/messages", 11};
    request.set(http::field::host, gateway.address + ":" + std::to_string(gateway.port));
    request.set(http::field::content_type, "application/json");
    if (!token.empty())
        request.set(http::field::authorization, "Bearer " + token);
    json::object body;
    body["id"] = text.id;
    body["from"] = text.from;
    body["to"] = text.to;
    body["text"] = text.text;
    request.body() = json::serialize(body);
    request.prepare_payload();
    return request;
}

Delivery delivery_from(const http::response<http::string_body>& response)
{
    const auto status = response.result_int();
    if (status >= 200 && status < 300)
        return {.outcome = Delivery::Outcome::sent};
    json::error_code broken;
    const auto body = json::parse(response.body(), broken);
    const auto code = broken ? std::string{} : word(body, "code");
    const auto is_final = status >= 400 && status < 500 && status != 408 && status != 429;
    return {
        .outcome = is_final ? Delivery::Outcome::failed : Delivery::Outcome::later,
        .code = code.empty() ? "http_" + std::to_string(status) : code,
        .words = broken ? std::string{} : word(body, "text"),
    };
}

}  // namespace

asio::awaitable<Delivery> deliver(Endpoint gateway, std::string token, Text text)
{
    Delivery delivery{.code = "gateway_unreachable"};
    try {
        const auto executor = co_await asio::this_coro::executor;
        beast::tcp_stream stream{executor};
        stream.expires_after(deadline);
        const asio::ip::tcp::endpoint endpoint{asio::ip::make_address(gateway.address), gateway.port};
        co_await stream.async_connect(endpoint, asio::use_awaitable);
        const auto request = request_for(gateway, token, text);
        co_await http::async_write(stream, request, asio::use_awaitable);
        beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        parser.body_limit(body_limit);
        co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
        delivery = delivery_from(parser.get());
    } catch (const boost::system::system_error& why) {
        delivery.words = why.code().message();
    }
    co_return delivery;
}

}  // namespace sms
