#pragma once
/// Reads a library's ELF headers before any of its code can run (System V ABI, chapters 4 and 5; elf(5)).

#include <channel/values.hpp>

#include <elf.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace channel::detail {

/// Refuses a file, with a sentence and a remedy.
[[noreturn]] inline void refuse(const char* code, const std::filesystem::path& path, const std::string& why)
{
    throw Error(Status::refused, code, path.string() + ' ' + why);
}

/// A file's bytes; nothing is read beyond them.
class Image {
public:
    explicit Image(const std::filesystem::path& path) : path_(path)
    {
        std::ifstream file(path, std::ios::binary | std::ios::ate);
        const auto size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
        bytes_.resize(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)));
        if (size < 0 || !file.seekg(0).read(bytes_.data(), size))
            refuse("not_readable", path, "cannot be read: check its permissions");
    }

    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] bool has(std::uint64_t offset, std::uint64_t size) const noexcept
    {
        return offset <= bytes_.size() && size <= bytes_.size() - offset;
    }

    template <class Struct>
    [[nodiscard]] Struct at(std::uint64_t offset) const
    {
        Struct result;
        if (!has(offset, sizeof result))
            truncated();
        std::memcpy(&result, bytes_.data() + offset, sizeof result);
        return result;
    }

    [[nodiscard]] std::string text_at(std::uint64_t offset) const
    {
        if (!has(offset, 1))
            truncated();
        return std::string(bytes_.data() + offset, strnlen(bytes_.data() + offset, bytes_.size() - offset));
    }

    [[noreturn]] void truncated() const
    {
        refuse("truncated", path_, "ends too early: it is damaged or was copied in part; copy it again");
    }

private:
    std::filesystem::path path_;
    std::vector<char> bytes_;
};

#if defined(__x86_64__)
inline constexpr Elf64_Half own_machine = EM_X86_64;
#elif defined(__aarch64__)
inline constexpr Elf64_Half own_machine = EM_AARCH64;
#elif defined(__riscv)
inline constexpr Elf64_Half own_machine = EM_RISCV;
#else
#error "say which machine this is: elf.h, EM_..."
#endif

/// The names in DT_NEEDED of a shared library that this machine could load; anything else is refused.
inline std::vector<std::string> needed_by(const std::filesystem::path& path)
{
    const Image image(path);
    if (!image.has(0, SELFMAG) || image.at<std::array<char, SELFMAG>>(0) != std::array{'\x7f', 'E', 'L', 'F'})
        refuse("not_elf", path, "is no shared library: give the .so file that add_channel_plugin() has built");
    if (image.at<std::array<unsigned char, EI_NIDENT>>(0)[EI_CLASS] != ELFCLASS64)
        refuse("not_64_bit", path, "is built for 32 bit: build it for 64 bit, as this host is");
    const auto header = image.at<Elf64_Ehdr>(0);
    if (header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_machine != own_machine)
        refuse("other_machine", path,
               "is built for another machine (ELF machine " + std::to_string(header.e_machine) + ", here "
                   + std::to_string(own_machine) + "): build it on this one");
    if (header.e_type != ET_DYN)
        refuse("not_shared", path, "is no shared library: build it with add_channel_plugin()");
    if (!image.has(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize))
        image.truncated();

    std::vector<Elf64_Phdr> loaded;
    std::optional<Elf64_Phdr> dynamic;
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const auto part = image.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
        if (part.p_type == PT_LOAD && !image.has(part.p_offset, part.p_filesz))
            image.truncated();
        if (part.p_type == PT_LOAD)
            loaded.push_back(part);
        if (part.p_type == PT_DYNAMIC)
            dynamic = part;
    }
    if (!dynamic)
        refuse("not_shared", path, "is no shared library: build it with add_channel_plugin()");

    std::vector<std::uint64_t> names;
    std::uint64_t strings = 0;
    for (std::uint64_t i = 0; i < dynamic->p_filesz / sizeof(Elf64_Dyn); ++i) {
        const auto entry = image.at<Elf64_Dyn>(dynamic->p_offset + i * sizeof(Elf64_Dyn));
        if (entry.d_tag == DT_NULL)
            break;
        if (entry.d_tag == DT_NEEDED)
            names.push_back(entry.d_un.d_val);
        if (entry.d_tag == DT_STRTAB)
            strings = entry.d_un.d_ptr;
    }
    std::vector<std::string> needed;
    for (const auto& part : loaded)
        if (strings >= part.p_vaddr && strings - part.p_vaddr < part.p_filesz)
            for (const auto name : names)
                needed.push_back(image.text_at(part.p_offset + (strings - part.p_vaddr) + name));
    if (needed.size() != names.size())
        image.truncated();
    return needed;
}

/// Whether this is a C++ runtime, which a plugin has to carry itself (plugin-api.md 2, E2, and 3.2).
inline bool is_cxx_runtime(std::string_view name)
{
    for (const std::string_view runtime : {"libstdc++.so", "libc++.so", "libc++abi.so", "libunwind.so"})
        if (name.starts_with(runtime))
            return true;
    return false;
}

/// All that can be said of a file before it is loaded (plugin-api.md 3.2, step 1).
inline void examine(const std::filesystem::path& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        refuse("missing_file", path, "does not exist: check the path in the host's configuration");
    if (!std::filesystem::is_regular_file(status))
        refuse("not_a_file", path, "is no regular file: give the channel's .so file itself");
    for (const auto& name : needed_by(path))
        if (is_cxx_runtime(name))
            refuse("shared_runtime", path,
                   "carries no C++ runtime of its own (it needs " + name + "): link it with add_channel_plugin()");
}

}  // namespace channel::detail
