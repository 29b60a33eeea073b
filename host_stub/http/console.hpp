/// The console's page: files that are part of the program.
#pragma once

#include "http/message.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace host::http {

struct ConsoleFile {
    std::string_view path, text;
};

/// console/*, as CMake put them into the program.
[[nodiscard]] std::span<const ConsoleFile> console_files();

/// The file at a path, with headers that let it do nothing but talk to this server; nothing at other paths.
[[nodiscard]] std::optional<Answer> console_answer(std::string_view path);

}  // namespace host::http
