#include "media/folder.hpp"

#include "media/digest.hpp"
#include "media/format.hpp"
#include "media/limits.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace wechat::media {
namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] bool write(std::string_view bytes) const
    {
        while (number_ >= 0 && !bytes.empty()) {
            const auto written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return number_ >= 0;
    }
    [[nodiscard]] bool sync() const { return number_ >= 0 && ::fsync(number_) == 0; }

private:
    int number_;
};

constexpr std::array known_formats{jpeg, png, gif, amr, amr_wb, mp3, mp4, wav, unknown};

Kept kept_at(fs::path path, std::string_view bytes)
{
    return {
        .path = std::move(path),
        .bytes = bytes.size(),
        .mime = std::string{format_of(bytes).mime},
        .sha256 = sha256(bytes),
    };
}

constexpr std::string_view unfinished_ending = ".part";

// What a file counts: one that is still being written nothing, it is not kept yet.
std::uint64_t size_of(const fs::path& path)
{
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    return failure || path.extension() == unfinished_ending ? 0 : size;
}

}  // namespace

Folder::Folder(fs::path folder, std::uint64_t most) : folder_(std::move(folder)), most_(most)
{
    std::error_code ignored;  // a folder that cannot be had shows at the first file
    fs::create_directories(folder_, ignored);
    for (const auto& entry : fs::directory_iterator{folder_, ignored})
        used_ += size_of(entry.path());
}

// Hashed: an owner's name holds an openid, and may hold anything.
fs::path Folder::path_of(std::string_view owner, std::string_view extension) const
{
    return folder_ / (sha256(owner).substr(0, 32) + std::string{extension});
}

Result<Kept> Folder::keep(std::string_view owner, std::string_view bytes)
{
    const std::lock_guard lock{writing_};
    std::uint64_t replaced = 0;
    for (const auto& format : known_formats)
        replaced += size_of(path_of(owner, format.extension));
    if (without(replaced) + bytes.size() > most_)
        return fail(
            errc::media_full, "the media folder has reached its limit of " + std::to_string(most_) + " bytes"
        );
    auto path = path_of(owner, format_of(bytes).extension);
    auto unfinished = path;
    unfinished += unfinished_ending;
    std::error_code failure;
    {
        const Descriptor file{unfinished, O_WRONLY | O_CREAT | O_TRUNC};
        if (!file.write(bytes) || !file.sync())
            failure = {errno, std::generic_category()};
    }
    if (!failure)
        fs::rename(unfinished, path, failure);
    if (!failure)
        remove_others(owner, path);
    if (!failure && !Descriptor{folder_, O_RDONLY | O_DIRECTORY}.sync())
        failure = {errno, std::generic_category()};
    if (failure) {
        std::error_code ignored;
        fs::remove(unfinished, ignored);
        return fail(errc::media_full, "a file could not be kept: " + failure.message());
    }
    used_ = without(replaced) + bytes.size();
    return kept_at(std::move(path), bytes);
}

// The owner's file of before, where it was of another format.
void Folder::remove_others(std::string_view owner, const fs::path& kept) const
{
    std::error_code ignored;
    for (const auto& format : known_formats)
        if (const auto path = path_of(owner, format.extension); path != kept)
            fs::remove(path, ignored);
}

// Never below nothing: another instance may have kept what this one removes.
std::uint64_t Folder::without(std::uint64_t bytes) const
{
    const auto used = used_.load();
    return used - std::min(used, bytes);
}

Result<std::optional<Kept>> Folder::find(std::string_view owner) const
{
    for (const auto& format : known_formats) {
        auto path = path_of(owner, format.extension);
        std::error_code failure;
        if (!fs::is_regular_file(path, failure))
            continue;
        const auto bytes = read_file(path.string());
        if (bytes.size() != size_of(path))
            return fail(errc::media_full, "a file cannot be read");
        return std::optional{kept_at(std::move(path), bytes)};
    }
    return std::optional<Kept>{};
}

void Folder::remove(const fs::path& path)
{
    const std::lock_guard lock{writing_};
    const auto size = size_of(path);
    std::error_code failure;
    if (fs::remove(path, failure) && !failure)
        used_ = without(size);
}

void Folder::remove_older_than(std::chrono::hours age)
{
    const auto oldest = fs::file_time_type::clock::now() - age;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{folder_, ignored})
        if (entry.is_regular_file(ignored) && entry.last_write_time(ignored) < oldest)
            remove(entry.path());
}

}  // namespace wechat::media
