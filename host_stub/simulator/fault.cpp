#include "simulator/fault.hpp"

#include <algorithm>

namespace simulator {

void Faults::clear(std::string_view path)
{
    std::erase_if(faults_, [path](const Fault& fault) { return fault.path == path; });
}

Fault Faults::take(std::string_view path)
{
    Fault suffered;
    if (faults_.empty())
        return suffered;
    Milliseconds latency{0};
    for (auto& fault : faults_) {
        if (fault.path != path && fault.path != "*")
            continue;
        if (fault.acts()) {
            if (suffered.acts())
                continue;
            suffered = fault;
        }
        latency += fault.latency;
        if (fault.times)
            --*fault.times;
    }
    std::erase_if(faults_, [](const Fault& fault) { return fault.times && *fault.times <= 0; });
    suffered.latency = latency;
    return suffered;
}

}  // namespace simulator
