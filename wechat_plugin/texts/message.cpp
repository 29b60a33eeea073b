#include "texts/message.hpp"

#include "base/utf8.hpp"
#include "texts/nearest.hpp"

#include <unicode/messagepattern.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace wechat::texts {
namespace {

constexpr std::array<std::string_view, 6> plural_categories{"zero", "one", "two", "few", "many", "other"};

constexpr auto variable_names = [] {
    std::array<std::string_view, variables.size()> names = {};
    std::ranges::transform(variables, names.begin(), &Variable::name);
    return names;
}();

std::string quoted(std::string_view word)
{
    return "\"" + std::string{cut(word, 40)} + "\"";
}

std::string utf8(const icu::UnicodeString& text)
{
    std::string bytes;
    return text.toUTF8String(bytes);
}

// For each UTF-16 index of the pattern its byte: ICU counts in the one, our reader in the other.
std::vector<std::size_t> bytes_at(std::string_view pattern)
{
    std::vector<std::size_t> at;
    at.reserve(pattern.size() + 1);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const auto byte = static_cast<unsigned char>(pattern[i]);
        if ((byte & 0xC0U) == 0x80U)
            continue;
        at.push_back(i);
        if (byte >= 0xF0U)
            at.push_back(i);  // the second half of a surrogate pair
    }
    at.push_back(pattern.size());
    return at;
}

// After the quotation that starts at the apostrophe `at`, or after the apostrophe if it starts none.
std::size_t after_apostrophe(std::string_view pattern, std::size_t at)
{
    const auto next = at + 1 < pattern.size() ? pattern[at + 1] : ' ';
    if (next == '\'')
        return at + 2;
    if (next != '{' && next != '}')
        return at + 1;
    for (auto i = at + 1; i < pattern.size(); ++i) {
        if (pattern[i] != '\'')
            continue;
        if (i + 1 == pattern.size() || pattern[i + 1] != '\'')
            return i + 1;
        ++i;
    }
    return pattern.size();
}

// The first { that is never closed; ICU often trips over what is missing only at the pattern's end.
std::optional<std::size_t> open_brace(std::string_view pattern)
{
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < pattern.size();) {
        if (pattern[i] == '\'') {
            i = after_apostrophe(pattern, i);
            continue;
        }
        if (pattern[i] == '{')
            open.push_back(i);
        else if (pattern[i] == '}' && !open.empty())
            open.pop_back();
        ++i;
    }
    return open.empty() ? std::nullopt : std::optional{open.front()};
}

std::string words_for(UErrorCode code)
{
    switch (code) {
    case U_DEFAULT_KEYWORD_MISSING: return "plural and select need a branch named other";
    case U_INDEX_OUTOFBOUNDS_ERROR: return "a name, a number or a nesting that is too large";
    default: return "expected a variable such as {customer} or {queued, plural, one{...} other{...}}";
    }
}

class Reader {
public:
    Reader(std::string_view pattern, bool employee_known, std::vector<PatternFault>& faults)
        : pattern_(pattern), employee_known_(employee_known), faults_(faults), bytes_at_(bytes_at(pattern))
    {}

    Message read()
    {
        UErrorCode code = U_ZERO_ERROR;
        UParseError where = {};
        const auto text =
            icu::UnicodeString::fromUTF8({pattern_.data(), static_cast<int32_t>(pattern_.size())});
        parts_.parse(text, &where, code);
        if (U_FAILURE(code)) {
            if (const auto open = open_brace(pattern_))
                complain(*open, "a { without its }");
            else
                complain(byte_of(where.offset), words_for(code));
            return {};
        }
        refuse_stray_braces();
        int32_t part = 0;
        return message(part, nullptr, 0, 1);
    }

private:
    using Part = icu::MessagePattern::Part;

    void complain(std::size_t offset, std::string text) { faults_.push_back({offset, std::move(text)}); }
    std::size_t byte_of(int32_t index) const
    {
        const auto i = static_cast<std::size_t>(std::max(index, int32_t{0}));
        return bytes_at_[std::min(i, bytes_at_.size() - 1)];
    }
    std::size_t start_of(const Part& part) const { return byte_of(part.getIndex()); }
    std::size_t end_of(const Part& part) const { return byte_of(part.getLimit()); }
    std::string text_of(const Part& part) const { return utf8(parts_.getSubstring(part)); }

