/// How long a text can become, known before it is ever sent (S5).
#pragma once

#include "texts/message.hpp"

#include <cstddef>
#include <string>

namespace wechat::texts {

/// A bound for the bytes of the message, whichever branches are taken: see Catalog::most_bytes.
///
/// Cost: spells out every number up to the largest that can run, which the customer's file keeps to 1,000.
[[nodiscard]] std::size_t
most_bytes(const Message& message, const std::string& locale, const Values& fixed, std::size_t max_employee);

}  // namespace wechat::texts
