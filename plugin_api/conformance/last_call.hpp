#pragma once
/// The last function called, in memory that two processes share: known also when one of them is gone.

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace conformance {

class LastCall {
public:
    static constexpr std::size_t size = 4096;

    /// A new one, in a file without a name that a child inherits.
    static int make_file()
    {
        const int file = ::memfd_create("last-call", 0);
        if (file >= 0 && ::ftruncate(file, size) != 0) {
            ::close(file);
            return -1;
        }
        return file;
    }

    explicit LastCall(int file)
    {
        auto* const page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        text_ = page == MAP_FAILED ? spare_.data() : static_cast<char*>(page);
    }
    ~LastCall()
    {
        if (text_ != spare_.data())
            ::munmap(text_, size);
    }
    LastCall(const LastCall&) = delete;
    LastCall& operator=(const LastCall&) = delete;

    void note(std::string_view function)
    {
        const auto length = std::min(function.size(), spare_.size() - 1);
        std::memcpy(text_, function.data(), length);
        text_[length] = '\0';
    }
    [[nodiscard]] std::string read() const { return std::string(text_, strnlen(text_, spare_.size())); }

    /// Where this process notes it.
    static LastCall*& here()
    {
        static LastCall* here = nullptr;
        return here;
    }

private:
    std::array<char, 128> spare_{};
    char* text_;
};

inline void note_call(std::string_view function)
{
    if (LastCall::here() != nullptr)
        LastCall::here()->note(function);
}

}  // namespace conformance
