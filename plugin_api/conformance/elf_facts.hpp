#pragma once
/// What a library's file says of itself, read without running any of it (System V ABI 4 and 5; gABI 1.2 for hashes).

#include <filesystem>
#include <string>
#include <vector>

namespace conformance {

struct ElfFacts {
    bool relro = false, bind_now = false, text_relocations = false, executable_stack = true;
    std::vector<std::string> exports = {};  // defined, global or weak, seen by others
    std::vector<std::string> unique = {};   // GNU_UNIQUE: they keep a library mapped for ever
    std::vector<std::string> needed = {};   // DT_NEEDED
};

/// Throws channel::Error for what is no library of this machine.
[[nodiscard]] ElfFacts elf_facts(const std::filesystem::path& file);

}  // namespace conformance
