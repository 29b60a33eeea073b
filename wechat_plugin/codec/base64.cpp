#include "codec/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace wechat::codec {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t not_base64 = 0x80000000U;

using Table = std::array<std::uint32_t, 256>;

// What a character is worth at each of a group's four places: a group is then four look-ups and one check.
constexpr std::array<Table, 4> places = [] {
    std::array<Table, 4> tables{};
    for (std::size_t place = 0; place < tables.size(); ++place) {
        tables[place].fill(not_base64);
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            tables[place][static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint32_t>(i)
                                                                  << (18 - 6 * place);
    }
    return tables;
}();

std::uint32_t worth(std::size_t place, char c)
{
    return places[place][static_cast<unsigned char>(c)];
}

std::uint32_t group(const char* four)
{
    return worth(0, four[0]) | worth(1, four[1]) | worth(2, four[2]) | worth(3, four[3]);
}

unsigned char byte_of(std::uint32_t bits, unsigned shift)
{
    return static_cast<unsigned char>(bits >> shift);
}

char letter(std::uint32_t bits, unsigned shift)
{
    return alphabet[(bits >> shift) & 0x3FU];
}

}  // namespace

std::string to_base64(std::span<const unsigned char> bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (; bytes.size() >= 3; bytes = bytes.subspan(3)) {
        const std::uint32_t bits =
            (std::uint32_t{bytes[0]} << 16U) | (std::uint32_t{bytes[1]} << 8U) | bytes[2];
        for (const unsigned shift : {18U, 12U, 6U, 0U})
            text += letter(bits, shift);
    }
    if (bytes.empty())
        return text;
    const bool two = bytes.size() == 2;
    const std::uint32_t bits = (std::uint32_t{bytes[0]} << 16U) | (two ? std::uint32_t{bytes[1]} << 8U : 0U);
    text += letter(bits, 18);
    text += letter(bits, 12);
    text += two ? letter(bits, 6) : '=';
    text += '=';
    return text;
}

Result<std::vector<unsigned char>> from_base64(std::string_view text)
{
    std::vector<unsigned char> bytes(text.size() / 4 * 3);
    const auto size = from_base64(text, bytes.data());
    if (!size)
        return size.error();
    bytes.resize(*size);
    return bytes;
}

// A group is read before its bytes are written, so they never overtake the text they may stand on.
Result<std::size_t> from_base64(std::string_view text, unsigned char* out)
{
    if (text.size() % 4 != 0)
        return fail(
            errc::bad_base64, std::to_string(text.size()) + " characters are no whole groups of four"
        );
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::size_t whole = text.size() / 4 - (padding != 0 ? 1 : 0);

    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < whole; ++i, out += 3) {
        const auto bits = group(text.data() + 4 * i);
        seen |= bits;
        out[0] = byte_of(bits, 16);
        out[1] = byte_of(bits, 8);
        out[2] = byte_of(bits, 0);
    }
    if (padding != 0) {
        const auto last = text.substr(4 * whole);
        const auto bits = worth(0, last[0]) | worth(1, last[1]) | (padding == 1 ? worth(2, last[2]) : 0U);
        seen |= bits;
        out[0] = byte_of(bits, 16);
        if (padding == 1)
            out[1] = byte_of(bits, 8);
    }
    if ((seen & not_base64) != 0)
        return fail(errc::bad_base64, "a character outside the alphabet");
    return text.size() / 4 * 3 - padding;
}

}  // namespace wechat::codec
