#include "platform/url.hpp"

#include <algorithm>

namespace wechat::platform {
namespace {

bool this_machine(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
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

    const auto slash = std::min(text.find('/'), text.size());
    auto path = text.substr(slash);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    url.path = path;

    auto authority = text.substr(0, slash);
    url.port = url.tls ? "443" : "80";
    const auto bracket = authority.rfind(']');  // [::1]:9300
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        url.port = authority.substr(colon + 1);
        authority = authority.substr(0, colon);
    }
    if (authority.starts_with('[') && authority.ends_with(']'))
        authority = authority.substr(1, authority.size() - 2);
    url.host = authority;

    const bool number = !url.port.empty() && url.port.size() <= 5
                     && std::ranges::all_of(url.port, [](char c) { return c >= '0' && c <= '9'; });
    if (url.host.empty() || !number || text.find_first_of("@?# \t\r\n") != std::string_view::npos)
        return fail(errc::bad_url, "is not HOST or HOST:PORT");
    if (!url.tls && !this_machine(url.host))
        return fail(errc::bad_url, "http:// is for this machine only; use https://");
    return url;
}

}  // namespace wechat::platform
