/// What the tests of texts share: the default policy's values, and a catalog with one text in it.
#pragma once

#include "texts/texts.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::texts {

inline Values default_values()
{
    return {
        .customer = "harbour-bank",
        .employee = "Ana",
        .employee_messages = 3,
        .system_budget = 4,
        .remind_hours = 24,
        .window_hours = 48,
        .hours_left = 24,
        .queued = 1,
        .sent = 1,
        .waiting = 0,
        .queue_max = 10,
        .leave_keyword = "#LEAVE",
    };
}

inline Catalog
with(std::string_view pattern, ContactText text = ContactText::welcome, std::string locale = "en")
{
    Catalog catalog{std::move(locale)};
    const auto faults = catalog.set(text, pattern);
    if (!faults.empty())
        throw std::logic_error(faults.front().text);
    return catalog;
}

inline std::string say(std::string_view pattern, const Values& values, std::string locale = "en")
{
    return with(pattern, ContactText::speaker, std::move(locale))
        .render(ContactText::speaker, values)
        .value();
}

}  // namespace wechat::texts
