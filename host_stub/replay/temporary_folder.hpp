/// A folder that is gone when its owner is.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace replay {

class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto name = (place() / "channel-host-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::filesystem::filesystem_error{
                "no folder for a run", name, std::error_code{errno, std::generic_category()}
            };
        path_ = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;  // what is left behind harms nobody
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    // Memory, unless TMPDIR says where: nothing in it outlives its owner, and each commit waits for the disk.
    static std::filesystem::path place()
    {
        const std::filesystem::path memory{"/dev/shm"};
        const bool usable = std::getenv("TMPDIR") == nullptr && ::access(memory.c_str(), W_OK | X_OK) == 0;
        return usable ? memory : std::filesystem::temp_directory_path();
    }

    std::filesystem::path path_;
};

}  // namespace replay
