#include "media.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace host {
namespace {

namespace fs = std::filesystem;

// FNV-1a, 64 bits: the same in every run.
std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

std::string name_for(std::string_view owner, const std::string& extension)
{
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash_of(owner)));
    // An extension is a stranger's word: only what no file system and no page could take for more.
    const auto is_tame =
        extension.size() <= 8
        && extension.find_first_not_of(".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
               == std::string::npos;
    return digits + (is_tame ? extension : std::string{});
}

void sync(const fs::path& path)
{
    const auto descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto failed = descriptor < 0 || ::fsync(descriptor) != 0;
    const auto why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (failed)
        throw std::runtime_error{"cannot keep " + path.string() + ": " + std::strerror(why)};
}

// Appears under its name only when it is whole.
void publish(const fs::path& part, const fs::path& whole)
{
    sync(part);
    fs::rename(part, whole);
    sync(whole.parent_path());
}

}  // namespace

std::string keep_file(const fs::path& folder, std::string_view owner, const fs::path& file)
{
    fs::create_directories(folder);
    const auto name = name_for(owner, file.extension().string());
    const auto whole = folder / name;
    if (fs::exists(whole))
        return name;
    std::error_code not_linked;
    fs::create_hard_link(file, whole, not_linked);
    if (!not_linked) {
        sync(folder);
        return name;
    }
    // Another file system.
    const fs::path part = whole.string() + ".part";
    fs::copy_file(file, part, fs::copy_options::overwrite_existing);
    publish(part, whole);
    return name;
}

std::string
keep_bytes(const fs::path& folder, std::string_view owner, std::string_view extension, std::string_view bytes)
{
    fs::create_directories(folder);
    const auto name = name_for(owner, std::string{extension});
    const fs::path part = (folder / name).string() + ".part";
    std::ofstream out{part, std::ios::binary | std::ios::trunc};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw std::runtime_error{"cannot write " + part.string()};
    publish(part, folder / name);
    return name;
}

}  // namespace host
