/// A pattern taken apart: what it consists of, so that it can be judged before it is ever formatted.
#pragma once

#include "texts/variables.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace wechat::texts {

/// How much of a pattern is read. Beyond that nobody writes by hand, and time and memory stay bounded.
inline constexpr std::size_t pattern_limit = 8192;  // bytes
inline constexpr int depth_limit = 8;               // messages inside messages
inline constexpr int argument_limit = 200;
inline constexpr std::int64_t offset_limit = 1000;  // of a plural; counts are no larger (queue.max_messages)

struct Message;

/// Words as they stand.
struct Words {
    std::size_t bytes = 0;
};

/// A variable's value: {customer}, {queued, number}, {employee_messages, spellout}, or a plural's #.
struct Value {
    const Variable* variable = nullptr;
    bool spelled_out = false;
    std::int64_t minus = 0;  // the plural's offset, which # leaves out
};

/// plural, selectordinal or select: one of these is said.
struct Choice {
    const Variable* variable = nullptr;
    std::vector<Message> branches = {};
};

struct Message {
    std::vector<std::variant<Words, Value, Choice>> pieces = {};
};

/// Takes an ICU MessageFormat pattern apart (apostrophes as ICU's default: DOUBLE_OPTIONAL); faults: why it cannot be used.
///
/// employee_known   whether the pattern may speak of {employee}
/// What is returned without a fault, ICU formats without a fault, in bounded time and memory: no number style
/// but integer and spellout reaches it, so no skeleton, no format pattern and no date.
[[nodiscard]] Message
take_apart(std::string_view pattern, bool employee_known, std::vector<PatternFault>& faults);

}  // namespace wechat::texts
