/// One OpenSSL context kept between uses: making a new one costs more than the work done with it.
#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

namespace wechat::codec {

/// A place for one context that nobody uses just now. [any]: who finds it empty makes his own.
///
/// Not thread_local: the destructor of a thread_local in a host's thread would keep the plugin loaded.
template <class Context, auto release>
class Spare {
public:
    struct Release {
        void operator()(Context* context) const { release(context); }
    };
    using Owned = std::unique_ptr<Context, Release>;

    Spare() = default;
    Spare(const Spare&) = delete;
    Spare& operator=(const Spare&) = delete;
    ~Spare() { Owned{slot_.load()}.reset(); }

    [[nodiscard]] Owned take() const { return Owned{slot_.exchange(nullptr, std::memory_order_acquire)}; }
    void keep(Owned context) const
    {
        Owned{slot_.exchange(context.release(), std::memory_order_acq_rel)}.reset();
    }

private:
    mutable std::atomic<Context*> slot_{nullptr};
};

/// For calls into OpenSSL that fail only where memory or its providers do: nothing from outside makes them fail.
inline void must(bool done, const char* what)
{
    if (!done)
        throw std::runtime_error(std::string{"OpenSSL failed: "} + what);
}

}  // namespace wechat::codec
