#include "base/secret.hpp"

#include <cstring>

namespace wechat {

void wipe(void* bytes, std::size_t size) noexcept
{
    if (size == 0)
        return;
    std::memset(bytes, 0, size);
    // The compiler must believe that somebody reads the zeros.
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
}

}  // namespace wechat
