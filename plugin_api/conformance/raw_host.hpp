#pragma once
/// A host of bare structs, for what no layer would do: tables of other lengths, at the edge of memory.

#include <channel/abi.h>

#include <cstring>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace conformance {

/// Counts what a channel calls, and does nothing of it.
class RawHost {
public:
    RawHost() { table.self = this; }
    RawHost(const RawHost&) = delete;
    RawHost& operator=(const RawHost&) = delete;

    int calls = 0;
    std::string completed;  // the result of the last operation
    channel_status ended = 1;

    channel_host table{
        sizeof(channel_host),
        CHANNEL_ABI_MAJOR,
        CHANNEL_ABI_MINOR,
        nullptr,
        [](void* self) noexcept { return ++of(self).calls, std::int64_t{1'700'000'000'000}; },
        [](void* self, std::int64_t, channel_task, void*) noexcept {
            return ++of(self).calls, std::uint64_t{0};
        },
        [](void* self, std::uint64_t) noexcept { return ++of(self).calls, std::int32_t{0}; },
        [](void* self, channel_task, void*) noexcept {
            return ++of(self).calls, channel_status{CHANNEL_E_STATE};
        },
        [](void* self, std::int32_t, channel_str, channel_str, channel_str) noexcept { ++of(self).calls; },
        [](void* self, std::int32_t, channel_str, channel_str) noexcept { ++of(self).calls; },
        [](void* self, const channel_item*, channel_token, channel_error* error) noexcept {
            return refuse(self, error);
        },
        [](void* self, const channel_report*, channel_token, channel_error* error) noexcept {
            return refuse(self, error);
        },
        [](void* self, channel_op, channel_status status, channel_str result) noexcept {
            ++of(self).calls;
            of(self).ended = status;
            of(self).completed = result.size == 0 ? std::string() : std::string(result.data, result.size);
            return channel_status{CHANNEL_OK};
        },
        [](void* self, channel_str) noexcept -> const void* { return ++of(self).calls, nullptr; },
    };

private:
    static RawHost& of(void* self) { return *static_cast<RawHost*>(self); }
    static channel_status refuse(void* self, channel_error* error) noexcept
    {
        ++of(self).calls;
        error->status = CHANNEL_E_STATE;
        return CHANNEL_E_STATE;
    }
};

/// Room for a struct whose end is the end of what may be read.
class AtTheEdge {
public:
    explicit AtTheEdge(std::size_t size) : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)))
    {
        pages_ = static_cast<char*>(
            ::mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        );
        ::mprotect(pages_ + page_, page_, PROT_NONE);
        room_ = pages_ + page_ - size;
    }
    ~AtTheEdge() { ::munmap(pages_, 2 * page_); }
    AtTheEdge(const AtTheEdge&) = delete;
    AtTheEdge& operator=(const AtTheEdge&) = delete;

    template <class Struct>
    Struct* put(const Struct& value)
    {
        std::memcpy(room_, &value, sizeof value);
        return reinterpret_cast<Struct*>(room_);
    }

private:
    std::size_t page_;
    char* pages_;
    char* room_;
};

/// Room for a struct as a later minor has it: longer than this header knows, with who knows what behind.
class Longer {
public:
    template <class Struct>
    Struct* put(const Struct& value)
    {
        std::memset(room_, 0xFF, sizeof room_);
        std::memcpy(room_, &value, sizeof value);
        auto* const longer = reinterpret_cast<Struct*>(room_);
        longer->struct_size = sizeof value + 64;
        return longer;
    }

private:
    alignas(16) char room_[1024];
};

}  // namespace conformance
