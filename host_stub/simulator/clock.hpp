/// The platform's time: milliseconds, and a clock that can be moved.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

using Milliseconds = std::chrono::milliseconds;
using Moment = std::chrono::sys_time<Milliseconds>;

[[nodiscard]] constexpr std::int64_t to_number(Moment moment)
{
    return moment.time_since_epoch().count();
}
[[nodiscard]] constexpr Moment to_moment(std::int64_t milliseconds)
{
    return Moment{Milliseconds{milliseconds}};
}

/// CreateTime's resolution: whole seconds, rounded down.
[[nodiscard]] constexpr std::chrono::sys_seconds to_seconds(Moment moment)
{
    return std::chrono::floor<std::chrono::seconds>(moment);
}

/// Runs with the real time, or stands still; both can be moved by any amount.
class Clock {
public:
    enum class Kind { running, standing };

    explicit Clock(Kind kind);
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] Moment now() const;
    void set(Moment moment) { advance(moment - now()); }
    void advance(Milliseconds by);

    /// Calls moved() after each move, for as long as the watch is kept: for who waits for a moment.
    using Watch = std::shared_ptr<const std::function<void()>>;
    [[nodiscard]] Watch watch(std::function<void()> moved);

private:
    [[nodiscard]] Moment base() const;

    Kind kind_;
    Moment started_;
    Milliseconds offset_{0};
    std::vector<std::weak_ptr<const std::function<void()>>> watches_;
};

/// "90s", "15m", "48h", "7d", "250ms".
[[nodiscard]] std::optional<Milliseconds> parse_duration(std::string_view text);

/// "2026-03-01T12:00:00Z", for people.
[[nodiscard]] std::string to_text(Moment moment);

}  // namespace simulator
