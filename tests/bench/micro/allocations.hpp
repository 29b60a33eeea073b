/// How often memory is asked for, beside how long a thing takes.
#pragma once

#include <benchmark/benchmark.h>
#include <cstdint>

namespace bench {

/// Calls of operator new by this thread since it began.
[[nodiscard]] std::uint64_t allocations();

/// Counts what is allocated while it lives, and tells the benchmark how much that is an iteration.
class Allocations {
public:
    explicit Allocations(benchmark::State& state) : state_(state), before_(allocations()) {}
    Allocations(const Allocations&) = delete;
    Allocations& operator=(const Allocations&) = delete;
    ~Allocations()
    {
        state_.counters["allocations"] = benchmark::Counter(
            static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations
        );
    }

private:
    benchmark::State& state_;
    std::uint64_t before_;
};

}  // namespace bench
