#include "media/limits.hpp"

#include "media/format.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace wechat::media {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t megabyte = 1024U * 1024U;

struct Limit {
    Kind kind;
    std::uint64_t bytes;
    std::array<Format, 3> formats;
    std::string_view names;
    std::optional<std::chrono::milliseconds> length;
};

constexpr std::array limits{
    Limit{Kind::image, 10 * megabyte, {jpeg, png, gif}, "JPEG, PNG or GIF", std::nullopt},
    Limit{Kind::voice, 2 * megabyte, {amr, mp3, mp3}, "AMR or MP3", 60s},
    Limit{Kind::video, 10 * megabyte, {mp4, mp4, mp4}, "MP4", std::nullopt},
};

const Limit* limit_of(Kind kind)
{
    const auto* const found = std::ranges::find(limits, kind, &Limit::kind);
    return found == limits.end() ? nullptr : found;
}

std::string in_seconds(std::chrono::milliseconds length)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(length).count()) + " s";
}

Judgement too_large(const Limit& limit, std::uint64_t size)
{
    return {
        Unfit::too_large,
        "the limit is " + std::to_string(limit.bytes) + " bytes, the file has " + std::to_string(size)};
}

}  // namespace

Judgement judge(Kind kind, std::string_view bytes)
{
    const auto* const limit = limit_of(kind);
    if (limit == nullptr)
        return {};
    if (bytes.size() > limit->bytes)
        return too_large(*limit, bytes.size());
    const auto format = format_of(bytes);
    if (std::ranges::find(limit->formats, format) == limit->formats.end())
        return {
            Unfit::unsupported_format,
            "WeChat takes " + std::string{limit->names} + ", the file is " + std::string{format.mime}};
    if (!limit->length)
        return {};
    const auto length = length_of(bytes);
    if (!length || *length == 0ms)
        return {Unfit::unsupported_format, "nobody can tell how long the recording is"};
    if (*length > *limit->length)
        return {
            Unfit::too_long,
            "the limit is " + in_seconds(*limit->length) + ", the recording has " + in_seconds(*length)};
    return {};
}

Judgement judge_file(Kind kind, const std::string& path)
{
    const auto* const limit = limit_of(kind);
    if (limit == nullptr)
        return {};
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure)
        return {Unfit::unreadable, "its file cannot be read: " + failure.message()};
    if (size > limit->bytes)
        return too_large(*limit, size);
    const auto bytes = read_file(path);
    if (bytes.empty())
        return {Unfit::unreadable, "its file is empty, or cannot be read"};
    return judge(kind, bytes);
}

std::string read_file(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream bytes;
    // A directory opens, too, and fails only when it is read.
    return bytes << file.rdbuf() ? std::move(bytes).str() : std::string{};
}

}  // namespace wechat::media
