/// One answer of the platform, in words an operator reads.
#pragma once

#include "base/result.hpp"
#include "platform/client.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace wechat::plugin {

/// What became of one call, in words an operator reads; errcode 0 and nothing else is success.
struct Answered {
    std::string fault = {};  // no answer at all, or none of the platform's; else empty
    std::int64_t errcode = 0;
    std::string words = {};
    std::string date = {};
    std::string body = {};

    [[nodiscard]] std::string in_words() const;
};

[[nodiscard]] Answered answered(const Result<platform::Answer>& answer);

/// "the app secret is not valid" as a sentence: with a capital letter, and a full stop.
[[nodiscard]] std::string sentence(std::string_view words);

}  // namespace wechat::plugin
