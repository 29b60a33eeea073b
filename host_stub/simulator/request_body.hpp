/// JSON bodies as the platform wants them, and stricter: what a client should not send is refused, not overlooked.
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

/// A body that was read, or the errcode instead.
///
/// 44002 (empty), 40033 (text written as \uXXXX, wechat-protocol.md 4.0), 47001 (no JSON object in UTF-8)
struct RequestBody {
    std::int64_t errcode = 0;
    boost::json::object fields = {};
};
[[nodiscard]] RequestBody read_body(std::string_view body);

/// Whether all fields are among these.
[[nodiscard]] bool only(const boost::json::object& fields, std::initializer_list<std::string_view> names);

/// A field that is a text; none: it is missing, or something else.
[[nodiscard]] std::optional<std::string> text_in(const boost::json::object& fields, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> number_in(const boost::json::object& fields, std::string_view name);

}  // namespace simulator
