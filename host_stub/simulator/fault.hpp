/// Faults on order: what the next calls of a path shall suffer.
#pragma once

#include "simulator/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// One fault. An errcode or an HTTP status is answered instead of the effect.
///
/// path        of the API, or * for every one
/// timeout     the connection is closed without an answer: before the effect, or after it (after_write)
/// truncate    the effect happens, and the answer ends half-way
/// latency     every answer waits that long; adds to whatever else happens
/// times       calls it lasts for; none: until it is cleared
struct Fault {
    enum class Timeout { none, before, after_write };
    std::string path = {};
    std::optional<std::int64_t> errcode = {};
    std::optional<unsigned> http_status = {};
    Timeout timeout = Timeout::none;
    bool truncate = false;
    Milliseconds latency{0};
    std::optional<int> times = {};

    /// Whether it does more than wait.
    [[nodiscard]] bool acts() const { return errcode || http_status || timeout != Timeout::none || truncate; }
};

/// The faults that stand, oldest first.
class Faults {
public:
    void add(Fault fault) { faults_.push_back(std::move(fault)); }
    void clear() { faults_.clear(); }
    void clear(std::string_view path);
    [[nodiscard]] const std::vector<Fault>& all() const { return faults_; }

    /// What this call suffers: the oldest fault that acts, and the sum of all latencies. Uses them up.
    [[nodiscard]] Fault take(std::string_view path);

private:
    std::vector<Fault> faults_;
};

}  // namespace simulator
