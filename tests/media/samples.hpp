/// Small files made byte by byte, so that a test knows what is in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wechat::samples {

using namespace std::string_literals;

/// As many times over as that.
[[nodiscard]] inline std::string repeated(std::string_view bytes, std::size_t times)
{
    std::string all;
    all.reserve(bytes.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += bytes;
    return all;
}

// RFC 4867, 5.3: a header byte holds the frame's type in bits 3 to 6, its quality in bit 2; the others are 0.
inline const std::string amr_magic = "#!AMR\n";
inline const std::string amr_wb_magic = "#!AMR-WB\n";
inline const std::string amr_frame = '\x04' + std::string(12, '\0');     // type 0, 4.75 kbit/s
inline const std::string amr_wb_frame = '\x04' + std::string(17, '\0');  // type 0, 6.60 kbit/s

/// 20 ms a frame.
[[nodiscard]] inline std::string amr(std::size_t frames)
{
    return amr_magic + repeated(amr_frame, frames);
}
[[nodiscard]] inline std::string amr_wb(std::size_t frames)
{
    return amr_wb_magic + repeated(amr_wb_frame, frames);
}

// MPEG-1 layer III, 32 kbit/s, 48 kHz, one channel: 144 * 32000 / 48000 bytes, 1152 samples, 24 ms, all of it silence.
inline const std::string mp3_frame = "\xFF\xFB\x14\xC0"s + std::string(92, '\0');

/// 24 ms a frame.
[[nodiscard]] inline std::string mp3(std::size_t frames)
{
    return repeated(mp3_frame, frames);
}

/// An ID3v2.3 tag of so many bytes behind its header; they are padding.
[[nodiscard]] inline std::string id3(std::uint32_t size)
{
    std::string tag = "ID3\x03\x00\x00"s;
    for (int shift = 21; shift >= 0; shift -= 7)
        tag += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0x7FU);
    return tag + std::string(size, '\0');
}

inline const std::string jpeg_head = "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00"s;
inline const std::string png_head = "\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR"s;
inline const std::string mp4_head = "\x00\x00\x00\x18"s + "ftypisom" + "\x00\x00\x02\x00"s + "isommp42";

/// So many bytes in all, at least as many as the head.
[[nodiscard]] inline std::string of_size(const std::string& head, std::size_t size)
{
    return head + std::string(size - head.size(), '\x2A');
}
[[nodiscard]] inline std::string jpeg(std::size_t size = 64)
{
    return of_size(jpeg_head, size);
}
[[nodiscard]] inline std::string mp4(std::size_t size = 64)
{
    return of_size(mp4_head, size);
}

}  // namespace wechat::samples
