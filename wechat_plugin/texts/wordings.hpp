/// Everything that could be said for one customer, in each locale, and where it comes from: for who compares and edits.
#pragma once

#include "texts/texts.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace wechat::texts {

/// A text that stands in the customer's file.
struct Origin {
    std::size_t line = 0;                  // from 1
    std::optional<std::string> pattern{};  // nothing: null, it is switched off
};

/// The texts of one locale.
struct Wording {
    Catalog catalog;
    std::map<std::string, Origin, std::less<>> own{};  // by "contact.welcome"; what is not there is built in
};

/// What the customer's file says of a text; null: nothing.
template <class Text>
[[nodiscard]] const Origin* own_origin(const Wording& wording, Text text)
{
    constexpr bool to_contact = std::is_same_v<Text, ContactText>;
    const auto found = wording.own.find((to_contact ? "contact." : "employee.") + std::string{name_of(text)});
    return found == wording.own.end() ? nullptr : &found->second;
}

/// By locale: those that are built in, and those of the file.
using Wordings = std::map<std::string, Wording, std::less<>>;

}  // namespace wechat::texts
