#include "http/pattern.hpp"

#include "http/message.hpp"

namespace host::http {

std::optional<Segments> match(std::string_view pattern, std::string_view path)
{
    Segments segments;
    while (!pattern.empty() && !path.empty()) {
        const auto want = pattern.substr(0, pattern.find('/', 1));
        const auto have = path.substr(0, path.find('/', 1));
        if (want == "/{}" && have.size() > 1)
            segments.push_back(unescape(have.substr(1), false));
        else if (want != have)
            return std::nullopt;
        pattern.remove_prefix(want.size());
        path.remove_prefix(have.size());
    }
    return pattern.empty() && path.empty() ? std::optional{segments} : std::nullopt;
}

}  // namespace host::http
