#include "platform/connection.hpp"

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <sys/socket.h>

namespace wechat::platform {

namespace http = beast::http;

namespace {

// SNI. OpenSSL's macro for it, SSL_set_tlsext_host_name, casts in C's way.
bool name_host(SSL* connection, std::string host)
{
    return SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

}  // namespace

Connection::Connection(Loop& loop, asio::ssl::context* tls)
{
    if (tls != nullptr)
        tls_.emplace(loop, *tls);
    else
        plain_.emplace(loop);
}

Task<Result<void>> Connection::connect(Url url, std::chrono::milliseconds limit)
{
    boost::system::error_code failure;

    Resolver resolver{tcp().get_executor()};
    const auto addresses = co_await resolver.async_resolve(url.host, url.port, into(failure));
    if (failure)
        co_return fail(errc::not_connected, url.host + ": " + failure.message());
    if (closed_)
        co_return fail(
            errc::not_connected, "closed"
        );  // while the name was looked up; connecting would open it again

    tcp().expires_after(limit);
    co_await tcp().async_connect(addresses, into(failure));
    if (failure)
        co_return fail(errc::not_connected, url.host + ": " + failure.message());
    boost::system::error_code ignored;
    tcp().socket().set_option(Tcp::no_delay{true}, ignored);

    if (tls_) {
        if (!name_host(tls_->native_handle(), url.host))
            co_return fail(errc::tls, "no room for the host's name");
        tls_->set_verify_callback(asio::ssl::host_name_verification{url.host});
        co_await tls_->async_handshake(asio::ssl::stream_base::client, into(failure));
        if (failure)
            co_return fail(errc::tls, url.host + ": " + failure.message());
    }
    alive_ = true;
    co_return Result<void>{};
}

Task<Result<Answer>>
Connection::exchange(std::string request, std::chrono::milliseconds limit, std::size_t most)
{
    boost::system::error_code failure;
    alive_ = false;  // until the answer says otherwise
    tcp().expires_after(limit);

    const auto bytes = asio::buffer(request);
    if (tls_)
        co_await asio::async_write(*tls_, bytes, into(failure));
    else
        co_await asio::async_write(*plain_, bytes, into(failure));
    // Even a write that failed may have brought enough for the platform to act on it.
    if (failure)
        co_return fail(errc::no_answer, failure.message());

    http::response_parser<http::string_body> parser;
    parser.body_limit(most);
    if (tls_)
        co_await http::async_read(*tls_, buffer_, parser, into(failure));
    else
        co_await http::async_read(*plain_, buffer_, parser, into(failure));
    if (failure) {
        const bool http_fault =
            failure.category() == http::make_error_code(http::error::bad_method).category()
            && failure != http::error::end_of_stream && failure != http::error::partial_message;
        co_return fail(http_fault ? errc::bad_answer : errc::no_answer, failure.message());
    }
    tcp().expires_never();
    // What comes behind an answer would be read as the next one.
    alive_ = parser.get().keep_alive() && buffer_.size() == 0 && !closed_;
    used_ = std::chrono::steady_clock::now();
    Answer answer;
    answer.status = parser.get().result_int();
    answer.content_type = parser.get()[http::field::content_type];
    answer.disposition = parser.get()[http::field::content_disposition];
    answer.body = std::move(parser.get().body());
    answer.date = std::string{parser.get()[http::field::date]};
    co_return answer;
}

bool Connection::reusable(std::chrono::seconds idle)
{
    if (!alive_ || std::chrono::steady_clock::now() - used_ > idle)
        return false;
    char byte = 0;
    const auto got = ::recv(tcp().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace wechat::platform
