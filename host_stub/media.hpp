/// Files that are said: the giver removes his once we have settled, so we keep our own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace host {

/// Links or copies a file into the folder, durably; gives its name there. Doing it twice is harmless.
///
/// owner  whatever names the message for ever: it becomes the file's name, hashed
/// Throws std::runtime_error where the file is not there or the disk is full.
[[nodiscard]] std::string
keep_file(const std::filesystem::path& folder, std::string_view owner, const std::filesystem::path& file);

/// The same for bytes that came over HTTP. extension: with its dot, or empty.
[[nodiscard]] std::string keep_bytes(
    const std::filesystem::path& folder,
    std::string_view owner,
    std::string_view extension,
    std::string_view bytes
);

}  // namespace host
