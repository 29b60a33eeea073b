/// A log line that anybody outside can cause: one a second at most, with how often it was meant.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace wechat::webhook {

class Occasional {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// How many lines this one stands for; nothing: it is too soon for another.
    [[nodiscard]] std::optional<std::uint64_t> now(Moment moment)
    {
        ++held_;
        if (last_ && moment - *last_ < std::chrono::seconds{1})
            return std::nullopt;
        last_ = moment;
        return std::exchange(held_, 0);
    }

private:
    std::optional<Moment> last_ = {};
    std::uint64_t held_ = 0;
};

}  // namespace wechat::webhook
