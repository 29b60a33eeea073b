/// The webhook's server on a thread of its own, and peers of it.
#pragma once

#include "webhook/a_customer.hpp"
#include "webhook/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace wechat::webhook {

using namespace std::chrono_literals;

// A peer of the server with a plain socket, over TLS where it is told so.
class Peer {
public:
    explicit Peer(std::uint16_t port, bool tls = false)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const timeval patience{.tv_sec = 30, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        if (!tls)
            return;
        context_.reset(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        tls_.reset(SSL_new(context_.get()), SSL_free);
        SSL_set_fd(tls_.get(), socket_);
        connected_ = connected_ && SSL_connect(tls_.get()) == 1;
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() { ::close(socket_); }

    [[nodiscard]] bool connected() const { return connected_; }
    void write(const std::string& bytes)
    {
        if (tls_)
            SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        else
            (void)!::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    // One answer: its status; 0: the server has closed.
    int status()
    {
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!more())
                return 0;
        const auto field = received_.find("Content-Length: ") + 16;
        const auto size = received_.find("\r\n\r\n") + 4 + std::stoul(received_.substr(field));
        while (received_.size() < size)
            if (!more())
                return 0;
        answer_ = received_.substr(0, size);
        received_.erase(0, size);
        return std::stoi(answer_.substr(9, 3));
    }
    [[nodiscard]] const std::string& answer() const { return answer_; }
    bool closed() { return received_.empty() && !more(); }

private:
    bool more()
    {
        std::string part(4096, '\0');
        const auto got = tls_ ? SSL_read(tls_.get(), part.data(), static_cast<int>(part.size()))
                              : ::recv(socket_, part.data(), part.size(), 0);
        if (got <= 0)
            return false;
        received_.append(part, 0, static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    bool connected_ = false;
    std::shared_ptr<SSL_CTX> context_;
    std::shared_ptr<SSL> tls_;
    std::string received_, answer_;
};

inline std::string http(const codec::CallbackRequest& request, const std::string& fields = {})
{
    return "POST /wechat/harbour-bank?" + request.query + " HTTP/1.1\r\nHost: h\r\n" + fields
         + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

// The server on a thread of its own. Callbacks named "Wait" are in hand until they are let go.
class AServer {
public:
    explicit AServer(Limits limits = {}, std::optional<Certificate> certificate = {})
    {
        Options options;
        options.port = 0;
        options.limits = limits;
        options.tls = std::move(certificate);
        Seam seam;
        seam.account_of = [this](std::string_view customer) {
            return customer == "harbour-bank" ? account : nullptr;
        };
        seam.apply = [this](std::string, codec::Callback callback) { return apply(std::move(callback)); };
        seam.now = [] { return Time{}; };
        Log log{[this](Level, std::string_view, std::string_view, Log::Fields) { ++lines; }};
        server_ = std::make_unique<Server>(loop_, std::move(options), std::move(seam), std::move(log), busy);
        started = server_->start();
        port = server_->port();
        thread_ = std::thread([this] { loop_.run(); });
    }
    AServer(const AServer&) = delete;
    AServer& operator=(const AServer&) = delete;
    ~AServer()
    {
        let_go();
        stop(5s).wait();
        guard_.reset();
        thread_.join();
    }

    std::future<void> stop(std::chrono::milliseconds grace)
    {
        const auto ended = std::make_shared<std::promise<void>>();
        asio::post(loop_, [this, grace, ended] {
            asio::co_spawn(loop_, server_->stop(grace), [ended](const std::exception_ptr&) {
                ended->set_value();
            });
        });
        return ended->get_future();
    }
    void let_go()
    {
        on_loop([this] {
            gone_ = true;
            for (auto& timer : waiting_)
                timer->cancel();
        });
    }
    Figures figures()
    {
        Figures figures;
        on_loop([&] { figures = server_->figures(); });
        return figures;
    }
    // Until the server has seen what the test has sent.
    void until(const std::function<bool(const Figures&)>& condition)
    {
        while (!condition(figures()))
            std::this_thread::yield();
    }
    std::string message(const std::string& text, const std::string& fields = {})
    {
        return http(a_message(*account, text), fields);
    }

    std::shared_ptr<const codec::CallbackAccount> account = a_customer();
    Busy busy;
    Result<void> started;
    std::uint16_t port = 0;
    std::atomic<int> applied = 0, in_hand = 0, lines = 0;  // lines: of the log

private:
    template <class Function>
    void on_loop(const Function& function)
    {
        std::promise<void> done;
        asio::post(loop_, [&] {
            function();
            done.set_value();
        });
        done.get_future().wait();
    }
    Task<Result<std::string>> apply(codec::Callback callback)
    {
        if (std::get<codec::ContactMessage>(callback.what).content.text == "Wait" && !gone_) {
            ++in_hand;
            const auto timer = std::make_shared<Timer>(loop_, Timer::time_point::max());
            waiting_.push_back(timer);
            boost::system::error_code cancelled;
            co_await timer->async_wait(into(cancelled));
            --in_hand;
        }
        ++applied;
        co_return std::string();
    }

    Loop loop_;
    asio::executor_work_guard<Executor> guard_{loop_.get_executor()};
    std::vector<std::shared_ptr<Timer>> waiting_;
    bool gone_ = false;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

inline Limits with(std::size_t Limits::*member, std::size_t value)
{
    Limits limits;
    limits.*member = value;
    return limits;
}

}  // namespace wechat::webhook
