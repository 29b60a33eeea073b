#include "codec/plain_xml.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace wechat::codec {
namespace {

constexpr std::string_view opening = "<xml>";
constexpr std::string_view closing = "</xml>";
constexpr std::string_view cdata = "<![CDATA[";
constexpr std::string_view cdata_end = "]]>";
constexpr std::string_view blanks = " \t\n";
constexpr std::size_t most_elements = 32;  // each is compared with those before it

// Whether a byte is one that the parser's way would change: control characters, and the line feeds of other systems.
bool changed_by_parser(char c)
{
    return static_cast<unsigned char>(c) < 0x20U && c != '\t' && c != '\n';
}

// Eight bytes at a time: in a group without a byte below 0x20 there is none to look at.
bool any_changed_by_parser(std::string_view text)
{
    constexpr std::uint64_t high = 0x8080808080808080U;
    constexpr std::uint64_t blank = 0x2020202020202020U;
    std::uint64_t eight = 0;
    for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, text.data(), sizeof eight);
        if (((eight - blank) & ~eight & high) != 0
            && std::ranges::any_of(text.substr(0, sizeof eight), changed_by_parser))
            return true;
    }
    return std::ranges::any_of(text, changed_by_parser);
}

bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool in_a_name(char c)
{
    return letter(c) || (c >= '0' && c <= '9');
}

// What is left to read; each step gives what it has passed, or nothing where the document is of another kind.
class Rest {
public:
    explicit Rest(std::string_view text) : text_(text) {}

    [[nodiscard]] bool empty() const { return text_.empty(); }

    bool pass(std::string_view word)
    {
        if (!text_.starts_with(word))
            return false;
        text_.remove_prefix(word.size());
        return true;
    }

    void pass_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(blanks), text_.size())); }

    std::optional<std::string_view> name()
    {
        if (text_.empty() || !letter(text_.front()))
            return std::nullopt;
        const auto* const end = std::ranges::find_if_not(text_, in_a_name);
        return passed(static_cast<std::size_t>(end - text_.begin()));
    }

    std::optional<std::string_view> text()
    {
        if (pass(cdata)) {
            const auto inside = until(cdata_end);
            if (inside)
                pass(cdata_end);
            return inside;
        }
        const auto plain = until("<");
        return plain && plain->find('&') == std::string_view::npos ? plain : std::nullopt;
    }

private:
    std::optional<std::string_view> until(std::string_view end)
    {
        const auto size = text_.find(end);
        return size == std::string_view::npos ? std::nullopt : std::optional{passed(size)};
    }
    std::string_view passed(std::size_t size)
    {
        const auto front = text_.substr(0, size);
        text_.remove_prefix(size);
        return front;
    }

    std::string_view text_;
};

std::optional<Fields::Leaf> next_leaf(Rest& rest)
{
    if (!rest.pass("<"))
        return std::nullopt;
    const auto name = rest.name();
    if (!name || !rest.pass(">"))
        return std::nullopt;
    const auto text = rest.text();
    if (!text || !rest.pass("</") || !rest.pass(*name) || !rest.pass(">"))
        return std::nullopt;
    return Fields::Leaf{*name, *text};
}

bool find_leaves(Fields& fields)
{
    Rest rest{fields.document()};
    if (!rest.pass(opening))
        return false;
    for (rest.pass_blanks(); !rest.pass(closing); rest.pass_blanks()) {
        const auto leaf = next_leaf(rest);
        if (!leaf || fields.size() == most_elements || fields.contains(leaf->path))
            return false;
        fields.found(leaf->path, leaf->text);
    }
    rest.pass_blanks();
    return rest.empty();
}

}  // namespace

std::optional<Fields> read_plain_xml(std::string& document)
{
    // U+FFFE and U+FFFF, which the parser's way takes out, begin with these two bytes.
    constexpr std::string_view noncharacters = "\xEF\xBF";
    if (any_changed_by_parser(document) || document.find(noncharacters) != std::string::npos)
        return std::nullopt;
    Fields fields{std::move(document)};
    if (find_leaves(fields))
        return fields;
    document = std::move(fields).take_document();
    return std::nullopt;
}

}  // namespace wechat::codec
