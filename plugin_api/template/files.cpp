#include "files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace fs = std::filesystem;

void fail(const fs::path& file)
{
    throw std::runtime_error(file.filename().string() + ": " + std::strerror(errno));
}

namespace {

void sync(const fs::path& path)
{
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool good = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    if (!good)
        fail(path);
}

}  // namespace

fs::path file_name(std::string_view client_id)
{
    constexpr std::size_t piece = 200;
    std::string hex;
    for (const char c : client_id) {
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) / 16];
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) % 16];
    }
    fs::path name;
    for (; hex.size() > piece; hex.erase(0, piece))
        name /= hex.substr(0, piece);
    return name / (hex + ".txt");
}

void write_durably(const fs::path& file, std::string_view text)
{
    const auto draft = file.parent_path() / ("." + file.filename().string());
    std::ofstream stream(draft, std::ios::binary);
    if (!stream.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
        fail(file);
    stream.close();
    sync(draft);
    fs::rename(draft, file);
    sync(file.parent_path());
}

std::vector<fs::path> files_of(const fs::path& directory)
{
    std::vector<fs::path> files;
    std::error_code gone;  // then there are none
    for (const auto& entry : fs::recursive_directory_iterator(directory, gone))
        if (!entry.path().filename().native().starts_with('.') && entry.is_regular_file(gone))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string read_file(const fs::path& file, std::uintmax_t limit)
{
    const auto size = fs::file_size(file);
    if (size > limit)
        throw std::runtime_error("longer than it may be");
    std::string all(size, '\0');
    if (!std::ifstream(file, std::ios::binary).read(all.data(), static_cast<std::streamsize>(size)))
        fail(file);
    return all;
}
