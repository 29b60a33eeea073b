#include "plugin/doctor_way.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <optional>

namespace wechat::plugin {
namespace {

using channel::Examined;

// A certificate is renewed weeks before its end; one that was not yet is worth a word.
constexpr Duration soon = std::chrono::hours{24 * 14};

std::string words_of(const boost::system::error_code& failure)
{
    return failure == beast::error::timeout ? "no answer in time" : failure.message();
}

/// Why OpenSSL does not believe the certificate; empty: it does, or has not come to it.
std::string doubt(SSL* connection)
{
    const auto result = SSL_get_verify_result(connection);
    return result == X509_V_OK ? std::string{} : X509_verify_cert_error_string(result);
}

std::optional<Time> end_of_certificate(SSL* connection)
{
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(connection), &X509_free
    );
    std::tm parts = {};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1)
        return std::nullopt;
    return from_seconds(::timegm(&parts));
}

std::string date_of(Time time)
{
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    const auto digits = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + '-' + digits(static_cast<unsigned>(day.month()))
         + '-' + digits(static_cast<unsigned>(day.day()));
}

Examined judge_certificate(const std::string& at, SSL* connection, Time now)
{
    const std::string version = SSL_get_version(connection);
    const auto ends = end_of_certificate(connection);
    const auto until = ends ? ", its certificate is good until " + date_of(*ends) : std::string{};
    if (ends && *ends < now + soon)
        return doubtful(
            "connection",
            at + " over " + version + until,
            "If this is a proxy of yours, renew its certificate; WeChat renews its own."
        );
    return healthy("connection", at + " over " + version + until);
}

// Where there is no name to check, an address is.
void expect_host(SSL* connection, const std::string& host)
{
    auto* const parameters = SSL_get0_param(connection);
    boost::system::error_code no_address;
    asio::ip::make_address(host, no_address);
    if (no_address) {
        std::string name = host;
        SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());  // SNI
        X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str());
    }
}

asio::ssl::context trusting_the_system()
{
    asio::ssl::context tls{asio::ssl::context::tls_client};
    tls.set_default_verify_paths();
    tls.set_verify_mode(asio::ssl::verify_peer);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);  // wechat-protocol.md 7
    return tls;
}

Examined not_connected(const std::string& at, const std::string& why)
{
    return wrong(
        "connection",
        at + ": " + why,
        "Let this machine reach it: look at firewalls, proxies, and wechat.api in the customer's file."
    );
}

}  // namespace

Task<Examined> examine_connection(Loop& loop, platform::Url url, Time now, Patience patience)
{
    const auto at = authority(url);
    boost::system::error_code failure;
    Resolver resolver{loop};
    const auto addresses = co_await resolver.async_resolve(url.host, url.port, into(failure));
    if (failure)
        co_return not_connected(at, failure.message());

    Stream tcp{loop};
    tcp.expires_after(patience.connect);
    co_await tcp.async_connect(addresses, into(failure));
    if (failure)
        co_return not_connected(at, words_of(failure));
    if (!url.tls)
        co_return healthy("connection", at + " without TLS: it is this machine itself");

    auto tls = trusting_the_system();
    asio::ssl::stream<Stream&> stream{tcp, tls};
    expect_host(stream.native_handle(), url.host);
    co_await stream.async_handshake(asio::ssl::stream_base::client, into(failure));
    if (!failure)
        co_return judge_certificate(at, stream.native_handle(), now);
    const auto why = doubt(stream.native_handle());
    if (why.empty())
        co_return wrong(
            "connection",
            at + ": TLS fails: " + words_of(failure),
            "Something answers there that is not WeChat: look at proxies, and at wechat.api in the "
            "customer's file."
        );
    co_return wrong(
        "connection",
        at + ": its certificate is not believed: " + why,
        "If a proxy of yours opens TLS, give this machine its authority; else update ca-certificates and the "
        "clock."
    );
}

}  // namespace wechat::plugin
