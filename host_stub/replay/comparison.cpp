#include "replay/comparison.hpp"

#include <algorithm>
#include <cstddef>

namespace replay {
namespace {

template <class Entries>
auto of_stream(const Entries& entries, const std::string& stream)
{
    std::vector<typename Entries::value_type> all;
    std::ranges::copy_if(entries, std::back_inserter(all), [&](const auto& entry) {
        return stream_of(entry) == stream;
    });
    return all;
}

/// The longest way through both lists in which as much as possible fits: differences show where they are.
class Alignment {
public:
    Alignment(std::vector<Expected> expected, std::vector<Happening> happened)
        : expected_(std::move(expected)), happened_(std::move(happened)),
          width_(happened_.size() + 1), longest_((expected_.size() + 1) * width_)
    {
        for (auto i = expected_.size(); i-- > 0;)
            for (auto j = happened_.size(); j-- > 0;)
                at(i, j) = fits(expected_[i], happened_[j]) ? at(i + 1, j + 1) + 1
                                                            : std::max(at(i + 1, j), at(i, j + 1));
    }

    [[nodiscard]] std::vector<Row> rows()
    {
        std::vector<Row> all;
        std::size_t i = 0, j = 0;
        while (i < expected_.size() || j < happened_.size()) {
            const bool both = i < expected_.size() && j < happened_.size();
            if (both && fits(expected_[i], happened_[j]))
                all.push_back({expected_[i++], happened_[j++]});
            else if (j == happened_.size() || (both && at(i + 1, j) >= at(i, j + 1)))
                all.push_back({expected_[i++], std::nullopt});
            else
                all.push_back({std::nullopt, happened_[j++]});
        }
        return all;
    }

private:
    [[nodiscard]] std::size_t& at(std::size_t i, std::size_t j) { return longest_[i * width_ + j]; }

    std::vector<Expected> expected_;
    std::vector<Happening> happened_;
    std::size_t width_;
    std::vector<std::size_t> longest_;  // that fits from (i, j) on
};

std::vector<std::string> streams_in(std::span<const Expected> expected, std::span<const Happening> happened)
{
    std::vector<std::string> streams;
    const auto add = [&](const Entry& entry) {
        const auto stream = stream_of(entry);
        if (std::ranges::find(streams, stream) == streams.end())
            streams.push_back(stream);
    };
    std::ranges::for_each(expected, add);
    std::ranges::for_each(happened, add);
    return streams;
}

}  // namespace

std::vector<Difference> differences(std::span<const Expected> expected, std::span<const Happening> happened)
{
    std::vector<Difference> all;
    for (const auto& stream : streams_in(expected, happened)) {
        auto rows = Alignment{of_stream(expected, stream), of_stream(happened, stream)}.rows();
        if (!std::ranges::all_of(rows, &Row::good))
            all.push_back({stream, std::move(rows)});
    }
    return all;
}

}  // namespace replay
