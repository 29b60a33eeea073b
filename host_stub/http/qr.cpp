#include "http/qr.hpp"

#include <memory>
#include <qrencode.h>
#include <stdexcept>

namespace host::http {
namespace {

constexpr int quiet_zone = 4;  // modules, on each side (ISO/IEC 18004)

struct Free {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

// A row's dark modules as rectangles of height 1: "M4,7h3v1h-3z" for three of them.
std::string path_of(const QRcode& code)
{
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        const auto* const row = code.data + y * code.width;
        const auto is_dark = [&](int x) { return x < code.width && (row[x] & 1U) != 0; };
        for (int x = 0; x < code.width; ++x) {
            if (!is_dark(x))
                continue;
            const auto begin = x;
            while (is_dark(x))
                ++x;
            const auto length = std::to_string(x - begin);
            path += 'M' + std::to_string(begin + quiet_zone) + ',' + std::to_string(y + quiet_zone) + 'h'
                  + length + "v1h-" + length + 'z';
        }
    }
    return path;
}

}  // namespace

std::string qr_svg(std::string_view text)
{
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::unique_ptr<QRcode, Free> code{
        QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M)};
    if (!code)
        throw std::runtime_error{"no QR code holds " + std::to_string(text.size()) + " bytes"};
    const auto side = std::to_string(code->width + 2 * quiet_zone);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + ' ' + side
         + R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0,0h)" + side + 'v' + side + "h-" + side
         + R"(z"/><path d=")" + path_of(*code) + R"("/></svg>)";
}

}  // namespace host::http
