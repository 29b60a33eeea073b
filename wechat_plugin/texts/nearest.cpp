#include "texts/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wechat::texts {
namespace {

constexpr std::size_t longest = 64;

// Optimal string alignment: Levenshtein's distance, where two neighbours swapped count as one mistake.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::array<std::array<std::size_t, longest + 1>, 3> rows = {};
    for (std::size_t j = 0; j <= b.size(); ++j)
        rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known)
{
    std::optional<std::string_view> best;
    if (word.size() > longest)
        return best;
    std::size_t limit = word.size() <= 4 ? 1 : 2;
    for (const auto candidate : known) {
        if (candidate.size() > longest)
            continue;
        const auto mistakes = distance(word, candidate);
        if (mistakes < limit || (mistakes == limit && !best)) {
            best = candidate;
            limit = mistakes;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known)
{
    const auto best = nearest(word, known);
    return best ? "; did you mean \"" + std::string{*best} + "\"?" : std::string{};
}

}  // namespace wechat::texts
