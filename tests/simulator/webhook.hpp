/// A callback endpoint as a user of the platform has one: it keeps what it gets and answers as it is told.
#pragma once

#include "simulator/loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace simulator::test {

namespace http = boost::beast::http;

/// One request, and what the webhook does about it: status 0 hangs until the caller has had enough.
///
/// connection  counts the connections it came on
struct Received {
    std::string method = {};
    std::string query = {};
    std::string body = {};
    std::string content_type = {};
    bool chunked = false;
    int connection = 0;
};
struct Answering {
    unsigned status = 200;
    std::string body = "success";
    bool closes = false;  // the connection, though it said that it would be kept
};

class Webhook {
public:
    using Answer = std::function<Answering(const Received&)>;

    explicit Webhook(Answer answer)
        : answer_(std::move(answer)),
          acceptor_(loop_, Tcp::endpoint{boost::asio::ip::make_address("127.0.0.1"), 0}),
          port_(acceptor_.local_endpoint().port())
    {
        boost::asio::co_spawn(loop_, accept(), boost::asio::detached);
        thread_ = std::thread{[this] { loop_.run(); }};
    }
    ~Webhook()
    {
        loop_.stop();
        thread_.join();
    }

    [[nodiscard]] std::string url() const
    {
        return "http://127.0.0.1:" + std::to_string(port_) + "/wechat/bank";
    }
    [[nodiscard]] std::vector<Received> received()
    {
        const std::scoped_lock lock{mutex_};
        return received_;
    }

private:
    Task<void> accept()
    {
        while (true) {
            TcpStream stream{loop_.get_executor()};
            const auto [error] = co_await acceptor_.async_accept(stream.socket(), outcome);
            if (error)
                co_return;
            boost::asio::co_spawn(loop_, serve(std::move(stream)), boost::asio::detached);
        }
    }

    Task<void> serve(TcpStream stream)
    {
        const auto connection = ++connections_;
        boost::beast::flat_buffer buffer;
        bool open = true;
        while (open) {
            http::request<http::string_body> request;
            const auto [error, size] = co_await http::async_read(stream, buffer, request, outcome);
            if (error)
                co_return;
            const auto answering = answer_(keep(request, connection));
            if (answering.status == 0) {
                co_await http::async_read(stream, buffer, request, outcome);
                co_return;
            }
            http::response<http::string_body> response{http::status::ok, 11};
            response.result(answering.status);
            response.body() = answering.body;
            response.keep_alive(request.keep_alive());
            response.prepare_payload();
            co_await http::async_write(stream, response, outcome);
            open = request.keep_alive() && !answering.closes;
        }
    }

    Received keep(const http::request<http::string_body>& request, int connection)
    {
        const std::string target{request.target()};
        const std::scoped_lock lock{mutex_};
        received_.push_back({
            .method = std::string{request.method_string()},
            .query = target.substr(target.find('?') + 1),
            .body = request.body(),
            .content_type = std::string{request[http::field::content_type]},
            .chunked = request.chunked(),
            .connection = connection,
        });
        return received_.back();
    }

    Answer answer_;
    boost::asio::io_context loop_{1};
    boost::asio::basic_socket_acceptor<Tcp, Executor> acceptor_;
    unsigned port_;
    int connections_ = 0;
    std::mutex mutex_;
    std::vector<Received> received_;
    std::thread thread_;
};

}  // namespace simulator::test
