#include "simulator/voice_length.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace simulator {
namespace {

using namespace std::string_view_literals;

unsigned byte_at(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

// RFC 4867, 5.3: a header byte with the frame type, and the speech bits it announces; 20 ms each.
Milliseconds amr_length(std::string_view frames)
{
    constexpr std::array<std::size_t, 16> sizes{12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0};
    std::int64_t count = 0;
    for (std::size_t at = 0; at < frames.size(); ++count)
        at += 1 + sizes[(byte_at(frames, at) >> 3U) & 0xFU];
    return Milliseconds{20 * count};
}

// What ID3v2 puts in front of the sound: ten bytes, and as many as four times seven bits say.
std::string_view without_tag(std::string_view bytes)
{
    if (!bytes.starts_with("ID3") || bytes.size() < 10)
        return bytes;
    std::size_t size = 10;
    for (std::size_t i = 0, factor = 1U << 21U; i < 4; ++i, factor >>= 7U)
        size += (byte_at(bytes, 6 + i) & 0x7FU) * factor;
    return bytes.substr(size < bytes.size() ? size : bytes.size());
}

// ISO 11172-3 and 13818-3, layer III: the frame's header says how many bytes and samples it has.
Milliseconds mp3_length(std::string_view frames)
{
    constexpr std::array<unsigned, 16> first{
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
    constexpr std::array<unsigned, 16> second{
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    constexpr std::array<unsigned, 4> rates{44100, 48000, 32000, 0};
    std::int64_t microseconds = 0;
    while (frames.size() >= 4 && byte_at(frames, 0) == 0xFF && (byte_at(frames, 1) & 0xE6U) == 0xE2U) {
        const auto version = (byte_at(frames, 1) >> 3U) & 3U;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        const auto kbits = (version == 3 ? first : second)[byte_at(frames, 2) >> 4U];
        const auto rate = rates[(byte_at(frames, 2) >> 2U) & 3U]
                        / (version == 3   ? 1U
                           : version == 2 ? 2U
                                          : 4U);
        if (kbits == 0 || rate == 0)
            break;
        const unsigned samples = version == 3 ? 1152 : 576;
        const auto size = samples / 8 * kbits * 1000 / rate + ((byte_at(frames, 2) >> 1U) & 1U);
        microseconds += std::int64_t{samples} * 1'000'000 / rate;
        frames.remove_prefix(size < frames.size() ? size : frames.size());
    }
    return Milliseconds{microseconds / 1000};
}

}  // namespace

Milliseconds voice_length(std::string_view bytes)
{
    constexpr auto amr = "#!AMR\n"sv;
    return bytes.starts_with(amr) ? amr_length(bytes.substr(amr.size())) : mp3_length(without_tag(bytes));
}

}  // namespace simulator
