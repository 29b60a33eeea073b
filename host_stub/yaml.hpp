/// Reads YAML so that every complaint has a file, a line and a column, and all of them come at once.
#pragma once

#include "complaint.hpp"

#include <yaml-cpp/node/node.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// One node of the file, with the list that takes the complaints about it.
class Place {
public:
    Place(YAML::Node node, std::string file, Complaints& complaints);

    void complain(std::string text) const;
    /// The same, and says what was found: "expected a port, found "http"".
    void expected(std::string_view what) const;

    /// Its text; complains and gives nothing where it is no scalar or empty.
    [[nodiscard]] std::string text() const;
    /// A list of texts.
    [[nodiscard]] std::vector<std::string> texts() const;
    /// A secret: {env: NAME}, {file: PATH} relative to base, or a plain string.
    [[nodiscard]] std::string secret(const std::filesystem::path& base) const;
    /// The node as JSON: what is written plain becomes a number, true, false or null, as YAML has it.
    [[nodiscard]] std::string json() const;

    [[nodiscard]] bool is_map() const { return node_.IsMap(); }
    [[nodiscard]] bool is_list() const { return node_.IsSequence(); }
    [[nodiscard]] Place at(const YAML::Node& node) const { return Place{node, file_, *complaints_}; }
    [[nodiscard]] const YAML::Node& node() const { return node_; }
    [[nodiscard]] std::vector<Place> items() const;

    /// Calls entry(name, place of the name, place of the value) for each entry; complains of a name given twice.
    using Entry =
        std::function<void(const std::string& name, const Place& name_place, const Place& value_place)>;
    void each(const Entry& entry) const;

private:
    YAML::Node node_;
    std::string file_;
    Complaints* complaints_;
};

/// One key that a map may have: its name and what reads it.
template <class Value>
struct Key {
    std::string_view name;
    void (*read)(const Place& place, Value& value);
};

/// Reads a map by its table of keys; unknown ones are complained of.
template <class Value, std::size_t count>
void read_keys(const Place& place, const std::array<Key<Value>, count>& keys, Value& value)
{
    place.each([&](const std::string& name, const Place& name_place, const Place& value_place) {
        for (const auto& key : keys) {
            if (key.name == name)
                return key.read(value_place, value);
        }
        name_place.complain("unknown key \"" + name + "\"");
    });
}

}  // namespace host
