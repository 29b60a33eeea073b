/// A host on a running clock with its HTTP side, and a client that speaks to it over loopback.
#pragma once

#include "http/site.hpp"
#include "stage.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>

#include <map>
#include <memory>
#include <string>

namespace host::test {

struct WebAnswer {
    unsigned status = 0;
    std::string type, body;
    std::map<std::string, std::string> headers;

    [[nodiscard]] boost::json::value json() const { return boost::json::parse(body); }
    [[nodiscard]] std::string text(const char* name) const
    {
        return std::string{json().at(name).as_string()};
    }
};

struct Web : Stage {
    /// more  channels beside the puppet; simulator  its URL, or none
    explicit Web(
        std::chrono::milliseconds patience = std::chrono::milliseconds{300},
        const std::vector<ChannelConfig>& more = {},
        const std::string& simulator = {}
    )
        : Stage(ClockKind::adjustable)
    {
        config.channels.insert(config.channels.end(), more.begin(), more.end());
        config.simulator = simulator;
        start();
        // The largest body is small here: one that is too large need not be large.
        site = std::make_unique<http::Site>(*host, http::Site::Options{patience, 256 * 1024});
    }
    ~Web() { site.reset(); }

    [[nodiscard]] std::string authority() const { return "localhost:" + std::to_string(site->port()); }

    WebAnswer
    ask(const std::string& method,
        const std::string& target,
        const std::string& body = {},
        const std::map<std::string, std::string>& headers = {}) const
    {
        namespace beast = boost::beast;
        boost::asio::io_context loop;
        beast::tcp_stream stream{loop};
        stream.connect({boost::asio::ip::make_address("127.0.0.1"), site->port()});
        beast::http::request<beast::http::string_body> request;
        request.method_string(method);
        request.target(target);
        request.version(11);
        request.set(beast::http::field::host, authority());
        for (const auto& [name, value] : headers)
            request.set(name, value);
        request.body() = body;
        request.prepare_payload();
        beast::error_code
            cut_off;  // the server may answer before it has read all of a body that is too large
        beast::http::write(stream, request, cut_off);
        beast::flat_buffer buffer;
        beast::http::response_parser<beast::http::string_body> parser;
        parser.skip(method == "HEAD");
        beast::http::read(stream, buffer, parser);
        const auto& response = parser.get();
        WebAnswer answer{
            response.result_int(),
            std::string{response[beast::http::field::content_type]},
            response.body(),
            {}};
        for (const auto& field : response)
            answer.headers[std::string{field.name_string()}] = std::string{field.value()};
        return answer;
    }

    std::string path(const std::string& rest = {})
    {
        return "/api/conversations/" + host->public_id(conversation()) + rest;
    }

    /// Runs a puppet's function where the host calls it, and waits until all that follows has happened.
    template <class Function>
    void on_lane(const Function& function)
    {
        function(puppet());
        settle();
    }

    std::unique_ptr<http::Site> site;
};

}  // namespace host::test
