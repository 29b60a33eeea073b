#include "simulator/request_body.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace simulator {
namespace {

namespace json = boost::json;

// Outside of strings JSON has no backslash, so that no tokenizer is needed.
bool has_unicode_escape(std::string_view body)
{
    for (auto at = body.find('\\'); at != std::string_view::npos; at = body.find('\\', at + 2))
        if (body.substr(at + 1).starts_with('u'))
            return true;
    return false;
}

}  // namespace

RequestBody read_body(std::string_view body)
{
    if (body.empty())
        return {.errcode = 44002};
    if (has_unicode_escape(body))
        return {.errcode = 40033};
    json::error_code error;
    auto value = json::parse({body.data(), body.size()}, error);
    if (error || !value.is_object())
        return {.errcode = 47001};
    return {.fields = std::move(value.get_object())};
}

bool only(const json::object& fields, std::initializer_list<std::string_view> names)
{
    return std::ranges::all_of(fields, [names](const json::key_value_pair& field) {
        return std::ranges::find(names, std::string_view{field.key().data(), field.key().size()})
            != names.end();
    });
}

std::optional<std::string> text_in(const json::object& fields, std::string_view name)
{
    const auto* const value = fields.if_contains(name);
    if (value == nullptr || !value->is_string())
        return std::nullopt;
    return std::string{value->get_string()};
}

std::optional<std::int64_t> number_in(const json::object& fields, std::string_view name)
{
    const auto* const value = fields.if_contains(name);
    json::error_code error;
    const auto number = value != nullptr ? value->to_number<std::int64_t>(error) : 0;
    if (value == nullptr || error)
        return std::nullopt;
    return number;
}

}  // namespace simulator
