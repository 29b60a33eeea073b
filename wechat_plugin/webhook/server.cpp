#include "webhook/server.hpp"

#include "loop/signal.hpp"
#include "webhook/answer.hpp"
#include "webhook/occasional.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <unordered_set>

namespace wechat::webhook {

namespace http = beast::http;

namespace {

using Moment = std::chrono::steady_clock::time_point;
using TlsStream = asio::ssl::stream<Socket>;

// How often deadlines are looked at. One timer for all: Beast's stream arms and disarms one for each read and write.
constexpr std::chrono::seconds look_every{1};

// A connection in the server's list: by when it must be done with what it does.
struct Connection {
    explicit Connection(Socket& opened) : socket(opened) {}
    void within(std::chrono::seconds time) { deadline = std::chrono::steady_clock::now() + time; }

    Socket& socket;
    Moment deadline = Moment::max();
};

}  // namespace

struct Server::State {
    State(Loop& loop_, Options options_, Seam seam_, Log log_, Busy& busy_)
        : loop(loop_),
          options(std::move(options_)),
          seam(std::move(seam_)),
          log(std::move(log_)),
          busy(busy_),
          acceptor(loop_),
          tls(asio::ssl::context::tls_server),
          look(loop_),
          changed(loop_)
    {}

    // All of them keep the state alive, whatever becomes of the server.
    static Task<> accept(std::shared_ptr<State> state);
    static Task<> close_overdue(std::shared_ptr<State> state);
    template <class Session>
    static Task<> serve(std::shared_ptr<State> state, Session session);

    void accepted(Socket socket, const std::shared_ptr<State>& self);
    template <class Session>
    Task<bool> serve_one(Session& session, Connection& connection, beast::flat_buffer& buffer);
    Task<Answer> answer_within_limits(Request request);
    void complain(const Answer& answer, const std::string& why);

