/// Time as the policy counts it: whole seconds since the Unix epoch, CreateTime's resolution.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace wechat {

using Time = std::chrono::sys_seconds;
using Duration = std::chrono::seconds;

/// From the contract's milliseconds, rounded down: what is due at a second is never early.
[[nodiscard]] constexpr Time from_milliseconds(std::int64_t since_epoch)
{
    return std::chrono::floor<std::chrono::seconds>(
        std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{since_epoch}}
    );
}

[[nodiscard]] constexpr std::int64_t to_milliseconds(Time time)
{
    return std::chrono::milliseconds{time.time_since_epoch()}.count();
}

[[nodiscard]] constexpr Time from_seconds(std::int64_t since_epoch) { return Time{Duration{since_epoch}}; }
[[nodiscard]] constexpr std::int64_t to_seconds(Time time) { return time.time_since_epoch().count(); }

/// The earlier one of two moments of which either may never come.
[[nodiscard]] constexpr std::optional<Time> earlier(std::optional<Time> a, std::optional<Time> b)
{
    if (!a || !b)
        return a ? a : b;
    return *a < *b ? a : b;
}

}  // namespace wechat
