#include "media/amr.hpp"

#include "media/format.hpp"

#include <array>
#include <memory>
#include <opencore-amrnb/interf_dec.h>
#include <opencore-amrwb/dec_if.h>

namespace wechat::media {
namespace {

// Bytes of a frame by its type, header byte included; 0: there is no such type. RFC 4867, 3GPP TS 26.101 and 26.201.
constexpr std::array<std::size_t, 16> narrow_sizes{13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1};
constexpr std::array<std::size_t, 16> wide_sizes{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1};

// The decoders take one frame and give as many samples as 20 ms have.
constexpr std::size_t narrow_samples = 160;
constexpr std::size_t wide_samples = 320;

struct NarrowEnd {
    void operator()(void* decoder) const { Decoder_Interface_exit(decoder); }
};
struct WideEnd {
    void operator()(void* decoder) const { D_IF_exit(decoder); }
};

const unsigned char* bytes_of(std::string_view frame)
{
    return reinterpret_cast<const unsigned char*>(frame.data());
}

}  // namespace

std::vector<std::string_view> amr_frames(std::string_view bytes)
{
    const bool wide = format_of(bytes) == amr_wb;
    const auto& sizes = wide ? wide_sizes : narrow_sizes;
    std::vector<std::string_view> frames;
    bytes.remove_prefix(bytes.find('\n') + 1);  // the magic
    while (!bytes.empty()) {
        const auto header = static_cast<unsigned char>(bytes.front());
        const auto size = sizes[(header >> 3U) & 15U];
        const bool padded_wrongly = (header & 0x83U) != 0;
        if (size == 0 || size > bytes.size() || padded_wrongly)
            break;
        frames.push_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return frames;
}

Sound decode_amr(std::string_view bytes)
{
    Sound sound;
    const auto frames = amr_frames(bytes);
    if (format_of(bytes) == amr_wb) {
        sound.rate = 16000;
        const std::unique_ptr<void, WideEnd> decoder{D_IF_init()};
        for (const auto frame : frames) {
            sound.samples.resize(sound.samples.size() + wide_samples);
            D_IF_decode(decoder.get(), bytes_of(frame), &*(sound.samples.end() - wide_samples), 0);
        }
        return sound;
    }
    const std::unique_ptr<void, NarrowEnd> decoder{Decoder_Interface_init()};
    for (const auto frame : frames) {
        sound.samples.resize(sound.samples.size() + narrow_samples);
        Decoder_Interface_Decode(decoder.get(), bytes_of(frame), &*(sound.samples.end() - narrow_samples), 0);
    }
    return sound;
}

}  // namespace wechat::media
