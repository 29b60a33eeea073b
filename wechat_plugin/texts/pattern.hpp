/// One automatic text's pattern, checked and compiled.
#pragma once

#include "texts/message.hpp"
#include "texts/texts.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace wechat::texts {

/// Immutable to its users. ICU's formatter fills caches while it formats, so that render takes a lock. [any]
class Pattern {
public:
    /// message   what take_apart made of the pattern, without a fault
    Pattern(std::string_view pattern, const std::string& locale, Message message);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// The words, UTF-8.
    [[nodiscard]] std::string render(const Values& values) const;
    /// A bound for the bytes of render: Catalog::most_bytes.
    [[nodiscard]] std::size_t most_bytes(const Values& fixed, std::size_t max_employee) const;
    [[nodiscard]] bool speaks_of(std::string_view variable) const;

private:
    struct Formatter;

    std::string locale_;
    Message message_;
    std::unique_ptr<Formatter> formatter_;
};

}  // namespace wechat::texts
