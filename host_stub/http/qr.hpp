/// QR codes as pictures.
#pragma once

#include <string>
#include <string_view>

namespace host::http {

/// text as a QR code (ISO/IEC 18004, level M, a quiet zone of four modules), black on white, as SVG; scales to any
/// size. Throws std::runtime_error for a text beyond 2,331 bytes, the most that such a code holds.
[[nodiscard]] std::string qr_svg(std::string_view text);

}  // namespace host::http
