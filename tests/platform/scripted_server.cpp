#include "platform/scripted_server.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace wechat::scripted {
namespace {

// One end of a connection, with or without TLS.
class Line {
public:
    Line(int socket, SSL_CTX* tls) : socket_(socket)
    {
        if (tls == nullptr)
            return;
        tls_.reset(SSL_new(tls), SSL_free);
        SSL_set_fd(tls_.get(), socket);
        good_ = SSL_accept(tls_.get()) == 1;
    }
    [[nodiscard]] bool good() const { return good_; }

    // One request; nothing: the peer has gone.
    [[nodiscard]] std::optional<Request> read()
    {
        while (received_.find("\r\n\r\n") == std::string::npos)
            if (!more())
                return std::nullopt;
        Request request;
        const auto end = received_.find("\r\n\r\n") + 4;
        request.head = received_.substr(0, end);
        const auto size = content_length(request.head);
        while (received_.size() < end + size)
            if (!more())
                return std::nullopt;
        request.body = received_.substr(end, size);
        received_.erase(0, end + size);
        const auto target = request.head.find(' ') + 1;
        request.target = request.head.substr(target, request.head.find(' ', target) - target);
        return request;
    }

    void write(const std::string& bytes)
    {
        if (bytes.empty())
            return;
        if (tls_)
            SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        else
            (void)!::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

private:
    static std::size_t content_length(std::string head)
    {
        std::ranges::transform(head, head.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        });
        const auto field = head.find("content-length:");
        return field == std::string::npos ? 0 : std::stoul(head.substr(field + 15));
    }

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
    std::shared_ptr<SSL> tls_;
    bool good_ = true;
    std::string received_;
};

std::shared_ptr<void> context_of(const Tls& files)
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1
        || SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("certificate or key of the scripted server");
    return context;
}

}  // namespace

Reply http(int status, const std::string& body, const std::string& fields)
{
    Reply reply;
    reply.bytes = "HTTP/1.1 " + std::to_string(status) + " So it is\r\n" + fields
                + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    return reply;
}

void Gate::wait()
{
    std::unique_lock lock{mutex_};
    opened_.wait(lock, [this] { return open_; });
}

void Gate::open()
{
    {
        const std::lock_guard lock{mutex_};
        open_ = true;
    }
    opened_.notify_all();
}

Server::Server(Script script, const std::optional<Tls>& tls)
    : script_(std::move(script)), tls_(tls ? context_of(*tls) : nullptr)
{
    // OpenSSL writes into a socket that the client may have closed: that ends the connection, not the test.
    ::signal(SIGPIPE, SIG_IGN);
    listen();
}

// At the port it had before, if it had one.
void Server::listen()
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, plain, size) != 0 || ::listen(listener_, 512) != 0
        || ::getsockname(listener_, plain, &size) != 0)
        throw std::runtime_error("no port for the scripted server");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this, listener = listener_] { accept_until_closed(listener); });
}

void Server::goes_away()
{
    const std::lock_guard lock{listening_};
    if (!acceptor_.joinable())
        return;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
}

void Server::hangs_up()
{
    const std::lock_guard lock{mutex_};
    for (const int socket : open_)
        ::shutdown(socket, SHUT_RDWR);
}

void Server::comes_back()
{
    const std::lock_guard lock{listening_};
    if (!acceptor_.joinable())
        listen();
}

Server::~Server()
{
    goes_away();
    hangs_up();
    for (auto& thread : threads_)
        thread.join();
}

void Server::accept_until_closed(int listener)
{
    for (;;) {
        const int socket = ::accept(listener, nullptr, nullptr);
        if (socket < 0)
            return;
        const std::lock_guard lock{mutex_};
        open_.push_back(socket);
        threads_.emplace_back([this, socket, number = ++accepted_] { serve(socket, number); });
    }
}

void Server::serve(int socket, int number)
{
    {
        Line line{socket, static_cast<SSL_CTX*>(tls_.get())};
        while (line.good()) {
            auto request = line.read();
            if (!request)
                break;
            request->connection = number;
            {
                const std::lock_guard lock{mutex_};
                requests_.push_back(*request);
            }
            changed_.notify_all();
            const auto reply = script_(*request);
            line.write(reply.bytes);
            if (reply.close)
                break;
        }
    }
    const std::lock_guard lock{mutex_};
    std::erase(open_, socket);
    ::close(socket);
    ++closed_;
    changed_.notify_all();
}

std::vector<Request> Server::requests()
{
    const std::lock_guard lock{mutex_};
    return requests_;
}

std::vector<Request> Server::requests_to(const std::string& path)
{
    auto all = requests();
    std::erase_if(all, [&](const Request& request) { return !request.target.starts_with(path); });
    return all;
}

int Server::connections()
{
    const std::lock_guard lock{mutex_};
    return accepted_;
}

bool Server::wait_for_requests(std::size_t count)
{
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{30}, [&] { return requests_.size() >= count; });
}

bool Server::wait_for_closed(int count)
{
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{30}, [&] { return closed_ >= count; });
}

}  // namespace wechat::scripted
