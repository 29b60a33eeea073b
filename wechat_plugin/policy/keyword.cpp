#include "policy/keyword.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace wechat::policy {
namespace {

/// U+FF01 to U+FF5E are ASCII's printable characters in full width (Unicode, Halfwidth and Fullwidth Forms):
/// in UTF-8 EF BC 81 to EF BC BF for '!' to '_', EF BD 80 to EF BD 9E for '`' to '~'. Gives 0 for anything else.
char ascii_of_full_width(std::string_view text)
{
    if (text.size() < 3 || text[0] != '\xEF')
        return 0;
    const auto last = static_cast<unsigned char>(text[2]);
    if (text[1] == '\xBC' && last >= 0x81 && last <= 0xBF)
        return static_cast<char>(last - 0x60);
    if (text[1] == '\xBD' && last >= 0x80 && last <= 0x9E)
        return static_cast<char>(last - 0x20);
    return 0;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string folded(std::string_view text)
{
    std::string result;
    for (text = trimmed(text); !text.empty();) {
        const char narrow = ascii_of_full_width(text);
        result += lower(narrow != 0 ? narrow : text.front());
        text.remove_prefix(narrow != 0 ? 3 : 1);
    }
    return result;
}

}  // namespace

bool is_leave_keyword(const Rules& rules, std::string_view text)
{
    const auto said = folded(text);
    return !said.empty() && std::ranges::any_of(rules.leave_keywords, [&](const auto& keyword) {
        return folded(keyword) == said;
    });
}

}  // namespace wechat::policy
