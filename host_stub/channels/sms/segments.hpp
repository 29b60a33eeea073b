/// How many messages a text is on the air. Source: 3GPP TS 23.038 (alphabets), TS 23.040 9.2.3.24.1 (parts).
#pragma once

#include <cstdint>
#include <string_view>

namespace sms {

enum class Encoding { gsm7, ucs2 };

struct Segments {
    Encoding encoding = Encoding::gsm7;
    std::uint32_t count = 0;
    bool operator==(const Segments&) const = default;
};

/// text  UTF-8. One character outside of the GSM alphabet makes the whole text UCS-2.
///
/// GSM 7-bit: 160 characters, in parts 153; UCS-2: 70 units, in parts 67. A character that takes two (the
/// GSM extension table, a surrogate pair) is never divided between two parts.
[[nodiscard]] Segments segments_of(std::string_view text);

}  // namespace sms