    Loop& loop;
    Options options;
    Seam seam;
    Log log;
    Busy& busy;
    Acceptor acceptor;
    asio::ssl::context tls;
    Timer look;
    std::unordered_set<Connection*> open = {};
    std::size_t in_hand = 0;
    bool stopping = false;
    Signal changed;  // a request has been answered, a connection has ended
    Figures figures = {};
    Occasional refusals = {};
};

namespace {

Socket& socket_of(Socket& session)
{
    return session;
}
Socket& socket_of(TlsStream& session)
{
    return session.next_layer();
}

using Parser = http::request_parser<http::string_body>;

// Gives the parser what has come, as far as the request goes; need_more: it is not whole yet.
//
// header  how much may wait for the rest of its line: the parser bounds fields before a body, but not those after the
//         last chunk
boost::system::error_code feed(Parser& parser, beast::flat_buffer& buffer, std::size_t header)
{
    boost::system::error_code failure;
    buffer.consume(parser.put(buffer.data(), failure));
    if (!failure && !parser.is_done())
        failure = http::error::need_more;
    if (failure == http::error::need_more && buffer.size() > header)
        failure = http::error::header_limit;
    return failure;
}

Request::Method method_of(http::verb verb)
{
    if (verb == http::verb::get)
        return Request::Method::get;
    return verb == http::verb::post ? Request::Method::post : Request::Method::other;
}

// 0: the peer is gone or too slow, and nothing can be said to it.
unsigned status_of(const boost::system::error_code& failure)
{
    if (failure == http::error::body_limit)
        return 413;
    if (failure == http::error::header_limit)
        return 431;
    const bool http_fault = failure.category() == make_error_code(http::error::bad_method).category();
    return http_fault && failure != http::error::end_of_stream && failure != http::error::partial_message
             ? 400
             : 0;
}

// Keeps the count of what is in hand, whatever way a request ends.
class Held {
public:
    Held(std::size_t& count, Signal& changed) : count_(count), changed_(changed) { ++count_; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held()
    {
        --count_;
        changed_.raise();
    }

private:
    std::size_t& count_;
    Signal& changed_;
};

}  // namespace

Task<> Server::State::accept(std::shared_ptr<State> state)
{
    for (;;) {
        boost::system::error_code failure;
        auto socket = co_await state->acceptor.async_accept(state->loop.get_executor(), into(failure));
        if (state->stopping || failure == asio::error::operation_aborted)
            co_return;
        if (failure) {
            // Out of descriptors, for example: those who are connected go on, the next one gets a moment.
            state->log(
                Level::error, "accept_failed", "a connection was not accepted", {{"fault", failure.message()}}
            );
            Timer pause(state->loop, std::chrono::milliseconds(100));
            co_await pause.async_wait(into(failure));
            continue;
        }
        state->accepted(std::move(socket), state);
    }
}

Task<> Server::State::close_overdue(std::shared_ptr<State> state)
{
    boost::system::error_code ignored;
    while (!state->stopping || !state->open.empty()) {
        state->look.expires_after(look_every);
        co_await state->look.async_wait(into(ignored));
        const auto now = std::chrono::steady_clock::now();
        for (auto* connection : state->open)
            if (connection->deadline < now)
                connection->socket.close(ignored);
    }
}

void Server::State::accepted(Socket socket, const std::shared_ptr<State>& self)
{
    if (open.size() >= options.limits.connections)
        return;  // closed by its destructor
    boost::system::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    if (options.tls)
        asio::co_spawn(loop, serve(self, TlsStream(std::move(socket), tls)), asio::detached);
    else
        asio::co_spawn(loop, serve(self, std::move(socket)), asio::detached);
}

template <class Session>
Task<> Server::State::serve(std::shared_ptr<State> state, Session session)
{
    Connection connection(socket_of(session));
    state->open.insert(&connection);
    state->figures.connections = state->open.size();
    try {
        bool ready = true;
        if constexpr (std::is_same_v<Session, TlsStream>) {
            boost::system::error_code failure;
            connection.within(state->options.limits.arrival);
            co_await session.async_handshake(asio::ssl::stream_base::server, into(failure));
            ready = !failure;
        }
        beast::flat_buffer buffer;
        while (ready && !state->stopping)
            ready = co_await state->serve_one(session, connection, buffer);
    } catch (const std::exception& failure) {
        state->log(
            Level::error,
            "connection_failed",
            "a fault of ours ended a connection",
            {{"fault", failure.what()}}
        );
    }
    state->open.erase(&connection);
    state->figures.connections = state->open.size();
    state->changed.raise();
}

// One request and its answer; whether the connection may carry another.
template <class Session>
Task<bool> Server::State::serve_one(Session& session, Connection& connection, beast::flat_buffer& buffer)
{
    boost::system::error_code failure;
    if (buffer.size() == 0) {
        connection.within(options.limits.idle);
        const auto size = co_await session.async_read_some(buffer.prepare(4096), into(failure));
        if (failure)
            co_return false;
        buffer.commit(size);
    }
    const auto work = busy.begin();
    ++figures.requests;
    connection.within(options.limits.arrival);
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options.limits.header));
    parser.body_limit(options.limits.body);
    parser.eager(true);
    failure = feed(parser, buffer, options.limits.header);
    while (failure == http::error::need_more) {
        const auto size = co_await session.async_read_some(buffer.prepare(4096), into(failure));
        buffer.commit(size);
        if (!failure)
            failure = feed(parser, buffer, options.limits.header);
    }

    Answer given;
    bool keep = false;
    if (failure) {
        given.status = status_of(failure);
        if (given.status == 0) {
            ++figures.cut_off;
            co_return false;
        }
        complain(given, failure.message());
    } else {
        Request request;
        request.method = method_of(parser.get().method());
        request.target = std::string(parser.get().target());
        request.body = std::move(parser.get().body());
        connection.deadline = Moment::max();
        given = co_await answer_within_limits(std::move(request));
        keep = given.status == 200 && parser.get().keep_alive() && !stopping;
    }
    const auto bytes = to_bytes(given, keep);
    connection.within(options.limits.departure);
    co_await asio::async_write(session, asio::buffer(bytes), into(failure));
    co_return keep && !failure;
}

