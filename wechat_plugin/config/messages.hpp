/// The section `messages` of a customer's file: automatic texts by locale.
#pragma once

#include "config/customer.hpp"
#include "config/reader.hpp"
#include "texts/texts.hpp"

#include <span>
#include <string_view>

namespace wechat::config {

[[nodiscard]] std::span<const Key<texts::Catalog>> locale_keys();
[[nodiscard]] std::span<const Key<texts::Catalog>> contact_keys();
[[nodiscard]] std::span<const Key<texts::Catalog>> employee_keys();

/// Whether this names a locale: "en", "zh-Hans", "pt-BR".
[[nodiscard]] bool is_locale(std::string_view text);

/// Checks the texts of every locale, and puts those of the customer's own into its rules.
///
/// root   the whole file; all else of the customer is read already: texts speak of it, and so their length is known
void read_messages(const Reader& root, CustomerFile& customer);

}  // namespace wechat::config
