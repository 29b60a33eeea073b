#include "media/contact_file.hpp"

#include "media/limits.hpp"
#include "media/playable.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace wechat::media {
namespace {

// A WAV beside a recording is a service: where it cannot be had, the recording itself is enough.
void add_playable(Folder& folder, std::string_view item, Content& content, std::string_view bytes)
{
    if (content.kind != Kind::voice)
        return;
    const auto sound = playable(bytes);
    if (!sound)
        return;
    if (const auto kept = folder.keep(std::string{item} + "\nplayable", sound->bytes)) {
        content.data["playable"] = kept->path.string();
        content.data["playable_mime"] = sound->format.mime;
    }
}

Content with_file(Content content, const Kept& kept)
{
    content.path = kept.path.string();
    content.mime = kept.mime;
    content.name = std::string{name_of(content.kind)} + kept.path.extension().string();
    content.bytes = kept.bytes;
    content.data["sha256"] = kept.sha256;
    content.data.erase("missing");
    content.data.erase("missing_text");
    return content;
}

}  // namespace

Result<Content> keep_file(Folder& folder, std::string_view item, Content content, std::string_view bytes)
{
    const auto kept = folder.keep(item, bytes);
    if (!kept)
        return kept.error();
    auto filled = with_file(std::move(content), *kept);
    add_playable(folder, item, filled, bytes);
    return filled;
}

Result<std::optional<Content>> find_file(Folder& folder, std::string_view item, const Content& content)
{
    const auto kept = folder.find(item);
    if (!kept)
        return kept.error();
    if (!*kept)
        return std::optional<Content>{};
    auto filled = with_file(content, **kept);
    add_playable(folder, item, filled, read_file(filled.path));
    return std::optional{std::move(filled)};
}

void remove_file(Folder& folder, const Content& content)
{
    if (!content.path.empty())
        folder.remove(content.path);
    if (const auto sound = content.data.find("playable"); sound != content.data.end())
        folder.remove(sound->second);
}

}  // namespace wechat::media
