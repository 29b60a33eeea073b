/// Whether a file is a recording that a voicemail plays: RIFF/WAVE with PCM, A-law or mu-law.
/// Source: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0, chapter 3.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

namespace voicemail {

/// How long it plays; nothing where it is no such file.
[[nodiscard]] std::optional<std::chrono::milliseconds> wav_length(const std::filesystem::path& file);

}  // namespace voicemail