    // ICU prints a } that closes nothing; nobody means that.
    void refuse_stray_braces()
    {
        int32_t part = 0;
        for (std::size_t i = 0; i < pattern_.size();) {
            if (pattern_[i] == '\'') {
                i = after_apostrophe(pattern_, i);
                continue;
            }
            if (pattern_[i] == '}')
                complain(i, "a } without its {; a brace as a sign is written '}'");
            if (pattern_[i] != '{') {
                ++i;
                continue;
            }
            while (parts_.getPartType(part) != UMSGPAT_PART_TYPE_ARG_START
                   || start_of(parts_.getPart(part)) < i)
                ++part;
            i = end_of(parts_.getPart(parts_.getLimitPartIndex(part)));
        }
    }

    // From the part MSG_START to its MSG_LIMIT; counted: whose value a # is, less `minus`.
    Message message(int32_t& part, const Variable* counted, std::int64_t minus, int depth)
    {
        Message result;
        if (depth > depth_limit) {
            complain(
                start_of(parts_.getPart(part)),
                "nested deeper than " + std::to_string(depth_limit) + " levels"
            );
            part = parts_.getLimitPartIndex(part);
            return result;
        }
        auto read_to = end_of(parts_.getPart(part));
        for (++part;; ++part) {
            const auto here = parts_.getPart(part);
            add_words(result, start_of(here) - read_to);
            switch (here.getType()) {
            case UMSGPAT_PART_TYPE_MSG_LIMIT: return result;
            case UMSGPAT_PART_TYPE_REPLACE_NUMBER:
                if (counted)
                    result.pieces.emplace_back(Value{.variable = counted, .minus = minus});
                break;
            case UMSGPAT_PART_TYPE_ARG_START: argument(part, result, depth); break;
            default: break;
            }
            read_to = end_of(parts_.getPart(part));
        }
    }

    static void add_words(Message& message, std::size_t bytes)
    {
        if (bytes > 0)
            message.pieces.emplace_back(Words{bytes});
    }

    // From ARG_START to its ARG_LIMIT.
    void argument(int32_t& part, Message& result, int depth)
    {
        const auto start = part;
        const auto limit = parts_.getLimitPartIndex(part);
        const auto kind = parts_.getPart(start).getArgType();
        part = limit;
        if (++arguments_ > argument_limit) {
            if (arguments_ == argument_limit + 1)
                complain(
                    start_of(parts_.getPart(start)),
                    "more than " + std::to_string(argument_limit) + " variables"
                );
            return;
        }
        const auto* variable = variable_of(parts_.getPart(start + 1));
        auto next = start + 2;
        switch (kind) {
        case UMSGPAT_ARG_TYPE_NONE: result.pieces.emplace_back(Value{.variable = variable}); break;
        case UMSGPAT_ARG_TYPE_SIMPLE: simple(next, limit, variable, result); break;
        case UMSGPAT_ARG_TYPE_PLURAL:
        case UMSGPAT_ARG_TYPE_SELECTORDINAL: plural(next, limit, variable, result, depth); break;
        case UMSGPAT_ARG_TYPE_SELECT: select(next, limit, variable, result, depth); break;
        default:
            complain(start_of(parts_.getPart(start)), "choice is not offered here: use plural or select");
            break;
        }
    }

    // Null: it is unknown, and that has been said.
    const Variable* variable_of(const Part& name)
    {
        const auto word = text_of(name);
        const auto* const found = std::ranges::find(variables, word, &Variable::name);
        if (found == variables.end()) {
            auto hint = did_you_mean(word, variable_names);
            if (hint.empty()) {
                hint = "; there are ";
                for (const auto known : variable_names)
                    hint += std::string{known} + (known == variable_names.back() ? "" : ", ");
            }
            complain(start_of(name), "unknown variable " + quoted(word) + hint);
            return nullptr;
        }
        if (!employee_known_ && word == "employee") {
            complain(start_of(name), "the variable \"employee\" exists in contact.speaker only");
            return nullptr;
        }
        return found;
    }

    bool expect_number(const Variable* variable, std::size_t offset, std::string_view type)
    {
        if (!variable || is_number(*variable))
            return true;
        complain(offset, std::string{type} + " needs a number, and " + quoted(variable->name) + " is a text");
        return false;
    }

