#include "replay/text_table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <stdexcept>

namespace replay {
namespace {

namespace json = boost::json;

std::string text_in(const json::object& row, std::string_view name)
{
    const auto* const value = row.if_contains(name);
    return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::string number_in(const json::object& row, std::string_view name)
{
    const auto* const value = row.if_contains(name);
    return value && value->is_number() ? std::to_string(value->to_number<std::int64_t>()) : "?";
}

std::string indented(const std::string& text)
{
    std::string all = "    ";
    for (const auto sign : text)
        all += sign == '\n' ? std::string{"\n    "} : std::string{sign};
    return all + "\n";
}

std::string shown(const json::object& row)
{
    auto name = "  " + text_in(row, "audience") + "." + text_in(row, "key");
    const auto* const text = row.if_contains("text");
    if (!text || !text->is_string())
        return name + "  switched off\n";
    const auto slots = number_in(row, "slots");
    name += "  " + number_in(row, "bytes") + " bytes";
    if (slots != "0" && slots != "?")
        name += ", " + slots + (slots == "1" ? " slot" : " slots");
    return name + "\n" + indented(text_in(row, "text"));
}

}  // namespace

std::string text_table(const std::string& text)
{
    json::error_code broken;
    const auto value = json::parse(text, broken);
    if (broken || !value.is_array())
        throw std::runtime_error{"the channel does not show its texts"};
    std::string table, last;
    for (const auto& item : value.get_array()) {
        if (!item.is_object())
            continue;
        const auto& row = item.get_object();
        const auto group = text_in(row, "customer") + " (" + text_in(row, "locale") + ")";
        if (group != last)
            table += group + "\n";
        last = group;
        table += shown(row);
    }
    return table;
}

}  // namespace replay
