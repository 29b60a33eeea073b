#include "media/format.hpp"

#include "media/amr.hpp"
#include "media/mp3.hpp"

namespace wechat::media {
namespace {

using namespace std::string_view_literals;

bool is_mp3(std::string_view bytes)
{
    if (bytes.starts_with("ID3"))
        return true;
    // Eleven bits of synchronisation, then version and layer: 01 is layer III, 00 no layer at all.
    if (bytes.size() < 4 || static_cast<unsigned char>(bytes[0]) != 0xFF)
        return false;
    const auto second = static_cast<unsigned char>(bytes[1]);
    return (second & 0xE0U) == 0xE0U && (second & 0x06U) == 0x02U;
}

// ISO base media: a size, then "ftyp". QuickTime's own brand is no MP4 to WeChat.
bool is_mp4(std::string_view bytes)
{
    return bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp" && bytes.substr(8, 2) != "qt";
}

}  // namespace

Format format_of(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv))
        return png;
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return gif;
    if (bytes.starts_with("#!AMR-WB\n"))
        return amr_wb;
    if (bytes.starts_with("#!AMR\n"))
        return amr;
    if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WAVE")
        return wav;
    if (is_mp4(bytes))
        return mp4;
    return is_mp3(bytes) ? mp3 : unknown;
}

std::optional<std::chrono::milliseconds> length_of(std::string_view bytes)
{
    const auto format = format_of(bytes);
    if (format == amr || format == amr_wb)
        return amr_frames(bytes).size() * amr_frame_length;
    if (format == mp3)
        return mp3_length(bytes);
    return std::nullopt;
}

}  // namespace wechat::media
