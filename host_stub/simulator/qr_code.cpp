#include "simulator/qr_code.hpp"

#include "codec/base64.hpp"
#include "simulator/platform.hpp"

#include <algorithm>
#include <cstdio>
#include <jpeglib.h>
#include <memory>
#include <qrencode.h>
#include <stdexcept>
#include <vector>

namespace simulator {
namespace {

constexpr int side = 430;  // pixels, as the platform's pictures have at least
constexpr int border = 4;  // modules of white around a code: scanners need them
constexpr int quality = 90;

bool good(const QrCode& code, Moment now)
{
    return !code.expires || now < *code.expires;
}

template <class Wanted>
const QrCode* newest(const OfficialAccount& account, Moment now, const Wanted& wanted)
{
    const auto found = std::find_if(account.codes.rbegin(), account.codes.rend(), [&](const QrCode& code) {
        return good(code, now) && wanted(code);
    });
    return found == account.codes.rend() ? nullptr : &*found;
}

// One row of pixels: black modules on white.
std::vector<unsigned char> row_of(const QRcode& code, int y, int scale, int width)
{
    std::vector<unsigned char> pixels(static_cast<std::size_t>(width), 255);
    const int row = y / scale - border;
    for (int x = 0; x < width; ++x) {
        const int column = x / scale - border;
        const bool inside = row >= 0 && row < code.width && column >= 0 && column < code.width;
        if (inside && (code.data[row * code.width + column] & 1U) != 0)
            pixels[static_cast<std::size_t>(x)] = 0;
    }
    return pixels;
}

std::string jpeg_of(const QRcode& code)
{
    const int modules = code.width + 2 * border;
    const int scale = (side + modules - 1) / modules;
    jpeg_compress_struct picture{};
    jpeg_error_mgr errors{};
    picture.err = jpeg_std_error(&errors);
    jpeg_create_compress(&picture);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&picture, &bytes, &size);
    picture.image_width = picture.image_height = static_cast<JDIMENSION>(modules * scale);
    picture.input_components = 1;
    picture.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&picture);
    jpeg_set_quality(&picture, quality, TRUE);
    jpeg_start_compress(&picture, TRUE);
    for (int y = 0; y < modules * scale; ++y) {
        auto pixels = row_of(code, y, scale, modules * scale);
        JSAMPROW row = pixels.data();
        jpeg_write_scanlines(&picture, &row, 1);
    }
    jpeg_finish_compress(&picture);
    jpeg_destroy_compress(&picture);
    const std::unique_ptr<unsigned char, decltype(&std::free)> owned{bytes, &std::free};
    return {reinterpret_cast<const char*>(bytes), size};
}

std::string base64(std::string_view bytes)
{
    return wechat::codec::to_base64({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
}

}  // namespace

QrCode make_code(Random& random, std::string action, std::string scene, std::optional<Moment> expires)
{
    auto ticket = "gQ" + base64(random.letters(64));
    ticket[10] = '+';
    ticket[20] = '/';
    return {
        .ticket = std::move(ticket),
        .url = "http://weixin.qq.com/q/" + random.letters(20),
        .action = std::move(action),
        .scene = std::move(scene),
        .expires = expires,
    };
}

const QrCode* code_of_ticket(const OfficialAccount& account, std::string_view ticket, Moment now)
{
    return newest(account, now, [&](const QrCode& code) { return code.ticket == ticket; });
}

const QrCode* code_of_url(const OfficialAccount& account, std::string_view url, Moment now)
{
    return newest(account, now, [&](const QrCode& code) { return code.url == url; });
}

const QrCode* code_of_scene(const OfficialAccount& account, std::string_view scene, Moment now)
{
    return newest(account, now, [&](const QrCode& code) { return code.scene == scene; });
}

std::string ticket_of(const OfficialAccount& account, const std::string& scene, Moment now)
{
    const auto* const code = code_of_scene(account, scene, now);
    return code != nullptr ? code->ticket : "gQ" + base64(scene);
}

std::string picture_of(const std::string& text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free};
    if (!code)
        throw std::runtime_error("a text that does not fit into a QR code");
    return jpeg_of(*code);
}

}  // namespace simulator
