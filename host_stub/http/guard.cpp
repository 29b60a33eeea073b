#include "http/guard.hpp"

#include "config.hpp"

#include <openssl/crypto.h>

namespace host::http {
namespace {

// "localhost:8080", "[::1]:8080", "127.0.0.1".
std::string_view name_in(std::string_view host)
{
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        return end == std::string_view::npos ? std::string_view{} : host.substr(1, end - 1);
    }
    return host.substr(0, host.find(':'));
}

bool names_loopback(std::string_view host)
{
    const auto name = name_in(host);
    return name == "localhost" || is_loopback(name);
}

// A browser says where the page came from; programs say nothing.
bool same_origin(const Request& request)
{
    return request.origin.empty() || request.origin == "http://" + request.host
        || request.origin == "https://" + request.host;
}

// The page itself holds nothing, and has to be there to ask for the token.
bool is_public(const Request& request)
{
    return !request.path.starts_with("/api/") && request.path != "/metrics";
}

bool changes_state(const Request& request)
{
    return request.method != "GET" && request.method != "HEAD";
}

}  // namespace

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// A browser cannot set Authorization on a WebSocket: there the token is the second of two protocols.
bool Guard::token_matches(const Request& request) const
{
    constexpr std::string_view header = "Bearer ";
    constexpr std::string_view protocol = "bearer, ";
    if (request.authorization.starts_with(header))
        return equal_in_constant_time(request.authorization.substr(header.size()), token);
    return request.protocol.starts_with(protocol)
        && equal_in_constant_time(request.protocol.substr(protocol.size()), token);
}

std::optional<Answer> Guard::refuse(const Request& request) const
{
    if (loopback && !names_loopback(request.host))
        return failure(403, "wrong_host", "This server answers to localhost only.");
    if (!token.empty() && !is_public(request) && !token_matches(request))
        return failure(
            401, "unauthorized", "This needs the header Authorization: Bearer with the API's token."
        );
    const auto is_socket = request.path == "/api/events";
    if ((changes_state(request) || is_socket) && !same_origin(request))
        return failure(403, "wrong_origin", "A page of another site may not do this.");
    return std::nullopt;
}

}  // namespace host::http
