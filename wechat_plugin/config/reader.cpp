#include "config/reader.hpp"

#include "base/utf8.hpp"
#include "config/secrets.hpp"
#include "texts/nearest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>

namespace wechat::config {
namespace {

struct Unit {
    char letter;
    Duration length;
};

// Longest first, for writing.
constexpr std::array units{
    Unit{'d', std::chrono::days{1}},
    Unit{'h', std::chrono::hours{1}},
    Unit{'m', std::chrono::minutes{1}},
    Unit{'s', std::chrono::seconds{1}},
};

std::string found(const Node& node)
{
    switch (node.kind) {
    case Node::Kind::nothing: return "nothing";
    case Node::Kind::null: return "null";
    case Node::Kind::list: return "a list";
    case Node::Kind::map: return "keys";
    case Node::Kind::refused:
    case Node::Kind::scalar: break;
    }
    return "\"" + std::string{cut(node.text, 40)} + "\"";
}

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return number;
}

std::optional<Duration> parsed_duration(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const auto* const unit = std::ranges::find(units, text.back(), &Unit::letter);
    const auto number = whole_number(text.substr(0, text.size() - 1));
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    if (unit == units.end() || !number || *number < 0 || *number > most)
        return std::nullopt;
    return *number * unit->length;
}

}  // namespace

std::string written(Duration duration)
{
    const auto* const unit = std::ranges::find_if(units, [&](const Unit& candidate) {
        return duration % candidate.length == Duration::zero();
    });
    return std::to_string(duration / unit->length) + unit->letter;
}

void Reader::complain_at(std::size_t at, std::string code, std::string text) const
{
    complaints_.push_back(source_.complaint(at, std::move(code), std::move(text)));
}

void Reader::expected(std::string_view what) const
{
    if (node_.kind != Node::Kind::refused)
        complain("bad_value", "expected " + std::string{what} + ", found " + found(node_));
}

std::optional<std::string> Reader::text() const
{
    if (node_.kind == Node::Kind::scalar)
        return node_.text;
    expected("a text");
    return std::nullopt;
}

std::optional<std::string> Reader::text(std::string_view what, bool (*fits)(std::string_view)) const
{
    if (node_.kind == Node::Kind::scalar && fits(node_.text))
        return node_.text;
    expected(what);
    return std::nullopt;
}

std::optional<bool> Reader::flag() const
{
    if (node_.kind == Node::Kind::scalar && !node_.quoted) {
        if (node_.text == "true")
            return true;
        if (node_.text == "false")
            return false;
    }
    expected("true or false");
    return std::nullopt;
}

std::optional<int> Reader::count(int least, int most) const
{
    const bool plain = node_.kind == Node::Kind::scalar && !node_.quoted;
    const auto number = plain ? whole_number(node_.text) : std::nullopt;
    if (number && *number >= least && *number <= most)
        return static_cast<int>(*number);
    expected("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<Duration> Reader::duration(Duration least, Duration most) const
{
    const auto value = node_.kind == Node::Kind::scalar ? parsed_duration(node_.text) : std::nullopt;
    if (!value) {
        expected("a duration such as 90s, 15m, 48h or 7d");
        return std::nullopt;
    }
    if (*value >= least && *value <= most)
        return value;
    expected("a duration from " + written(least) + " to " + written(most));
    return std::nullopt;
}

std::optional<Secret> Reader::secret(std::string_view what, bool (*fits)(std::string_view)) const
{
    const auto secret = read_secret(*this);
    if (!secret || fits(secret->reveal()))
        return secret;
    // Not quoted, not even its length: it may be another secret in the wrong place.
    complain("bad_value", "expected " + std::string{what});
    return std::nullopt;
}

bool Reader::is_map() const
{
    // A section whose keys are all commented out is empty.
    if (node_.kind == Node::Kind::map || node_.kind == Node::Kind::nothing)
        return true;
    expected("keys");
    return false;
}

void Reader::check_names(std::span<const KeyName> known) const
{
    std::vector<std::string_view> names;
    std::ranges::transform(known, std::back_inserter(names), &KeyName::name);
    for (const auto& [key, value] : node_.entries)
        if (std::ranges::find(names, key.text) == names.end())
            complain_at(
                key.at,
                "unknown_key",
                "unknown key \"" + std::string{cut(key.text, 40)} + "\""
                    + texts::did_you_mean(key.text, names)
            );
    for (const auto& [name, required] : known)
        if (required && !node_.find(name))
            complain("missing_key", "missing key \"" + std::string{name} + "\"");
}

}  // namespace wechat::config