    void simple(int32_t part, int32_t limit, const Variable* variable, Message& result)
    {
        const auto type = parts_.getPart(part);
        const auto name = text_of(type);
        const bool styled = part + 1 < limit;
        if (name != "number" && name != "spellout") {
            complain(
                start_of(type),
                quoted(name)
                    + " is not offered here; there are number, spellout, plural, selectordinal and select"
            );
            return;
        }
        if (!expect_number(variable, start_of(type), name))
            return;
        if (styled) {
            const auto style = parts_.getPart(part + 1);
            if (name == "spellout" || trimmed(text_of(style)) != "integer") {
                complain(
                    start_of(style),
                    name == "spellout" ? "spellout takes no style" : "a number's style is integer, or none"
                );
                return;
            }
        }
        result.pieces.emplace_back(Value{.variable = variable, .spelled_out = name == "spellout"});
    }

    void plural(int32_t part, int32_t limit, const Variable* variable, Message& result, int depth)
    {
        if (!expect_number(variable, start_of(parts_.getPart(part)), "plural"))
            return;
        const auto offset = offset_of(part);
        branches(part, limit, variable, offset, result, depth);
    }

    // The plural's offset, if the part is one; then the next part is the first branch.
    std::int64_t offset_of(int32_t& part)
    {
        const auto here = parts_.getPart(part);
        if (!Part::hasNumericValue(here.getType()))
            return 0;
        ++part;
        const auto offset = parts_.getNumericValue(here);
        if (offset >= 0 && offset <= static_cast<double>(offset_limit) && offset == std::floor(offset))
            return static_cast<std::int64_t>(offset);
        complain(start_of(here), "an offset is a whole number from 0 to " + std::to_string(offset_limit));
        return 0;
    }

    void select(int32_t part, int32_t limit, const Variable* variable, Message& result, int depth)
    {
        if (variable && is_number(*variable)) {
            complain(
                start_of(parts_.getPart(part)),
                "select needs a text, and " + quoted(variable->name) + " is a number: use plural"
            );
            return;
        }
        branches(part, limit, variable, std::nullopt, result, depth);
    }

    // offset: of a plural; nothing: it is a select, whose branches may have any name.
    void branches(
        int32_t part,
        int32_t limit,
        const Variable* variable,
        std::optional<std::int64_t> offset,
        Message& result,
        int depth
    )
    {
        Choice choice{.variable = variable};
        for (; part < limit; ++part) {
            const auto here = parts_.getPart(part);
            if (here.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR && offset)
                check_category(here);
            if (here.getType() == UMSGPAT_PART_TYPE_MSG_START)
                choice.branches.push_back(
                    message(part, offset ? variable : nullptr, offset.value_or(0), depth + 1)
                );
        }
        result.pieces.emplace_back(std::move(choice));
    }

    void check_category(const Part& selector)
    {
        const auto word = text_of(selector);
        if (!word.starts_with('=') && std::ranges::find(plural_categories, word) == plural_categories.end())
            complain(
                start_of(selector),
                "unknown plural branch " + quoted(word)
                    + "; there are =0, =1 ..., zero, one, two, few, many and other"
            );
    }

    std::string_view pattern_;
    bool employee_known_;
    std::vector<PatternFault>& faults_;
    std::vector<std::size_t> bytes_at_;
    UErrorCode made_ = U_ZERO_ERROR;
    icu::MessagePattern parts_{made_};
    int arguments_ = 0;
};

// What no text may be or hold, whatever it means; nothing: none of it.
std::optional<PatternFault> unusable(std::string_view pattern)
{
    if (pattern.size() > pattern_limit)
        return PatternFault{
            0,
            "a text of " + std::to_string(pattern.size()) + " bytes; at most " + std::to_string(pattern_limit)
                + " are read"};
    if (!valid_utf8(pattern))
        return PatternFault{0, "not UTF-8"};
    if (trimmed(pattern).empty())
        return PatternFault{0, "an empty text; null sends none"};
    const auto* const control = std::ranges::find_if(pattern, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') || c == '\x7F';
    });
    if (control != pattern.end())
        return PatternFault{static_cast<std::size_t>(control - pattern.begin()), "a control character"};
    return std::nullopt;
}

}  // namespace

Message take_apart(std::string_view pattern, bool employee_known, std::vector<PatternFault>& faults)
{
    if (auto fault = unusable(pattern)) {
        faults.push_back(*std::move(fault));
        return {};
    }
    auto message = Reader{pattern, employee_known, faults}.read();
    std::ranges::stable_sort(faults, {}, &PatternFault::offset);
    return message;
}

}  // namespace wechat::texts
