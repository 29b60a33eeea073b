#include "media/mp3.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mpg123.h>
#include <sys/types.h>

namespace wechat::media {
namespace {

struct End {
    void operator()(mpg123_handle* handle) const { mpg123_delete(handle); }
};

// A file in memory, read as libmpg123 reads one on the disk.
struct Source {
    std::string_view bytes = {};
    std::size_t at = 0;
};

ssize_t read_some(void* from, void* to, std::size_t most)
{
    auto& source = *static_cast<Source*>(from);
    const auto size = std::min(most, source.bytes.size() - source.at);
    if (size == 0)
        return 0;  // of an empty file there is not even an address
    std::memcpy(to, source.bytes.data() + source.at, size);
    source.at += size;
    return static_cast<ssize_t>(size);
}

off_t seek(void* in, off_t by, int whence)
{
    auto& source = *static_cast<Source*>(in);
    const auto size = static_cast<off_t>(source.bytes.size());
    const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? static_cast<off_t>(source.at) : size;
    const auto target = base + by;
    if (target < 0 || target > size)
        return -1;
    source.at = static_cast<std::size_t>(target);
    return target;
}

}  // namespace

std::optional<std::chrono::milliseconds> mp3_length(std::string_view bytes)
{
    const std::unique_ptr<mpg123_handle, End> handle{mpg123_new(nullptr, nullptr)};
    if (!handle)
        return std::nullopt;
    Source source{.bytes = bytes};
    mpg123_param(handle.get(), MPG123_ADD_FLAGS, MPG123_QUIET, 0);
    mpg123_replace_reader_handle(handle.get(), read_some, seek, nullptr);
    if (mpg123_open_handle(handle.get(), &source) != MPG123_OK || mpg123_scan(handle.get()) != MPG123_OK)
        return std::nullopt;
    long rate = 0;
    int channels = 0;
    int encoding = 0;
    const auto samples = mpg123_length(handle.get());
    if (mpg123_getformat(handle.get(), &rate, &channels, &encoding) != MPG123_OK || rate <= 0 || samples <= 0)
        return std::nullopt;
    return std::chrono::milliseconds{samples * 1000 / rate};
}

}  // namespace wechat::media
