#include "platform/url.hpp"

#include <algorithm>
#include <array>
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

// Takes the scheme away; false: it is neither.
bool read_scheme(std::string_view& text, Url& url)
{
    url.tls = text.starts_with("https://");
    if (!url.tls && !text.starts_with("http://"))
        return false;
    text.remove_prefix(url.tls ? 8 : 7);
    return true;
}

}  // namespace

Result<Url> read_url(std::string_view text)
{
    Url url;
    if (!read_scheme(text, url))
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

Result<Url> read_file_url(std::string_view text)
{
    Url url;
    if (!read_scheme(text, url))
        return fail(errc::bad_url, "begins with neither https:// nor http://");
    text = text.substr(0, text.find('#'));
    const auto end = std::min(text.find_first_of("/?"), text.size());
    url.path = text.substr(end);
    if (!url.path.starts_with('/'))
        url.path.insert(0, 1, '/');
    // It goes into a request line.
    const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
    if (!printable || text.substr(0, end).find('@') != std::string_view::npos
        || !read_authority(text.substr(0, end), url))
        return fail(errc::bad_url, "is not a file's URL");
    return url;
}

std::vector<Url> with_stand_ins(const Url& url)
{
    constexpr std::array<std::string_view, 5> own{
        "api.weixin.qq.com", "api2.weixin.qq.com", "sh.api.weixin.qq.com", "sz.api.weixin.qq.com", "hk.api.weixin.qq.com"};
    std::vector<Url> hosts{url};
    if (std::ranges::find(own, url.host) == own.end())
        return hosts;
    for (const auto host : own) {
        if (host == url.host)
            continue;
        hosts.push_back(url);
        hosts.back().host = host;
    }
    return hosts;
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
