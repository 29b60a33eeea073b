#include "media/playable.hpp"

#include "media/amr.hpp"

#include <cstdint>

namespace wechat::media {
namespace {

void put(std::string& to, std::uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        to += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

// RIFF, PCM of 16 bits, one channel.
std::string wav_of(const Sound& sound)
{
    const auto data = static_cast<std::uint32_t>(sound.samples.size() * 2);
    const auto rate = static_cast<std::uint32_t>(sound.rate);
    std::string bytes = "RIFF";
    bytes.reserve(44 + data);
    put(bytes, 36 + data, 4);
    bytes += "WAVEfmt ";
    put(bytes, 16, 4);
    put(bytes, 1, 2);
    put(bytes, 1, 2);
    put(bytes, rate, 4);
    put(bytes, rate * 2, 4);
    put(bytes, 2, 2);
    put(bytes, 16, 2);
    bytes += "data";
    put(bytes, data, 4);
    for (const auto sample : sound.samples)
        put(bytes, static_cast<std::uint16_t>(sample), 2);
    return bytes;
}

}  // namespace

std::optional<Playable> playable(std::string_view bytes)
{
    const auto format = format_of(bytes);
    if (format != amr && format != amr_wb)
        return std::nullopt;
    const auto sound = decode_amr(bytes);
    if (sound.samples.empty())
        return std::nullopt;
    return Playable{.format = wav, .bytes = wav_of(sound)};
}

}  // namespace wechat::media