Task<Answer> Server::State::answer_within_limits(Request request)
{
    Answer given;
    if (in_hand >= options.limits.in_hand) {
        // Better a refusal now than an answer after WeChat's 5 s: nothing has been stored, it comes again.
        given.status = 503;
        complain(given, "overload");
        co_return given;
    }
    const Held held(in_hand, changed);
    const bool check = request.method == Request::Method::get;
    std::string why;
    given = co_await answer(seam, std::move(request), why);
    if (given.status == 200)
        ++(check ? figures.checks : figures.acknowledged);
    else
        complain(given, why);
    co_return given;
}

void Server::State::complain(const Answer& answer, const std::string& why)
{
    if (answer.status == 403)
        ++figures.forged;
    else if (answer.status == 503)
        ++figures.put_off;
    else
        ++figures.unreadable;
    if (const auto times = refusals.now(std::chrono::steady_clock::now()))
        log(Level::warning,
            "callback_refused",
            "a request to the webhook was refused",
            {{"status", answer.status}, {"why", why}, {"times", *times}});
}

Server::Server(Loop& loop, Options options, Seam seam, Log log, Busy& busy)
    : state_(std::make_shared<State>(loop, std::move(options), std::move(seam), std::move(log), busy))
{}

Server::~Server()
{
    state_->stopping = true;
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    state_->look.cancel();
}

Result<void> Server::start()
{
    const auto& options = state_->options;
    boost::system::error_code failure;
    if (options.tls) {
        state_->tls.use_certificate_chain_file(options.tls->chain_file, failure);
        if (failure)
            return fail(errc::bad_settings, options.tls->chain_file + ": " + failure.message());
        state_->tls.use_private_key_file(options.tls->key_file, asio::ssl::context::pem, failure);
        if (failure)
            return fail(errc::bad_settings, options.tls->key_file + ": " + failure.message());
        SSL_CTX_set_min_proto_version(state_->tls.native_handle(), TLS1_2_VERSION);
    }
    const auto where = options.address + ':' + std::to_string(options.port);
    const auto address = asio::ip::make_address(options.address, failure);
    if (failure)
        return fail(errc::port_unavailable, where + ": not an IP address");
    const Tcp::endpoint endpoint{address, options.port};
    auto& acceptor = state_->acceptor;
    acceptor.open(endpoint.protocol(), failure);
    if (!failure)
        acceptor.set_option(Acceptor::reuse_address{true}, failure);
    if (!failure)
        acceptor.bind(endpoint, failure);
    if (!failure)
        acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (failure)
        return fail(errc::port_unavailable, where + ": " + failure.message());
    asio::co_spawn(state_->loop, State::accept(state_), asio::detached);
    asio::co_spawn(state_->loop, State::close_overdue(state_), asio::detached);
    return {};
}

std::uint16_t Server::port() const
{
    boost::system::error_code ignored;
    return state_->acceptor.local_endpoint(ignored).port();
}

Task<> Server::stop(std::chrono::milliseconds grace)
{
    const auto state = state_;
    state->stopping = true;
    boost::system::error_code ignored;
    state->acceptor.close(ignored);
    // Shared, because the deadline's handler may already be on its way when nothing is left to wait for.
    const auto overdue = std::make_shared<bool>(false);
    Timer deadline(state->loop, grace);
    deadline.async_wait([state, overdue](const boost::system::error_code& cancelled) {
        if (cancelled)
            return;
        *overdue = true;
        state->changed.raise();
    });
    while (state->in_hand > 0 && !*overdue)
        co_await state->changed.wait();
    deadline.cancel();
    for (auto* connection : state->open)
        connection->socket.close(ignored);
    while (!state->open.empty())
        co_await state->changed.wait();
    state->look.cancel();
}

const Figures& Server::figures() const
{
    return state_->figures;
}

}  // namespace wechat::webhook
