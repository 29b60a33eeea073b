#include "simulator/http_message.hpp"

#include <algorithm>
#include <charconv>

namespace simulator {

std::string percent_decoded(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto hex = text.substr(std::min(text.size(), i + 1), 2);
        unsigned char byte = 0;
        if (text[i] == '%' && hex.size() == 2
            && std::from_chars(hex.data(), hex.data() + 2, byte, 16).ptr == hex.data() + 2) {
            plain += static_cast<char>(byte);
            i += 2;
        } else {
            plain += text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

std::string parameter(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return percent_decoded(pair.substr(name.size() + 1));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
    }
    return {};
}

}  // namespace simulator
