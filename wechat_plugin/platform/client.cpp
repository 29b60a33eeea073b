#include "platform/client.hpp"

#include "loop/signal.hpp"
#include "platform/connection.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

#include <optional>
#include <sstream>
#include <string>
#include <unordered_set>
#include <vector>

namespace wechat::platform {

namespace http = beast::http;

struct Client::State {
    struct Host {
        Url url = {};
        std::vector<std::unique_ptr<Connection>> kept = {};
    };

    // A connection in hand, and the host it leads to.
    struct Line {
        std::unique_ptr<Connection> connection = {};
        std::size_t host = 0;
    };

    /// What stop closes: a connection as long as it connects or carries a request, also where that is cancelled and its
    /// coroutine is unwound.
    class InUse {
    public:
        InUse(std::unordered_set<Connection*>& all, Connection* connection) : all_(all), connection_(connection)
        {
            all_.insert(connection_);
        }
        InUse(const InUse&) = delete;
        InUse& operator=(const InUse&) = delete;
        ~InUse() { all_.erase(connection_); }

    private:
        std::unordered_set<Connection*>& all_;
        Connection* connection_;
    };

    State(Loop& loop_, std::vector<Url> urls, Limits limits_)
        : loop(loop_), limits(limits_), tls(asio::ssl::context::tls_client), freed(loop_)
    {
        for (auto& url : urls)
            hosts.push_back({.url = std::move(url)});
        tls.set_default_verify_paths();
        tls.set_verify_mode(asio::ssl::verify_peer);
        // TLS 1.0 and 1.1 are not guaranteed there (wechat-protocol.md 7).
        SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    }

    // A kept connection that still lives, or a new one; to the next host where this one cannot be reached.
    Task<Result<Line>> line()
    {
        Fault last;
        for (std::size_t tried = 0; tried < hosts.size(); ++tried) {
            const auto host = host_in_use();
            auto connection = co_await connection_to(host);
            if (connection) {
                Line found;
                found.connection = std::move(*connection);
                found.host = host;
                co_return found;
            }
            last = connection.error();
            if (stopping)
                break;
            avoid(host);
        }
        co_return last;
    }

    // None is opened beyond the limit: requests wait their turn.
    Task<Result<std::unique_ptr<Connection>>> connection_to(std::size_t host)
    {
        for (;;) {
            if (stopping)
                co_return fail(errc::not_connected, "stopping");
            auto& kept = hosts[host].kept;
            while (!kept.empty()) {
                auto connection = std::move(kept.back());
                kept.pop_back();
                if (connection->reusable(limits.idle))
                    co_return connection;
                --open;
            }
            if (open < limits.connections || closed_one_of_another(host))
                break;
            co_await freed.wait();
        }
        ++open;
        ++figures.connections;
        const auto url = hosts[host].url;
        auto connection =
            url.tls ? std::make_unique<Connection>(loop, &tls) : std::make_unique<Connection>(loop, nullptr);
        const InUse lent(in_use, connection.get());
        const auto connected = co_await connection->connect(url, limits.connect);
        if (!connected) {
            release({nullptr, host});
            co_return connected.error();
        }
        co_return connection;
    }

    // What is kept open to a host that is not in use must not stand in the way.
    bool closed_one_of_another(std::size_t host)
    {
        for (std::size_t other = 0; other < hosts.size(); ++other) {
            if (other == host || hosts[other].kept.empty())
                continue;
            hosts[other].kept.pop_back();
            --open;
            return true;
        }
        return false;
    }

    void release(Line line)
    {
        if (line.connection && !stopping)
            hosts[line.host].kept.push_back(std::move(line.connection));
        else
            --open;
        freed.raise();
    }

    // The first host is the nearest one: after a while it is tried again.
    std::size_t host_in_use()
    {
        if (current != 0 && std::chrono::steady_clock::now() >= first_again)
            current = 0;
        return current;
    }

    // Whoever comes late with news of a host that is avoided already changes nothing.
    void avoid(std::size_t host)
    {
        if (hosts.size() < 2 || host != current)
            return;
        current = (current + 1) % hosts.size();
        first_again = std::chrono::steady_clock::now() + limits.away;
        ++figures.failovers;
        open -= hosts[host].kept.size();
        hosts[host].kept.clear();
    }

    Loop& loop;
    std::vector<Host> hosts = {};
    std::size_t current = 0;
    std::chrono::steady_clock::time_point first_again = {};
    Limits limits;
    asio::ssl::context tls;
    std::unordered_set<Connection*> in_use = {};
    std::size_t open = 0;                         // kept ones and those in use
    Signal freed;
    bool stopping = false;
    Figures figures = {};
};

namespace {

// As bytes: one write for header and body, over either kind of stream.
std::string bytes_of(const ApiRequest& what, const Url& url)
{
    const auto verb = what.post ? http::verb::post : http::verb::get;
    http::request<http::empty_body> request{verb, url.path + what.target, 11};
    request.set(http::field::host, authority(url));
    request.set(http::field::user_agent, "wechat-channel");
    if (what.post) {
        request.set(http::field::content_type, what.content_type);
        request.content_length(what.body.size());
    }
    std::ostringstream bytes;
    bytes << request.base();
    return bytes.str() + what.body;
}

}  // namespace

Client::Client(Loop& loop, std::vector<Url> hosts, Limits limits)
    : state_(std::make_shared<State>(loop, std::move(hosts), limits))
{}

Client::~Client()
{
    stop();
}

void Client::stop()
{
    state_->stopping = true;
    for (auto& host : state_->hosts) {
        state_->open -= host.kept.size();
        host.kept.clear();
    }
    for (auto* connection : state_->in_use)
        connection->close();
    state_->freed.raise();
}

const Figures& Client::figures() const
{
    return state_->figures;
}

namespace {

template <class State>
Task<Result<Answer>> exchange(std::shared_ptr<State> state, ApiRequest request)
{
    auto line = co_await state->line();
    if (!line)
        co_return line.error();
    ++state->figures.requests;
    const auto limits = state->limits;
    auto* const connection = line->connection.get();
    auto bytes = bytes_of(request, state->hosts[line->host].url);
    std::optional<typename State::InUse> lent(std::in_place, state->in_use, connection);
    auto answer = co_await connection->exchange(
        std::move(bytes),
        request.file ? limits.file_answer : limits.answer,
        request.file ? limits.file_body : limits.body
    );
    lent.reset();
    const bool keep = answer.has_value() && connection->alive();
    const auto host = line->host;
    if (!keep)
        line->connection.reset();
    state->release(std::move(*line));
    if (answer && answer->status >= 500)
        state->avoid(host);
    co_return answer;
}

}  // namespace

Task<Result<Answer>> Client::send(ApiRequest request)
{
    return exchange(state_, std::move(request));
}

}  // namespace wechat::platform
