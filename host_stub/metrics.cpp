#include "metrics.hpp"

#include <algorithm>
#include <array>

namespace host {
namespace {

// What a sample's name may have behind the name of its family.
constexpr std::array<std::string_view, 6> suffixes{
    "_total", "_created", "_bucket", "_count", "_sum", "_info"};

std::string_view next_word(std::string_view& text)
{
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

std::string_view name_of(std::string_view sample)
{
    const auto end = std::ranges::find_if_not(sample, is_name);
    return sample.substr(0, static_cast<std::size_t>(end - sample.begin()));
}

}  // namespace

std::string labelled(std::string_view sample, std::string_view channel)
{
    const auto name = name_of(sample);
    auto rest = sample.substr(name.size());
    auto line = std::string{name} + "{channel=\"" + std::string{channel} + "\"";
    if (!rest.starts_with('{'))
        return line + "}" + std::string{rest};
    rest.remove_prefix(1);
    return line + (rest.starts_with('}') ? "" : ",") + std::string{rest};
}

Metrics::Family& Metrics::family_of(std::string_view sample)
{
    const auto name = name_of(sample);
    for (const auto suffix : suffixes) {
        const auto base = name.substr(0, name.size() - std::min(name.size(), suffix.size()));
        if (name.ends_with(suffix) && families_.contains(base))
            return families_.find(base)->second;
    }
    return families_[std::string{name}];
}

void Metrics::add(
    std::string_view name,
    std::string_view type,
    std::string_view help,
    std::string_view labels,
    std::uint64_t value
)
{
    auto& family = families_[std::string{name}];
    family.about["TYPE"] = "# TYPE " + std::string{name} + " " + std::string{type};
    family.about["HELP"] = "# HELP " + std::string{name} + " " + std::string{help};
    const auto suffix = type == "counter" ? "_total" : "";
    family.samples.push_back(std::string{name} + suffix + std::string{labels} + " " + std::to_string(value));
}

void Metrics::add_summary(
    std::string_view name, std::string_view help, std::string_view labels, std::uint64_t count, double sum
)
{
    auto& family = families_[std::string{name}];
    family.about["TYPE"] = "# TYPE " + std::string{name} + " summary";
    family.about["HELP"] = "# HELP " + std::string{name} + " " + std::string{help};
    const auto line = [&](std::string_view suffix, const std::string& value) {
        family.samples.push_back(std::string{name} + std::string{suffix} + std::string{labels} + " " + value);
    };
    line("_count", std::to_string(count));
    line("_sum", std::to_string(sum));
}

void Metrics::merge(std::string_view channel, std::string_view text)
{
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.starts_with("# ")) {
            auto rest = line.substr(2);
            const auto what = next_word(rest);
            const auto name = next_word(rest);
            if (what == "TYPE" || what == "HELP" || what == "UNIT")
                families_[std::string{name}].about.emplace(what, line);
        } else if (!name_of(line).empty() && line.find(' ') != std::string_view::npos) {
            family_of(line).samples.push_back(labelled(line, channel));
        }
    }
}

std::string Metrics::text() const
{
    std::string all;
    for (const auto& [name, family] : families_) {
        for (const auto& [what, line] : family.about)
            all += line + "\n";
        for (const auto& sample : family.samples)
            all += sample + "\n";
    }
    return all + "# EOF\n";
}

}  // namespace host
