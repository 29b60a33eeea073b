/// A contact's message and its file in the folder: the file as it came, and of a voice one that browsers play.
#pragma once

#include "base/content.hpp"
#include "base/result.hpp"
#include "media/folder.hpp"

#include <optional>
#include <string_view>

namespace wechat::media {

/// Keeps the bytes as the file of a message; gives the content with path, mime, name, bytes, and in data sha256.
///
/// item  the message's id. A voice that no browser plays gets data.playable, the path of a WAV beside it, and
///       data.playable_mime
/// Faults: media_full
[[nodiscard]] Result<Content>
keep_file(Folder& folder, std::string_view item, Content content, std::string_view bytes);

/// The same of a file that was kept before; nothing: there is none.
[[nodiscard]] Result<std::optional<Content>>
find_file(Folder& folder, std::string_view item, const Content& content);

/// Removes the files of a content that keep_file or find_file gave.
void remove_file(Folder& folder, const Content& content);

}  // namespace wechat::media
