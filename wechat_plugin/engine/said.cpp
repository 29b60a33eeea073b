#include "engine/said.hpp"

#include "codec/request.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>

namespace wechat::engine {
namespace {

using media::Judgement;
using media::Unfit;

std::string member(const Content& content, std::string_view name)
{
    const auto found = content.data.find(std::string{name});
    return found == content.data.end() ? std::string{} : found->second;
}

void replace(std::string& text, std::string_view what, std::string_view by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

// In decimal degrees, within `most` of zero.
bool is_degrees(const std::string& text, double most)
{
    double degrees = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, degrees);
    return failure == std::errc{} && stop == end && degrees >= -most && degrees <= most;
}

Judgement judge_place(const Content& content)
{
    if (is_degrees(member(content, "latitude"), 90) && is_degrees(member(content, "longitude"), 180))
        return {};
    return {Unfit::incomplete, "a location needs latitude and longitude in decimal degrees"};
}

// As phones open it: a scheme, a host, no blanks and no control characters. Letters beyond ASCII are theirs to judge.
bool is_web_address(std::string_view url)
{
    if (!url.starts_with("https://") && !url.starts_with("http://"))
        return false;
    const bool visible =
        std::ranges::all_of(url, [](unsigned char byte) { return byte > ' ' && byte != 0x7F; });
    const auto host = url.substr(url.find("://") + 3);
    return visible && host.find_first_of("/?#:") != 0 && !host.empty();
}

Judgement judge_link(const Content& content)
{
    const auto link = link_of(content);
    if (!is_web_address(link.url))
        return {
            Unfit::incomplete,
            "a link needs a url that begins with https:// or http://, has a host and no blanks"};
    if (link.title.empty())
        return {Unfit::incomplete, "a link needs a title"};
    return {};
}

}  // namespace

codec::Link link_of(const Content& content)
{
    codec::Link link{
        .title = member(content, "title"),
        .description = member(content, "description"),
        .url = member(content, "url"),
        .picture_url = member(content, "pic_url"),
    };
    if (link.title.empty())
        link.title = content.text.empty() ? link.url : content.text;
    return link;
}

std::string words_on_the_phone(const Content& content, std::string_view map_link)
{
    if (content.kind != Kind::location)
        return content.text;
    std::string link{map_link};
    const auto name = member(content, "name");
    replace(link, "{latitude}", member(content, "latitude"));
    replace(link, "{longitude}", member(content, "longitude"));
    replace(link, "{name}", codec::percent_encoded(name.empty() ? content.text : name));
    std::string words;
    for (const auto& line : {name, content.text, member(content, "label"), link})
        if (!line.empty() && words.find(line) == std::string::npos)
            words += (words.empty() ? "" : "\n") + line;
    return words;
}

Judgement judge(const Content& content)
{
    switch (content.kind) {
    case Kind::location: return judge_place(content);
    case Kind::link: return judge_link(content);
    case Kind::image:
    case Kind::voice:
        if (!content.text.empty())
            return {Unfit::captioned, "WeChat shows no words beside it: send them as a message of their own"};
        [[fallthrough]];
    case Kind::video:
        if (content.path.empty())
            return {Unfit::unreadable, "there is no file"};
        return media::judge_file(content.kind, content.path);
    default: return {};
    }
}

}  // namespace wechat::engine
