/// OpenMetrics: texts of several channels become one, each sample with the label of who said it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace host {

class Metrics {
public:
    /// A sample of the host's own. name: without _total; labels: {channel="sms-1"} or empty.
    void
    add(std::string_view name,
        std::string_view type,
        std::string_view help,
        std::string_view labels,
        std::uint64_t value);
    /// How long something took: how often, and all of it together in seconds.
    void add_summary(
        std::string_view name, std::string_view help, std::string_view labels, std::uint64_t count, double sum
    );
    /// A channel's text. Lines that are none of OpenMetrics are left out.
    void merge(std::string_view channel, std::string_view text);
    /// All of it, each family in one piece as the format asks, with its # EOF.
    [[nodiscard]] std::string text() const;

private:
    struct Family {
        std::map<std::string, std::string, std::less<>> about;  // TYPE, HELP, UNIT: the line
        std::vector<std::string> samples;
    };
    [[nodiscard]] Family& family_of(std::string_view sample);

    std::map<std::string, Family, std::less<>> families_;
};

/// name{a="b"} 1 with channel="ID" as its first label.
[[nodiscard]] std::string labelled(std::string_view sample, std::string_view channel);

}  // namespace host
