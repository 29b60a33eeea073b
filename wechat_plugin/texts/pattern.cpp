#include "texts/pattern.hpp"

#include "texts/most_bytes.hpp"

#include <unicode/fmtable.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <mutex>
#include <utility>

namespace wechat::texts {
namespace {

icu::UnicodeString from_utf8(std::string_view text)
{
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

icu::Formattable value_of(const Variable& variable, const Values& values)
{
    if (const auto* const text = std::get_if<Variable::Text>(&variable.member))
        return {from_utf8(values.**text)};
    return {values.*std::get<Variable::Number>(variable.member)};
}

icu::MessageFormat compiled(std::string_view pattern, const std::string& locale)
{
    UErrorCode code = U_ZERO_ERROR;
    UParseError where = {};
    icu::MessageFormat format{from_utf8(pattern), icu::Locale::forLanguageTag(locale, code), where, code};
    assert(U_SUCCESS(code));  // take_apart has refused whatever ICU would
    return format;
}

bool names(const Message& message, std::string_view variable)
{
    const auto piece_names = [&](const auto& piece) {
        if (const auto* const value = std::get_if<Value>(&piece))
            return value->variable->name == variable;
        if (const auto* const choice = std::get_if<Choice>(&piece))
            return choice->variable->name == variable
                || std::ranges::any_of(choice->branches, [&](const auto& branch) {
                       return names(branch, variable);
                   });
        return false;
    };
    return std::ranges::any_of(message.pieces, piece_names);
}

}  // namespace

struct Pattern::Formatter {
    std::mutex mutex;
    icu::MessageFormat format;
};

Pattern::Pattern(std::string_view pattern, const std::string& locale, Message message)
    : locale_(locale),
      message_(std::move(message)),
      formatter_(new Formatter{.mutex = {}, .format = compiled(pattern, locale)})
{}

Pattern::~Pattern() = default;

std::string Pattern::render(const Values& values) const
{
    std::array<icu::UnicodeString, variables.size()> argument_names;
    std::array<icu::Formattable, variables.size()> arguments;
    for (std::size_t i = 0; i < variables.size(); ++i) {
        argument_names[i] = from_utf8(variables[i].name);
        arguments[i] = value_of(variables[i], values);
    }
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString words;
    {
        const std::lock_guard lock{formatter_->mutex};
        formatter_->format.format(argument_names.data(), arguments.data(), variables.size(), words, code);
    }
    assert(U_SUCCESS(code));  // take_apart has checked each variable's type
    std::string bytes;
    return words.toUTF8String(bytes);
}

std::size_t Pattern::most_bytes(const Values& fixed, std::size_t max_employee) const
{
    return texts::most_bytes(message_, locale_, fixed, max_employee);
}

bool Pattern::speaks_of(std::string_view variable) const
{
    return names(message_, variable);
}

}  // namespace wechat::texts
