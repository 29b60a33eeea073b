/// Where the gateway brings texts and delivery receipts: a small HTTP server with limits.
#pragma once

#include "sms/settings.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace sms {

class Webhook {
public:
    struct Request {
        std::string path, body, authorization;
    };
    /// The HTTP status that the gateway gets; to be called once, from any thread.
    using Reply = std::function<void(unsigned status)>;
    using Handler = std::function<void(const Request&, Reply)>;

    /// Binds; throws boost::system::system_error.
    Webhook(boost::asio::io_context& loop, const Endpoint& listen, Handler handler);
    void start();
    void stop();
    [[nodiscard]] std::uint16_t port() const;

private:
    using Socket = boost::asio::ip::tcp::socket;
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(Socket socket);
    boost::asio::awaitable<unsigned> ask(Request request);

    boost::asio::io_context& loop_;
    boost::asio::ip::tcp::acceptor acceptor_;
    Handler handler_;
    std::size_t connections_ = 0;
};

}  // namespace sms
