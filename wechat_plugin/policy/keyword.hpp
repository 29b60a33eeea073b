/// The words by which a contact leaves (L1).
#pragma once

#include "policy/rules.hpp"

#include <string_view>

namespace wechat::policy {

/// Whether the text is nothing but a leave keyword: trimmed, ASCII letters in any case, full-width forms as ASCII.
///
/// Letters beyond ASCII must be exact: their case is a matter of locale, and a contact copies what he reads.
[[nodiscard]] bool is_leave_keyword(const Rules& rules, std::string_view text);

}  // namespace wechat::policy
