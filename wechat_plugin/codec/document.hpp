/// A callback's document, XML or JSON, as a flat table of its leaves.
#pragma once

#include "base/result.hpp"
#include "codec/fields.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wechat::codec {

/// Reads XML, or JSON where the first character is `{`; text between elements and attributes is skipped.
///
/// The document is read in place where it can be: hand it over.
/// Faults: bad_xml (also: a DOCTYPE, more than 256 elements, deeper than 16), bad_json, bad_utf8, too_large (over limit)
/// Source: wechat-protocol.md 2.4
[[nodiscard]] Result<Fields> read_fields(std::string document, std::size_t limit);

/// The text of Encrypt in the body of a request or an answer, trimmed; what the body becomes.
///
/// Faults: those of read_fields; missing_field (there is none)
[[nodiscard]] Result<std::string> encrypted_part(std::string body);

/// Whether a document is JSON, by its first character that is not white space.
[[nodiscard]] bool is_json(std::string_view document);

/// The field's text, trimmed; empty where there is none: to WeChat an empty element and a missing one are equal.
[[nodiscard]] std::string_view field(const Fields& fields, std::string_view path);

inline constexpr std::size_t largest_document = 64U * 1024U;  // wechat-protocol.md 2.4
inline constexpr std::size_t largest_body =
    4U * largest_document;  // 1.4: a compatible body is three times as long

}  // namespace wechat::codec
