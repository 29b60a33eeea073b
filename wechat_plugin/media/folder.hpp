/// Where contacts' files lie, from the moment they are fetched until the host has settled their messages.
#pragma once

#include "base/result.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace wechat::media {

/// path of a file that nobody changes any more.
struct Kept {
    std::filesystem::path path = {};
    std::uint64_t bytes = 0;
    std::string mime = {};    // by its bytes
    std::string sha256 = {};  // of its bytes
};

/// A file is there whole and durable, or not at all. Functions wait for the disk; any thread may call them, and
/// several instances may share one folder: a name belongs to one message.
class Folder {
public:
    /// most: bytes of all files together; more is not kept.
    Folder(std::filesystem::path folder, std::uint64_t most);

    /// Keeps a file under its owner's name, whatever was there before. owner: any text that names the file for ever.
    ///
    /// Faults: media_full (the limit, or no room on the disk)
    [[nodiscard]] Result<Kept> keep(std::string_view owner, std::string_view bytes);

    /// The file that was kept under this name; nothing: there is none.
    ///
    /// Faults: media_full (it cannot be read)
    [[nodiscard]] Result<std::optional<Kept>> find(std::string_view owner) const;

    /// It need not be there.
    void remove(const std::filesystem::path& path);

    /// Removes what a crash may have left: files older than this.
    void remove_older_than(std::chrono::hours age);

    [[nodiscard]] std::uint64_t bytes() const { return used_; }

private:
    [[nodiscard]] std::filesystem::path path_of(std::string_view owner, std::string_view extension) const;
    [[nodiscard]] std::uint64_t without(std::uint64_t bytes) const;
    void remove_others(std::string_view owner, const std::filesystem::path& kept) const;

    std::filesystem::path folder_;
    std::uint64_t most_;
    std::atomic<std::uint64_t> used_ = 0;
    std::mutex writing_;
};

}  // namespace wechat::media
