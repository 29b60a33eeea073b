/// An SMS gateway inside the test: takes texts once per id, says what it is told to say.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace channels::test {

namespace http = boost::beast::http;
using tcp = boost::asio::ip::tcp;

class Gateway {
public:
    Gateway() : acceptor_(loop_, {boost::asio::ip::make_address("127.0.0.1"), 0})
    {
        port_ = acceptor_.local_endpoint().port();
        thread_ = std::thread{[this] { serve(); }};
    }
    ~Gateway()
    {
        ending_ = true;
        try {
            tcp::socket wake{loop_};
            wake.connect({boost::asio::ip::make_address("127.0.0.1"), port_});
        } catch (const boost::system::system_error&) {
            // It has ended already.
        }
        thread_.join();
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    /// The next requests are answered so, before it is good again.
    void will_answer(std::deque<unsigned> statuses)
    {
        const std::lock_guard lock{mutex_};
        next_ = std::move(statuses);
    }
    /// "+49... Hello": what has been taken, in order.
    std::vector<std::string> texts()
    {
        const std::lock_guard lock{mutex_};
        return texts_;
    }
    int requests()
    {
        const std::lock_guard lock{mutex_};
        return requests_;
    }

private:
    void serve()
    {
        while (!ending_) {
            tcp::socket socket{loop_};
            acceptor_.accept(socket);
            try {
                boost::beast::flat_buffer buffer;
                http::request<http::string_body> request;
                http::read(socket, buffer, request);
                http::response<http::string_body> response{http::int_to_status(take(request.body())), 11};
                response.body() = R"({"code":"wrong_number","text":"no such telephone"})";
                response.keep_alive(false);
                response.prepare_payload();
                http::write(socket, response);
            } catch (const boost::system::system_error&) {
                // The peer is gone.
            }
        }
    }

    unsigned take(const std::string& body)
    {
        const std::lock_guard lock{mutex_};
        ++requests_;
        if (!next_.empty()) {
            const auto status = next_.front();
            next_.pop_front();
            return status;
        }
        const auto object = boost::json::parse(body).as_object();
        const auto word = [&](const char* name) { return std::string{object.at(name).as_string()}; };
        if (known_.emplace(word("id"), 1).second)
            texts_.push_back(word("to") + " " + word("text"));
        return 200;
    }

    boost::asio::io_context loop_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::atomic<bool> ending_ = false;
    std::mutex mutex_;
    std::deque<unsigned> next_;
    std::vector<std::string> texts_;
    std::map<std::string, int> known_;
    int requests_ = 0;
    std::thread thread_;
};

/// One request to the channel's port; gives the status.
inline unsigned
post(std::uint16_t port, const std::string& path, const std::string& body, const std::string& token = {})
{
    boost::asio::io_context loop;
    tcp::socket socket{loop};
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    http::request<http::string_body> request{http::verb::post, path, 11};
    request.set(http::field::host, "127.0.0.1");
    if (!token.empty())
        request.set(http::field::authorization, "Bearer " + token);
    request.body() = body;
    request.prepare_payload();
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    boost::beast::error_code closed;
    http::read(socket, buffer, response, closed);
    return closed ? 0 : response.result_int();
}

}  // namespace channels::test
