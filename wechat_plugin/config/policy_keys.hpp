/// The section `policy` of a customer's file.
#pragma once

#include "config/reader.hpp"
#include "policy/rules.hpp"

#include <span>

namespace wechat::config {

[[nodiscard]] std::span<const Key<policy::Rules>> policy_keys();
[[nodiscard]] std::span<const Key<policy::PlatformRules>> platform_keys();
[[nodiscard]] std::span<const Key<policy::QueueRules>> queue_keys();

void read_policy(const Reader& in, policy::Rules& rules);

/// What no key says alone: the slots of B4, the order of reminder and window. Rules have their texts.
///
/// root   the whole file: complaints stand at the key that is most likely meant
void check_rules(const Reader& root, const policy::Rules& rules);

}  // namespace wechat::config
