#include "platform/client.hpp"

#include "loop/signal.hpp"
#include "platform/connection.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

#include <sstream>
#include <string>
#include <unordered_set>
#include <vector>

namespace wechat::platform {

namespace http = beast::http;

struct Client::State {
    State(Loop& loop_, Url url_, Limits limits_)
        : loop(loop_),
          url(std::move(url_)),
          limits(limits_),
          tls(asio::ssl::context::tls_client),
          freed(loop_)
    {
        tls.set_default_verify_paths();
        tls.set_verify_mode(asio::ssl::verify_peer);
        // TLS 1.0 and 1.1 are not guaranteed there (wechat-protocol.md 7).
        SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    }

    // A kept connection that still lives, or a new one. None is opened beyond the limit: requests wait their turn.
    Task<Result<std::unique_ptr<Connection>>> connection()
    {
        for (;;) {
            if (stopping)
                co_return fail(errc::not_connected, "stopping");
            while (!kept.empty()) {
                auto connection = std::move(kept.back());
                kept.pop_back();
                if (connection->reusable(limits.idle))
                    co_return connection;
                --open;
            }
            if (open < limits.connections)
                break;
            co_await freed.wait();
        }
        ++open;
        ++figures.connections;
        auto connection =
            url.tls ? std::make_unique<Connection>(loop, &tls) : std::make_unique<Connection>(loop, nullptr);
        in_use.insert(connection.get());
        const auto connected = co_await connection->connect(url, limits.connect);
        in_use.erase(connection.get());
        if (!connected) {
            release(nullptr);
            co_return connected.error();
        }
        co_return connection;
    }

    void release(std::unique_ptr<Connection> reusable)
    {
        if (reusable && !stopping)
            kept.push_back(std::move(reusable));
        else
            --open;
        freed.raise();
    }

    Loop& loop;
    Url url;
    Limits limits;
    asio::ssl::context tls;
    std::vector<std::unique_ptr<Connection>> kept = {};
    std::unordered_set<Connection*> in_use = {};  // what stop closes: connecting, or carrying a request
    std::size_t open = 0;                         // kept ones and those in use
    Signal freed;
    bool stopping = false;
    Figures figures = {};
};

namespace {

// As bytes: one write for header and body, over either kind of stream.
std::string request_of(http::verb verb, const Url& url, const std::string& target, const std::string& body)
{
    http::request<http::empty_body> request{verb, url.path + target, 11};
    request.set(http::field::host, authority(url));
    request.set(http::field::user_agent, "wechat-channel");
    if (verb == http::verb::post)
        request.set(http::field::content_type, "application/json; charset=utf-8");
    if (verb == http::verb::post)
        request.content_length(body.size());
    std::ostringstream bytes;
    bytes << request.base();
    return bytes.str() + body;
}

}  // namespace

Client::Client(Loop& loop, Url url, Limits limits)
    : state_(std::make_shared<State>(loop, std::move(url), limits))
{}

Client::~Client()
{
    stop();
}

void Client::stop()
{
    state_->stopping = true;
    state_->open -= state_->kept.size();
    state_->kept.clear();
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
Task<Result<Answer>> exchange(std::shared_ptr<State> state, std::string request)
{
    auto connection = co_await state->connection();
    if (!connection)
        co_return connection.error();
    ++state->figures.requests;
    const auto limits = state->limits;
    state->in_use.insert(connection->get());
    auto answer = co_await (*connection)->exchange(std::move(request), limits.answer, limits.body);
    state->in_use.erase(connection->get());
    const bool keep = answer.has_value() && (*connection)->alive();
    state->release(keep ? std::move(*connection) : nullptr);
    co_return answer;
}

}  // namespace

Task<Result<Answer>> Client::post(std::string target, std::string body)
{
    return exchange(state_, request_of(http::verb::post, state_->url, target, body));
}

Task<Result<Answer>> Client::get(std::string target)
{
    return exchange(state_, request_of(http::verb::get, state_->url, target, {}));
}

}  // namespace wechat::platform
