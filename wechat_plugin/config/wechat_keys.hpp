/// The section `wechat` of a customer's file.
#pragma once

#include "config/customer.hpp"
#include "config/reader.hpp"

#include <span>

namespace wechat::config {

[[nodiscard]] std::span<const Key<WeChat>> wechat_keys();

void read_wechat(const Reader& in, WeChat& wechat);

}  // namespace wechat::config
