#include "http/message.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace host::http {

Answer json_answer(unsigned status, const boost::json::value& value)
{
    return {.status = status, .body = boost::json::serialize(value)};
}

Answer failure(unsigned status, std::string_view error, std::string_view text)
{
    return json_answer(status, {{"error", error}, {"text", text}});
}

std::string unescape(std::string_view text, bool in_query)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = 0;
        const auto* const digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size()
            && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            plain += static_cast<char>(byte);
            i += 2;
        } else {
            plain += in_query && text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

void read_target(std::string_view target, Request& request)
{
    const auto mark = target.find('?');
    request.path = std::string{target.substr(0, mark)};
    if (mark == std::string_view::npos)
        return;
    auto rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        request.query[unescape(pair.substr(0, equals), true)] = unescape(value, true);
    }
}

}  // namespace host::http
