#include "black_box.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace host {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t slot_bytes = 128;  // a channel's: its name, then the function, both NUL-padded
constexpr std::size_t function_bytes =
    32;  // in words of 8 that are stored at once: check is called by many threads
constexpr std::size_t name_bytes = slot_bytes - function_bytes;
constexpr std::size_t slots = page_bytes / slot_bytes;

std::string text_at(const char* bytes, std::size_t most)
{
    return {bytes, ::strnlen(bytes, most)};
}

}  // namespace

BlackBox::BlackBox(const std::filesystem::path& file)
{
    const auto descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
    if (::ftruncate(descriptor, page_bytes) == 0) {
        auto* const mapped = ::mmap(nullptr, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        page_ = mapped == MAP_FAILED ? nullptr : static_cast<char*>(mapped);
    }
    ::close(descriptor);
    if (!page_)
        return;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        const auto* const words = page_ + slot * slot_bytes;
        if (*words != '\0')
            last_run_.push_back(
                text_at(words, name_bytes) + ": " + text_at(words + name_bytes, function_bytes)
            );
    }
    clear();
}

BlackBox::~BlackBox()
{
    if (page_)
        ::munmap(page_, page_bytes);
}

void BlackBox::name(std::size_t channel, std::string_view name)
{
    if (page_ && channel < slots)
        name.copy(page_ + channel * slot_bytes, name_bytes - 1);
}

void BlackBox::note(std::size_t channel, std::string_view function)
{
    if (!page_ || channel >= slots)
        return;
    std::array<std::uint64_t, function_bytes / sizeof(std::uint64_t)> words = {};
    std::memcpy(words.data(), function.data(), std::min(function.size(), function_bytes - 1));
    auto* const place = reinterpret_cast<std::uint64_t*>(page_ + channel * slot_bytes + name_bytes);
    for (std::size_t i = 0; i < words.size(); ++i)
        std::atomic_ref{place[i]}.store(words[i], std::memory_order_relaxed);
}

void BlackBox::clear()
{
    if (page_)
        std::memset(page_, 0, page_bytes);
}

}  // namespace host
