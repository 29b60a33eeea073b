#include "http/file_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <string>

namespace host::http {
namespace {

constexpr std::array shown{
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "audio/wav",
    "audio/mpeg",
    "audio/amr",
    "video/mp4"};

struct Part {
    std::uint64_t first = 0, size = 0;
};

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, fault] = std::from_chars(text.data(), end, value);
    return fault == std::errc{} && stopped == end ? std::optional{value} : std::nullopt;
}

// Nothing: the whole file. A part of no bytes: there is nothing of the file there. RFC 9110, 14.1.2.
std::optional<Part> part_of(std::string_view range, std::uint64_t size)
{
    constexpr std::string_view unit = "bytes=";
    if (!range.starts_with(unit))
        return std::nullopt;
    range.remove_prefix(unit.size());
    const auto dash = range.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto first = number(range.substr(0, dash));
    const auto last = number(range.substr(dash + 1));
    if (dash == 0 && last)  // the last so many bytes
        return Part{size - std::min(*last, size), std::min(*last, size)};
    if (!first || (!last && dash + 1 != range.size()) || (last && *last < *first))
        return std::nullopt;
    if (*first >= size)
        return Part{};
    return Part{*first, std::min(last.value_or(size), size - 1) - *first + 1};
}

// RFC 8187: whatever a stranger called his file, nothing but letters, digits and percents stands in the header.
std::string percent_encoded(std::string_view name)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const auto is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                           || c == '.' || c == '-' || c == '_';
        if (is_plain)
            encoded += c;
        else
            encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return encoded;
}

std::string disposition(bool is_shown, std::string_view name)
{
    const std::string kind = is_shown ? "inline" : "attachment";
    return name.empty() ? kind : kind + "; filename*=UTF-8''" + percent_encoded(name);
}

std::string read(std::ifstream& file, const Part& part)
{
    std::string bytes(part.size, '\0');
    file.seekg(static_cast<std::streamoff>(part.first));
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

}  // namespace

std::optional<Answer> file_answer(
    const std::filesystem::path& file, std::string_view mime, std::string_view name, std::string_view range
)
{
    std::error_code unknown;
    const auto size = std::filesystem::file_size(file, unknown);
    std::ifstream stream{file, std::ios::binary};
    if (unknown || !stream)
        return std::nullopt;
    const auto is_shown = std::ranges::find(shown, mime) != shown.end();
    Answer answer;
    answer.type = is_shown ? std::string{mime} : "application/octet-stream";
    answer.headers = {
        {"Content-Disposition", disposition(is_shown, name)},
        {"Content-Security-Policy", "default-src 'none'; sandbox"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Accept-Ranges", "bytes"}};
    const auto part = part_of(range, size);
    const auto of = '/' + std::to_string(size);
    if (part && part->size == 0) {
        answer = failure(416, "no_such_range", "The file ends before that.");
        answer.headers.emplace_back("Content-Range", "bytes *" + of);
        return answer;
    }
    answer.body = read(stream, part.value_or(Part{0, size}));
    if (part) {
        answer.status = 206;
        const auto last = part->first + part->size - 1;
        answer.headers.emplace_back(
            "Content-Range", "bytes " + std::to_string(part->first) + '-' + std::to_string(last) + of
        );
    }
    return answer;
}

}  // namespace host::http
