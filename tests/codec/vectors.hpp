// The vectors that pin the codec from outside.
#pragma once

#include "codec/request.hpp"

#include <boost/json/object.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace vectors {

/// One entry of a vector file; prints as its name, so that a failed case says which one it was.
struct Entry {
    std::string name = {};
    boost::json::object object = {};

    [[nodiscard]] bool has(std::string_view key) const { return object.contains({key.data(), key.size()}); }
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] const boost::json::value& at(std::string_view key) const
    {
        return object.at({key.data(), key.size()});
    }
    friend std::ostream& operator<<(std::ostream& out, const Entry& entry) { return out << entry.name; }
};

/// The entries of a section of tests/vectors/codec.json.
[[nodiscard]] const std::vector<Entry>& ours(std::string_view section);

/// The entries of a section of ../shared/vectors/wechat.json; none where that is not present.
[[nodiscard]] const std::vector<Entry>& published(std::string_view section);

[[nodiscard]] std::string from_hex(std::string_view hex);
[[nodiscard]] wechat::codec::RandomBytes random_from(std::string_view bytes);

/// The account an entry of a crypt section belongs to, in secure mode.
[[nodiscard]] wechat::codec::CallbackAccount account_of(const Entry& entry, std::string_view app_id_key);

}  // namespace vectors
