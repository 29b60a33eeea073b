#include "voicemail/wav.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace voicemail {
namespace {

constexpr std::array<std::uint32_t, 3> codecs{1, 6, 7};  // WAVE_FORMAT_PCM, ALAW, MULAW
constexpr int most_chunks = 64;

std::uint32_t little_endian(const char* bytes, int count)
{
    std::uint32_t value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

}  // namespace

std::optional<std::chrono::milliseconds> wav_length(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    std::array<char, 12> riff = {};
    if (!in.read(riff.data(), riff.size()) || std::memcmp(riff.data(), "RIFF", 4) != 0
        || std::memcmp(riff.data() + 8, "WAVE", 4) != 0)
        return std::nullopt;
    std::uint32_t bytes_per_second = 0;
    for (int i = 0; i < most_chunks; ++i) {
        std::array<char, 8> head = {};
        if (!in.read(head.data(), head.size()))
            return std::nullopt;
        const auto size = little_endian(head.data() + 4, 4);
        if (std::memcmp(head.data(), "data", 4) == 0) {
            if (bytes_per_second == 0)
                return std::nullopt;
            return std::chrono::milliseconds{std::uint64_t{size} * 1000 / bytes_per_second};
        }
        std::array<char, 16> format = {};
        const auto is_format = std::memcmp(head.data(), "fmt ", 4) == 0 && size >= format.size();
        if (is_format) {
            in.read(format.data(), format.size());
            if (std::ranges::find(codecs, little_endian(format.data(), 2)) == codecs.end())
                return std::nullopt;
            bytes_per_second = little_endian(format.data() + 8, 4);
        }
        const auto rest =
            std::streamoff{size} + size % 2 - (is_format ? 16 : 0);  // chunks are padded to even
        in.seekg(rest, std::ios::cur);
    }
    return std::nullopt;
}

}  // namespace voicemail
