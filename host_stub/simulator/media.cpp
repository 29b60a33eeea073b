#include "simulator/media.hpp"

#include "simulator/voice_length.hpp"

#include <algorithm>
#include <array>

namespace simulator {
namespace {

using namespace std::string_view_literals;

struct Type {
    std::string_view name;
    std::size_t largest;  // of images a rule says it
    std::int64_t too_large;
    std::int64_t wrong_format;
    std::array<std::string_view, 3> formats;
};
constexpr std::size_t mega = 1024U * 1024U;
constexpr std::chrono::seconds longest_voice{60};
constexpr std::array types{
    // wechat-protocol.md 4.5
    Type{"image", 0, 40009, 40137, {"image/jpeg", "image/png", "image/gif"}},
    Type{"voice", 2 * mega, 40010, 40005, {"audio/amr", "audio/mpeg", ""}},
    Type{"video", 10 * mega, 40011, 40005, {"video/mp4", "", ""}},
    Type{"thumb", 64 * 1024U, 40012, 40005, {"image/jpeg", "", ""}},
};

struct Format {
    std::size_t at;
    std::string_view magic;
    std::string_view mime;
    std::string_view extension;
};
constexpr std::array formats{
    Format{0, "\xff\xd8\xff"sv, "image/jpeg", "jpg"},
    Format{0, "\x89PNG\r\n\x1a\n"sv, "image/png", "png"},
    Format{0, "GIF8"sv, "image/gif", "gif"},
    Format{0, "#!AMR"sv, "audio/amr", "amr"},
    Format{0, "ID3"sv, "audio/mpeg", "mp3"},
    Format{0, "\xff\xfb"sv, "audio/mpeg", "mp3"},
    Format{0, "\xff\xf3"sv, "audio/mpeg", "mp3"},
    Format{0, "\xff\xf2"sv, "audio/mpeg", "mp3"},
    Format{4, "ftyp"sv, "video/mp4", "mp4"},
};

// The value of a header's parameter: boundary=x, filename="y".
std::string_view parameter(std::string_view header, std::string_view name)
{
    const auto pattern = std::string{name} + '=';
    auto at = header.find(pattern);
    while (at != std::string_view::npos && at > 0 && header[at - 1] != ' ' && header[at - 1] != ';')
        at = header.find(pattern, at + 1);
    if (at == std::string_view::npos)
        return {};
    auto value = header.substr(at + pattern.size());
    if (!value.starts_with('"'))
        return value.substr(0, value.find_first_of("; \r\n"));
    value.remove_prefix(1);
    return value.substr(0, value.find('"'));
}

bool plain_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string_view disposition_of(std::string_view head)
{
    constexpr std::string_view name = "content-disposition:";
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
        if (line.size() > name.size() && std::ranges::equal(line.substr(0, name.size()), name, same))
            return line;
        head.remove_prefix(std::min(head.size(), line.size() + 2));
    }
    return {};
}

}  // namespace

std::string_view mime_of(std::string_view bytes)
{
    for (const auto& format : formats)
        if (bytes.size() >= format.at && bytes.substr(format.at).starts_with(format.magic))
            return format.mime;
    return {};
}

std::string_view extension_of(std::string_view mime)
{
    const auto* const format = std::ranges::find(formats, mime, &Format::mime);
    return format == formats.end() ? "bin" : format->extension;
}

std::int64_t why_refused(std::string_view type, std::string_view bytes, std::size_t image_bytes)
{
    const auto* const row = std::ranges::find(types, type, &Type::name);
    if (row == types.end())
        return 40004;
    if (bytes.empty())
        return 44001;
    if (bytes.size() > (type == "image" ? image_bytes : row->largest))
        return row->too_large;
    const auto mime = mime_of(bytes);
    if (mime.empty() || std::ranges::find(row->formats, mime) == row->formats.end())
        return row->wrong_format;
    return type == "voice" && voice_length(bytes) > longest_voice ? 45007 : 0;
}

UploadedFile read_upload(std::string_view content_type, std::string_view body)
{
    const UploadedFile none{.errcode = 41005};
    const auto boundary = parameter(content_type, "boundary");
    if (!content_type.starts_with("multipart/form-data") || boundary.empty())
        return none;
    const auto line = "--" + std::string{boundary};
    const auto end = "\r\n" + line;
    auto at = body.starts_with(line) ? line.size() : std::string_view::npos;
    while (at != std::string_view::npos && body.substr(at).starts_with("\r\n")) {
        const auto part = body.substr(at + 2);
        const auto head = part.find("\r\n\r\n");
        if (head == std::string_view::npos)
            return none;
        const auto size = part.substr(head + 4).find(end);
        if (size == std::string_view::npos)
            return none;
        const auto disposition = disposition_of(part.substr(0, head));
        const auto name = parameter(disposition, "filename");
        if (parameter(disposition, "name") == "media" && !name.empty() && plain_ascii(name))
            return {.name = std::string{name}, .bytes = part.substr(head + 4, size)};
        at += 2 + head + 4 + size + end.size();
    }
    return none;
}

}  // namespace simulator
