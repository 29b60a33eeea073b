/// A file that a stranger sent, as an answer that can do no harm.
#pragma once

#include "http/message.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace host::http {

/// The file, or the part of it that is asked for; nothing where it cannot be read.
///
/// What a page may show (pictures, sound, video) comes with its type, all else as bytes to be saved.
/// name   what the giver called it: what a browser saves it as; empty: the browser's choice
/// range  the request's header, empty where there is none: "bytes=0-99" is answered 206, one beyond the end 416;
///        several ranges, or what is no range, are answered with the whole file
[[nodiscard]] std::optional<Answer> file_answer(
    const std::filesystem::path& file, std::string_view mime, std::string_view name, std::string_view range
);

}  // namespace host::http
