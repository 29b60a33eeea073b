#include "platform/url.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace wechat::platform {
namespace {

std::string_view usual_port(bool tls)
{
    return tls ? "443" : "80";
}

// By the address itself: a name like 127.0.0.1.example.com may lead anywhere.
bool this_machine(const std::string& host)
{
    in_addr address{};
    const bool loopback =
        inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24U == 127;
    return loopback || host == "localhost" || host == "::1";
}

bool good_port(std::string_view text)
{
    std::uint16_t port = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, port);
    return failure == std::errc{} && stop == end && port != 0;
}

bool ipv6(const std::string& host)
{
    in6_addr address{};
    return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// HOST, HOST:PORT, [IPV6] or [IPV6]:PORT; false: none of them.
bool read_authority(std::string_view text, Url& url)
{
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos)
        return false;
    url.host = text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
    const auto rest = text.substr(bracketed ? end + 1 : end);
    url.port = rest.empty() ? usual_port(url.tls) : rest.substr(1);
    if (bracketed ? !ipv6(url.host) : url.host.empty() || url.host.find_first_of("[]") != std::string::npos)
        return false;
    return (rest.empty() || rest.starts_with(':')) && good_port(url.port);
}

}  // namespace

Result<Url> read_url(std::string_view text)
{
    Url url;
    if (text.starts_with("https://"))
        text.remove_prefix(8);
    else if (text.starts_with("http://")) {
        url.tls = false;
        text.remove_prefix(7);
    } else
        return fail(errc::bad_url, "begins with neither https:// nor http://");
    if (text.find_first_of("@?# \t\r\n") != std::string_view::npos)
        return fail(errc::bad_url, "is more than a host and a path");

    const auto slash = std::min(text.find('/'), text.size());
    auto path = text.substr(slash);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    url.path = path;
    if (!read_authority(text.substr(0, slash), url))
        return fail(errc::bad_url, "is not HOST or HOST:PORT");
    if (!url.tls && !this_machine(url.host))
        return fail(errc::bad_url, "http:// is for this machine only; use https://");
    return url;
}

std::string authority(const Url& url)
{
    const bool bare_ipv6 = url.host.find(':') != std::string::npos;
    auto text = bare_ipv6 ? '[' + url.host + ']' : url.host;
    if (url.port != usual_port(url.tls))
        text += ':' + url.port;
    return text;
}

}  // namespace wechat::platform
