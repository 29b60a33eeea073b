#include "sms/segments.hpp"

#include <channel/convert.hpp>

#include <vector>

namespace sms {
namespace {

constexpr std::uint32_t gsm_alone = 160, gsm_part = 153;  // septets: 140 bytes; less the header of a part
constexpr std::uint32_t ucs_alone = 70, ucs_part = 67;    // UTF-16 units

// 3GPP TS 23.038 6.2.1: the default alphabet, but for ASCII's letters, digits and what follows.
constexpr std::u32string_view gsm_others =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view gsm_extension = U"\f^{}\\[~]|€";  // 6.2.1.1: two septets each

char32_t code_point(std::string_view bytes)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    switch (bytes.size()) {
    case 1: return byte(0);
    case 2: return (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
    case 3: return (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    default:
        return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    }
}

std::u32string decoded(std::string_view text)
{
    std::u32string points;
    while (!text.empty()) {
        const auto step = channel::utf8_step(text);
        points += step == 0 ? U'\uFFFD' : code_point(text.substr(0, step));
        text.remove_prefix(step == 0 ? 1 : step);
    }
    return points;
}

// 0: not in the alphabet.
std::uint32_t septets(char32_t c)
{
    const auto is_plain = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
    if (is_plain || gsm_others.find(c) != std::u32string_view::npos)
        return 1;
    return gsm_extension.find(c) != std::u32string_view::npos ? 2 : 0;
}

std::uint32_t parts(const std::vector<std::uint32_t>& widths, std::uint32_t alone, std::uint32_t part)
{
    std::uint32_t total = 0;
    for (const auto width : widths)
        total += width;
    if (total <= alone)
        return 1;
    std::uint32_t count = 1, used = 0;
    for (const auto width : widths) {
        if (used + width > part) {
            ++count;
            used = 0;
        }
        used += width;
    }
    return count;
}

}  // namespace

Segments segments_of(std::string_view text)
{
    const auto points = decoded(text);
    std::vector<std::uint32_t> gsm, ucs;
    auto fits_gsm = true;
    for (const auto c : points) {
        gsm.push_back(septets(c));
        ucs.push_back(c > 0xFFFF ? 2 : 1);
        fits_gsm = fits_gsm && gsm.back() > 0;
    }
    if (fits_gsm)
        return {Encoding::gsm7, parts(gsm, gsm_alone, gsm_part)};
    return {Encoding::ucs2, parts(ucs, ucs_alone, ucs_part)};
}

}  // namespace sms
