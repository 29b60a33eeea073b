#pragma once
/// Files as a store and a provider of files need them: whole or not at all, and still there after a crash.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Throws std::runtime_error with the file's name and what the system says of it.
[[noreturn]] void fail(const std::filesystem::path& file);

/// A client_id is any text of 255 bytes, a file's name is not: hex, in pieces that a directory takes (NAME_MAX).
[[nodiscard]] std::filesystem::path file_name(std::string_view client_id);

/// Writes a file so that it is never seen in part, and is there after a crash. Throws std::runtime_error.
void write_durably(const std::filesystem::path& file, std::string_view text);

/// The files of a directory whose names have no leading dot, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_of(const std::filesystem::path& directory);

/// All of a file, if it is no larger than limit. Throws std::runtime_error.
[[nodiscard]] std::string read_file(const std::filesystem::path& file, std::uintmax_t limit);
