/// A YAML file as a tree in which everything knows its place.
#pragma once

#include "config/complaint.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::config {

struct Entry;

struct Node {
    enum class Kind {
        nothing,  // no value: `key:`
        null,     // null or ~
        scalar,
        list,
        map,
        refused,  // complained of already: an alias, a tag
    };

    Kind kind = Kind::nothing;
    std::size_t at = 0;               // byte of the source
    std::string text = {};            // of a scalar
    bool quoted = false;              // or a block: it is a text, whatever it looks like
    std::vector<Node> items = {};     // of a list
    std::vector<Entry> entries = {};  // of a map, without the second of two equal keys

    /// The value of a key; null: there is none.
    [[nodiscard]] const Node* find(std::string_view key) const;
    /// Follows the keys as far as they exist: the value, or the map in which it is missing.
    [[nodiscard]] const Node& nearest(std::initializer_list<std::string_view> path) const;
};

struct Entry {
    Node key;
    Node value;
};

/// A file's text and its name; gives places their line and column.
class Source {
public:
    Source(std::string file, std::string_view text);

    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::string_view text() const { return text_; }
    /// The byte at yaml-cpp's line and column, both from 0, the column in bytes.
    [[nodiscard]] std::size_t byte_at(int line, int column) const;
    [[nodiscard]] Complaint complaint(std::size_t at, std::string code, std::string text) const;

private:
    std::string file_;
    std::string text_;
    std::vector<std::size_t> lines_;  // the first byte of each
};

/// The tree; nothing: it is not YAML, or no map. Complaints are appended.
///
/// Not taken: anchors, aliases, tags, duplicate keys, keys that are no words, tabs that indent, a second document,
/// over 16 levels, over 10,000 nodes.
[[nodiscard]] std::optional<Node> read_document(const Source& source, Complaints& complaints);

/// Where in the source the byte `offset` of a scalar's text stands; the scalar's start where that cannot be told.
[[nodiscard]] std::size_t place_in(const Source& source, const Node& scalar, std::size_t offset);

}  // namespace wechat::config
