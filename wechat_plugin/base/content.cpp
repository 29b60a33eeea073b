#include "base/content.hpp"

#include <array>
#include <utility>

namespace wechat {
namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 8> kinds{{
    {Kind::text, "text"},
    {Kind::image, "image"},
    {Kind::voice, "voice"},
    {Kind::video, "video"},
    {Kind::file, "file"},
    {Kind::location, "location"},
    {Kind::link, "link"},
    {Kind::unsupported, "unsupported"},
}};

}  // namespace

std::string_view name_of(Kind kind)
{
    for (const auto& [value, name] : kinds)
        if (value == kind)
            return name;
    return "unsupported";
}

Kind kind_named(std::string_view name)
{
    for (const auto& [value, known] : kinds)
        if (known == name)
            return value;
    return Kind::unsupported;
}

}  // namespace wechat
