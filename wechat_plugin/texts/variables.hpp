/// The variables of policy.md 9: what a pattern may name, and where its value stands.
#pragma once

#include "texts/texts.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace wechat::texts {

struct Variable {
    using Text = std::string Values::*;
    using Number = std::int64_t Values::*;

    std::string_view name;
    std::variant<Text, Number> member;
    bool runs = false;  // differs from one sending to the next; the others are fixed by the customer's file
};

inline constexpr std::array variables{
    Variable{"customer", &Values::customer},
    Variable{"employee", &Values::employee, true},
    Variable{"employee_messages", &Values::employee_messages},
    Variable{"system_budget", &Values::system_budget},
    Variable{"remind_hours", &Values::remind_hours},
    Variable{"window_hours", &Values::window_hours},
    Variable{"hours_left", &Values::hours_left},
    Variable{"queued", &Values::queued, true},
    Variable{"sent", &Values::sent, true},
    Variable{"waiting", &Values::waiting, true},
    Variable{"queue_max", &Values::queue_max},
    Variable{"leave_keyword", &Values::leave_keyword},
};

[[nodiscard]] constexpr bool is_number(const Variable& variable)
{
    return variable.member.index() == 1;
}

}  // namespace wechat::texts
