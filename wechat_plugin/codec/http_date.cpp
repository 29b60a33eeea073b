#include "codec/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace wechat::codec {
namespace {

constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number_in(std::string_view digits)
{
    int number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, number);
    return fault == std::errc{} && rest == end && number >= 0 ? std::optional{number} : std::nullopt;
}

}  // namespace

// By hand, because strptime reads the months of whatever locale the host has chosen.
std::optional<Time> read_http_date(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() != shape.size() || !text.ends_with(" GMT") || text.substr(3, 2) != ", ")
        return std::nullopt;
    const auto month_at = std::ranges::find(months, text.substr(8, 3));
    const auto day_number = number_in(text.substr(5, 2));
    const auto year_number = number_in(text.substr(12, 4));
    const auto hour = number_in(text.substr(17, 2));
    const auto minute = number_in(text.substr(20, 2));
    const auto second = number_in(text.substr(23, 2));
    if (month_at == months.end() || !day_number || !year_number || !hour || !minute || !second)
        return std::nullopt;
    const auto month_number = static_cast<unsigned>(month_at - months.begin()) + 1;
    const year_month_day date{
        year{*year_number}, month{month_number}, day{static_cast<unsigned>(*day_number)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)  // 60: a leap second
        return std::nullopt;
    return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second};
}

std::string write_http_date(Time time)
{
    using namespace std::chrono;
    constexpr std::array days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    const auto digits = [](auto number, std::size_t width) {
        const auto text = std::to_string(number);
        return std::string(width - std::min(width, text.size()), '0') + text;
    };
    return std::string{days_of_week.at(weekday{day}.c_encoding())} + ", "
         + digits(static_cast<unsigned>(date.day()), 2) + ' '
         + std::string{months.at(static_cast<unsigned>(date.month()) - 1)} + ' '
         + digits(static_cast<int>(date.year()), 4) + ' ' + digits(clock.hours().count(), 2) + ':'
         + digits(clock.minutes().count(), 2) + ':' + digits(clock.seconds().count(), 2) + " GMT";
}

}  // namespace wechat::codec
