/// Reads one node of a customer's file as what its key says it is. What does not fit becomes a complaint.
#pragma once

#include "base/secret.hpp"
#include "base/time.hpp"
#include "config/document.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wechat::config {

class Reader;

/// One row a key: what reads it, and the sentence that the schema shows.
template <class Target>
struct Key {
    std::string_view name;
    std::string_view sentence;
    void (*read)(const Reader& in, Target& target);
    bool required = false;
};

/// One node, with the file it stands in and the list that takes complaints about it. Copies are cheap.
///
/// What reads a value gives nothing where it has complained.
class Reader {
public:
    Reader(const Source& source, const Node& node, Complaints& complaints)
        : source_(source), node_(node), complaints_(complaints)
    {}

    [[nodiscard]] const Node& node() const { return node_; }
    [[nodiscard]] const Source& source() const { return source_; }
    [[nodiscard]] Reader of(const Node& other) const { return {source_, other, complaints_}; }
    void complain(std::string code, std::string text) const
    {
        complain_at(node_.at, std::move(code), std::move(text));
    }
    void complain_at(std::size_t at, std::string code, std::string text) const;
    /// "expected true or false, found "yes""; nothing if the node is complained of already.
    void expected(std::string_view what) const;

    [[nodiscard]] std::optional<std::string> text() const;
    /// A text that holds `fits`; `what` names it: "a name such as harbour-bank".
    [[nodiscard]] std::optional<std::string>
    text(std::string_view what, bool (*fits)(std::string_view)) const;
    [[nodiscard]] std::optional<bool> flag() const;
    [[nodiscard]] std::optional<int> count(int least, int most) const;
    /// 90s, 15m, 48h, 7d.
    [[nodiscard]] std::optional<Duration> duration(Duration least, Duration most) const;
    /// A text, {env: NAME} or {file: PATH}: what stands there.
    [[nodiscard]] std::optional<Secret> secret(std::string_view what, bool (*fits)(std::string_view)) const;

    /// Reads a map by its table: unknown and missing keys are complained of.
    template <class Target>
    void keys(std::span<const Key<Target>> table, Target& target) const;

private:
    struct KeyName {
        std::string_view name;
        bool required;
    };

    bool is_map() const;
    void check_names(std::span<const KeyName> known) const;

    const Source& source_;
    const Node& node_;
    Complaints& complaints_;
};

/// Takes the value, if there is one.
template <class T, class Value>
void take(T& target, std::optional<Value> value)
{
    if (value)
        target = T{*std::move(value)};
}

/// "90s", "15m", "48h", "7d": as durations are written.
[[nodiscard]] std::string written(Duration duration);

template <class Target>
void Reader::keys(std::span<const Key<Target>> table, Target& target) const
{
    if (!is_map())
        return;
    std::vector<KeyName> names;
    for (const auto& key : table)
        names.push_back({key.name, key.required});
    check_names(names);
    for (const auto& key : table)
        if (const auto* const value = node_.find(key.name))
            key.read(of(*value), target);
}

}  // namespace wechat::config
