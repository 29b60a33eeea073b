#include "texts/most_bytes.hpp"

#include <unicode/numfmt.h>
#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <optional>

namespace wechat::texts {
namespace {

class Bound {
public:
    Bound(const std::string& locale, const Values& fixed, std::size_t max_employee)
        : fixed_(fixed),
          max_employee_(max_employee),
          last_(std::max(fixed.queue_max, fixed.employee_messages))
    {
        const auto in = icu::Locale::forLanguageTag(locale, code_);
        digits_.reset(icu::NumberFormat::createInstance(in, code_));
        words_ = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, in, code_);
        assert(U_SUCCESS(code_));  // ICU has a format for every locale: at worst its root's
    }

    std::size_t of(const Message& message)
    {
        std::size_t bytes = 0;
        for (const auto& piece : message.pieces)
            bytes += std::visit([this](const auto& part) { return of(part); }, piece);
        return bytes;
    }

private:
    static std::size_t of(const Words& words) { return words.bytes; }

    std::size_t of(const Choice& choice)
    {
        std::size_t most = 0;
        for (const auto& branch : choice.branches)
            most = std::max(most, of(branch));
        return most;
    }

    std::size_t of(const Value& value)
    {
        const auto& variable = *value.variable;
        if (const auto* const text = std::get_if<Variable::Text>(&variable.member))
            return variable.runs ? max_employee_ : (fixed_.**text).size();
        const auto number = fixed_.*std::get<Variable::Number>(variable.member);
        if (value.spelled_out)
            return variable.runs ? longest_in_words() : in_words(number);
        if (!variable.runs)
            return in_digits(number - value.minus);
        // Digits are longest at one of the ends.
        return std::max(in_digits(-value.minus), in_digits(last_ - value.minus));
    }

    static std::size_t size_of(const icu::UnicodeString& text)
    {
        std::string bytes;
        return text.toUTF8String(bytes).size();
    }
    std::size_t in_digits(std::int64_t number) const
    {
        icu::UnicodeString text;
        return size_of(digits_->format(number, text));
    }
    std::size_t in_words(std::int64_t number) const
    {
        icu::UnicodeString text;
        return size_of(words_->format(number, text));
    }
    std::size_t longest_in_words()
    {
        if (!longest_in_words_) {
            longest_in_words_ = 0;
            for (std::int64_t number = 0; number <= last_; ++number)
                longest_in_words_ = std::max(*longest_in_words_, in_words(number));
        }
        return *longest_in_words_;
    }

    const Values& fixed_;
    std::size_t max_employee_;
    std::int64_t last_;  // the largest number that queued, sent and waiting can be
    UErrorCode code_ = U_ZERO_ERROR;
    std::unique_ptr<icu::NumberFormat> digits_;
    std::unique_ptr<icu::RuleBasedNumberFormat> words_;
    std::optional<std::size_t> longest_in_words_;
};

}  // namespace

std::size_t
most_bytes(const Message& message, const std::string& locale, const Values& fixed, std::size_t max_employee)
{
    return Bound{locale, fixed, max_employee}.of(message);
}

}  // namespace wechat::texts
