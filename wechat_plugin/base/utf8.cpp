#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace wechat {
namespace {

// The code point at the head of text; size 0: it is not well-formed.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t size = 0;
};

CodePoint first_of(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80U)
        return {lead, 1};
    const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    if (lead < 0xC2U || lead > 0xF4U || text.size() < size)
        return {};
    std::uint32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return {};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (size == 3 && value < 0x800U) || (size == 4 && value < 0x10000U);
    if (overlong || value > 0x10FFFFU || (value >= 0xD800U && value <= 0xDFFFU))
        return {};
    return {value, size};
}

constexpr std::string_view ideographic_space = "\xE3\x80\x80";

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

bool valid_utf8(std::string_view text)
{
    while (!text.empty()) {
        // Most of what WeChat writes is ASCII: eight bytes at a time.
        std::uint64_t eight = 0;
        while (text.size() >= sizeof eight) {
            std::memcpy(&eight, text.data(), sizeof eight);
            if ((eight & 0x8080808080808080U) != 0)
                break;
            text.remove_prefix(sizeof eight);
        }
        if (text.empty())
            return true;
        const auto next = first_of(text);
        if (next.size == 0)
            return false;
        text.remove_prefix(next.size);
    }
    return true;
}

std::string_view cut(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
        --bytes;
    return text.substr(0, bytes);
}

std::string without_controls(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const auto next = first_of(text);
        const auto size = next.size == 0 ? 1 : next.size;
        const bool control = next.size == 1 && next.value < 0x20U && next.value != '\t' && next.value != '\n'
            && next.value != '\r';
        const bool noncharacter = next.value == 0xFFFEU || next.value == 0xFFFFU;
        if (!control && !noncharacter)
            clean += text.substr(0, size);
        text.remove_prefix(size);
    }
    return clean;
}

std::string_view trimmed(std::string_view text)
{
    for (;;) {
        if (!text.empty() && space(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(ideographic_space))
            text.remove_prefix(ideographic_space.size());
        else
            break;
    }
    for (;;) {
        if (!text.empty() && space(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(ideographic_space))
            text.remove_suffix(ideographic_space.size());
        else
            return text;
    }
}

}  // namespace wechat
