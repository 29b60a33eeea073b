/// The callback with which the doctor tries our own endpoint: real in every way, and nobody's.
#pragma once

#include "codec/callback.hpp"

namespace wechat::plugin {

/// An event that WeChat does not have. Whoever can sign and seal it learns that it was opened, and nothing else happens:
/// no conversation, no item, no row.
[[nodiscard]] codec::Callback self_test(Time now);
[[nodiscard]] bool is_self_test(const codec::Callback& callback);

}  // namespace wechat::plugin
