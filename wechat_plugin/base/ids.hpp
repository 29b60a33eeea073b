/// The names of things, each a type of its own, so that an openid is never taken for an employee.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace wechat {

/// A text that names one kind of thing. Made on purpose, compared by bytes, read with str().
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;
    bool operator==(const Id&) const = default;

private:
    std::string text_;
};

using AppId = Id<struct AppIdTag>;        // an official account: wx0123456789abcdef
using OpenId = Id<struct OpenIdTag>;      // a contact of one account; in logs a short hash, never itself
using Customer = Id<struct CustomerTag>;  // the customer's name: the account of the contract, the callback's path
using ClientId = Id<struct ClientIdTag>;  // the host's name of a message, the key of "once" (S8)
using Employee = Id<struct EmployeeTag>;  // a participant

/// A hash that stays the same for ever and on every machine: stores and logs keep it. FNV-1a, 64 bits.
[[nodiscard]] constexpr std::uint64_t stable_hash(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    return hash;
}

}  // namespace wechat

template <class Tag>
struct std::hash<wechat::Id<Tag>> {
    std::size_t operator()(const wechat::Id<Tag>& id) const noexcept
    {
        return std::hash<std::string>{}(id.str());
    }
};
