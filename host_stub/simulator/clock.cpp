#include "simulator/clock.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

namespace simulator {
namespace {

Moment real_time()
{
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

constexpr std::array<std::pair<std::string_view, Milliseconds>, 5> units{
    std::pair{std::string_view{"ms"}, Milliseconds{1}},
    std::pair{std::string_view{"s"}, Milliseconds{std::chrono::seconds{1}}},
    std::pair{std::string_view{"m"}, Milliseconds{std::chrono::minutes{1}}},
    std::pair{std::string_view{"h"}, Milliseconds{std::chrono::hours{1}}},
    std::pair{std::string_view{"d"}, Milliseconds{std::chrono::hours{24}}},
};
constexpr std::int64_t longest =
    std::int64_t{100} * 365 * 24 * 3600 * 1000;  // a century: no overflow anywhere

}  // namespace

Clock::Clock(Kind kind) : kind_(kind), started_(real_time()) {}

Moment Clock::base() const
{
    return kind_ == Kind::running ? real_time() : started_;
}

Moment Clock::now() const
{
    return base() + offset_;
}

void Clock::advance(Milliseconds by)
{
    offset_ += by;
    // A copy: who is called may begin to watch, or end.
    std::erase_if(watches_, [](const auto& watch) { return watch.expired(); });
    const auto watches = watches_;
    for (const auto& watch : watches)
        if (const auto moved = watch.lock())
            (*moved)();
}

Clock::Watch Clock::watch(std::function<void()> moved)
{
    auto watch = std::make_shared<const std::function<void()>>(std::move(moved));
    watches_.push_back(watch);
    return watch;
}

std::optional<Milliseconds> parse_duration(std::string_view text)
{
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || number < 0)
        return std::nullopt;
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    for (const auto& [name, length] : units)
        if (unit == name && number <= longest / length.count())
            return number * length;
    return std::nullopt;
}

std::string to_text(Moment moment)
{
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{to_seconds(moment) - day};
    std::array<char, 48> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02uT%02d:%02d:%02dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return text.data();
}

}  // namespace simulator
