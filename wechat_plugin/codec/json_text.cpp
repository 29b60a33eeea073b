#include "codec/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace wechat::codec {
namespace {

constexpr std::size_t max_depth = 16;  // wechat-protocol.md 2.4
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool control(char c)
{
    return static_cast<unsigned char>(c) < 0x20U;
}

// Inside strings JSON forbids line ends and tabs, too: these become their escapes.
void append_control(char c, bool in_string, std::string& clean)
{
    const auto at = std::string_view{"\n\r\t"}.find(c);
    if (at == std::string_view::npos)
        return;
    if (in_string)
        clean.append({'\\', "nrt"[at]});
    else
        clean += c;
}

std::string without_raw_controls(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size() + 16);
    bool in_string = false;
    bool escaped = false;
    for (const char c : text) {
        if (control(c)) {
            append_control(c, in_string, clean);
            continue;
        }
        if (c == '"' && !escaped)
            in_string = !in_string;
        escaped = in_string && c == '\\' && !escaped;
        clean += c;
    }
    return clean;
}

template <class Number>
std::string decimal(Number number)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

}  // namespace

Result<boost::json::object> read_object(std::string_view text, const boost::json::storage_ptr& memory)
{
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    const bool dirty = std::ranges::any_of(text, control);
    const std::string clean = dirty ? without_raw_controls(text) : std::string{};
    boost::json::parse_options options;
    options.max_depth = max_depth;
    options.allow_invalid_utf8 =
        true;  // a broken errmsg must not hide its errcode; who shows a text checks it
    boost::json::error_code error;
    auto value = boost::json::parse(dirty ? std::string_view{clean} : text, error, memory, options);
    if (error || !value.is_object())
        return fail(errc::bad_json, error ? error.message() : "not an object");
    return std::move(value.get_object());
}

std::string text_of(const boost::json::value& leaf)
{
    if (const auto* const text = leaf.if_string())
        return {text->data(), text->size()};
    if (const auto* const number = leaf.if_int64())
        return decimal(*number);
    if (const auto* const number = leaf.if_uint64())
        return decimal(*number);
    if (const auto* const number = leaf.if_double())
        return decimal(*number);
    if (const auto* const flag = leaf.if_bool())
        return *flag ? "true" : "false";
    return {};
}

}  // namespace wechat::codec
