/// A folder that is gone when the test is over.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace wechat::config {

struct Folder {
    std::filesystem::path path;

    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "config-test-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw std::runtime_error("no folder for the test");
        path = name;
    }
    ~Folder()
    {
        std::error_code unseen;
        std::filesystem::remove_all(path, unseen);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path write(const std::string& name, std::string_view text) const
    {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream{path / name, std::ios::binary} << text;
        return path / name;
    }
};

}  // namespace wechat::config
