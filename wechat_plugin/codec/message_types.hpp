/// Which elements a message has, by its MsgType: one table for reading and for writing.
#pragma once

#include "base/content.hpp"

#include <span>
#include <string>
#include <string_view>

namespace wechat::codec {

/// One element that becomes an entry of Content::data.
struct Element {
    std::string_view name = {};
    std::string_view key = {};
};

/// text, name, bytes: the elements of those members of Content; empty: none has it.
struct MessageType {
    std::string_view name = {};
    Kind kind = Kind::unsupported;
    std::string_view text = {};
    std::span<const Element> data = {};
    std::string_view file_name = {};
    std::string_view file_bytes = {};
};

/// The row of a MsgType in lower case; null: a type nobody told us of.
[[nodiscard]] const MessageType* message_type(std::string_view name);

/// The row to write a kind with; null for unsupported ones.
[[nodiscard]] const MessageType* message_type(Kind kind);

/// MediaId -> media_id, Location_X -> location_x: for elements that stand in no row.
[[nodiscard]] std::string snake_case(std::string_view element);

}  // namespace wechat::codec
