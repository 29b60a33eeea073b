/// JSON as the platform writes it, which is not always JSON.
#pragma once

#include "base/result.hpp"

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>

#include <string>
#include <string_view>

namespace wechat::codec {

/// Reads an object, its raw control characters cleared away: line ends and tabs kept, the others dropped.
///
/// Texts are not checked to be UTF-8.
/// Faults: bad_json (also: deeper than 16, or not an object)
/// Source: wechat-protocol.md 2.4, nicknames with raw control characters
[[nodiscard]] Result<boost::json::object>
read_object(std::string_view text, const boost::json::storage_ptr& memory = {});

/// The text of a leaf: strings as they are, numbers in decimal, null is empty.
[[nodiscard]] std::string text_of(const boost::json::value& leaf);

}  // namespace wechat::codec
