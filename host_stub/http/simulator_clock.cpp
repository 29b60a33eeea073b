#include "http/simulator_clock.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <stdexcept>
#include <string_view>

namespace host::http {

void move_simulator(const std::string& url, channel::Milliseconds by)
{
    namespace beast = boost::beast;
    namespace bhttp = beast::http;
    constexpr std::string_view scheme = "http://";
    const auto authority = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
    const auto colon = authority.rfind(':');
    const auto port = colon == std::string::npos ? std::string{"80"} : authority.substr(colon + 1);
    boost::asio::io_context loop;
    bhttp::response<bhttp::string_body> response;
    try {
        beast::tcp_stream stream{loop};
        boost::asio::ip::tcp::resolver resolver{loop};
        stream.connect(resolver.resolve(authority.substr(0, colon), port));
        bhttp::request<bhttp::string_body> request{bhttp::verb::post, "/sim/clock", 11};
        request.set(bhttp::field::host, authority);
        request.set(bhttp::field::content_type, "application/json");
        request.body() = R"({"advance":")" + std::to_string(by.count()) + R"(ms"})";
        request.prepare_payload();
        bhttp::write(stream, request);
        beast::flat_buffer buffer;
        bhttp::read(stream, buffer, response);
    } catch (const boost::system::system_error& why) {
        throw std::runtime_error{"the simulator at " + url + " does not answer: " + why.code().message()};
    }
    if (response.result() != bhttp::status::ok)
        throw std::runtime_error{"the simulator at " + url + " does not move its clock: " + response.body()};
}

}  // namespace host::http
