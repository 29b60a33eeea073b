#include "elf_facts.hpp"

#include <channel/host/elf.hpp>

namespace conformance {
namespace {

using channel::detail::Image;

void read_segments(const Image& image, const Elf64_Ehdr& header, ElfFacts& facts)
{
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const auto part = image.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
        if (part.p_type == PT_GNU_RELRO)
            facts.relro = true;
        if (part.p_type == PT_GNU_STACK)
            facts.executable_stack = (part.p_flags & PF_X) != 0;
        if (part.p_type != PT_DYNAMIC)
            continue;
        for (std::uint64_t at = 0; at < part.p_filesz; at += sizeof(Elf64_Dyn)) {
            const auto entry = image.at<Elf64_Dyn>(part.p_offset + at);
            const auto value = entry.d_un.d_val;
            if (entry.d_tag == DT_NULL)
                break;
            if (entry.d_tag == DT_TEXTREL || (entry.d_tag == DT_FLAGS && (value & DF_TEXTREL) != 0))
                facts.text_relocations = true;
            if (entry.d_tag == DT_BIND_NOW || (entry.d_tag == DT_FLAGS && (value & DF_BIND_NOW) != 0)
                || (entry.d_tag == DT_FLAGS_1 && (value & DF_1_NOW) != 0))
                facts.bind_now = true;
        }
    }
}

void read_symbols(const Image& image, const Elf64_Ehdr& header, ElfFacts& facts)
{
    for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
        const auto section = image.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr));
        if (section.sh_type != SHT_DYNSYM)
            continue;
        const auto names = image.at<Elf64_Shdr>(header.e_shoff + section.sh_link * sizeof(Elf64_Shdr));
        for (std::uint64_t at = 0; at < section.sh_size; at += sizeof(Elf64_Sym)) {
            const auto symbol = image.at<Elf64_Sym>(section.sh_offset + at);
            const auto binding = ELF64_ST_BIND(symbol.st_info);
            const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
            if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL || visibility == STV_HIDDEN
                || visibility == STV_INTERNAL)
                continue;
            const auto name = image.text_at(names.sh_offset + symbol.st_name);
            facts.exports.push_back(name);
            if (binding == STB_GNU_UNIQUE)
                facts.unique.push_back(name);
        }
    }
}

}  // namespace

ElfFacts elf_facts(const std::filesystem::path& file)
{
    ElfFacts facts;
    facts.needed = channel::detail::needed_by(file);
    const Image image(file);
    const auto header = image.at<Elf64_Ehdr>(0);
    read_segments(image, header, facts);
    read_symbols(image, header, facts);
    return facts;
}

}  // namespace conformance
