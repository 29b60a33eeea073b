#include "check.hpp"

#include <algorithm>

namespace conformance {

std::vector<Check> catalogue()
{
    constexpr std::string_view groups = "BNCLTDRXO";
    std::vector<Check> all;
    for (const auto checks :
         {binary_checks(),
          naming_checks(),
          configuring_checks(),
          lifecycle_checks(),
          thread_checks(),
          delivery_checks(),
          crash_checks(),
          receiving_checks(),
          hostile_checks(),
          observing_checks()})
        all.insert(all.end(), checks.begin(), checks.end());
    std::ranges::stable_sort(all, {}, [&](const Check& check) {
        return std::pair(groups.find(check.id[0]), std::stoi(std::string(check.id.substr(1))));
    });
    return all;
}

}  // namespace conformance
