/// Every key of a customer's file with its sentence: what the JSON Schema is held equal to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wechat::config {

/// path   "policy.queue.merge"; under messages, * stands for a locale
struct DescribedKey {
    std::string path;
    std::string_view sentence;
    bool required = false;
};

[[nodiscard]] std::vector<DescribedKey> described_keys();

}  // namespace wechat::config
