/// A folder that goes with its fixture, and small files for it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdlib.h>
#include <string>

namespace channels::test {

struct Folder {
    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "channel-test-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path path;
};

inline void write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream{file, std::ios::binary} << text;
}

inline std::string read(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline std::string little_endian(std::uint32_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

/// A recording of silence: 8 kHz, 16 bits, one channel. codec 1 is PCM.
inline std::string wav(std::uint32_t seconds, std::uint32_t codec = 1)
{
    const std::uint32_t bytes = seconds * 16000;
    const auto format = little_endian(codec, 2) + little_endian(1, 2) + little_endian(8000, 4)
                      + little_endian(16000, 4) + little_endian(2, 2) + little_endian(16, 2);
    return "RIFF" + little_endian(36 + bytes, 4) + "WAVEfmt " + little_endian(16, 4) + format + "data"
         + little_endian(bytes, 4) + std::string(bytes, '\0');
}

}  // namespace channels::test
