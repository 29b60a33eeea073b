/// A host's whole HTTP side: page, API, events, on one loop with one thread.
#pragma once

#include "host.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace host::http {

class Site {
public:
    struct Options {
        std::chrono::milliseconds patience{5000};     // for receipts and cancels
        std::uint64_t file_bytes = 16 * 1024 * 1024;  // the largest body
    };

    /// Binds the address of the host's configuration; throws SetupError. The host outlives it.
    explicit Site(Host& host) : Site(host, Options{}) {}
    Site(Host& host, Options options);
    /// Closes everything and joins.
    ~Site();

    [[nodiscard]] std::uint16_t port() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace host::http
