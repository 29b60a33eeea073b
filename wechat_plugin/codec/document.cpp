#include "codec/document.hpp"

#include "base/utf8.hpp"
#include "codec/json_text.hpp"
#include "codec/plain_xml.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace wechat::codec {
namespace {

constexpr int max_elements = 256;  // wechat-protocol.md 2.4
constexpr int max_depth = 16;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Control characters, and the lead byte that U+FFFE and U+FFFF share with few others: then it is worth a closer look.
bool suspicious(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\t' && c != '\n' && c != '\r') || byte == 0xEFU;
}

std::string cleaned(std::string_view text)
{
    return std::ranges::any_of(text, suspicious) ? without_controls(text) : std::string{text};
}

// What is common to both formats: the path on which we stand, the limits, and the leaves found.
struct Leaves {
    Fields fields = {};
    std::string path = {};
    int elements = 0;
    int depth = 0;

    // Runs `inside` with name (and index, where siblings share the name) behind the path; false: a limit is passed.
    template <class Inside>
    bool enter(std::string_view name, std::ptrdiff_t index, const Inside& inside)
    {
        if (++elements > max_elements || ++depth > max_depth)
            return false;
        const auto size = path.size();
        if (size != 0)
            path += '.';
        path += name;
        if (index >= 0)
            path.append("[").append(std::to_string(index)).append("]");
        const bool within = inside();
        path.resize(size);
        --depth;
        return within;
    }
};

// CDATA may be split and mixed with text: all of it counts.
std::string merged_text(const pugi::xml_node& leaf)
{
    std::string text;
    for (const auto& part : leaf.children())
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
            text += part.value();
    return text;
}

bool walk(const pugi::xml_node& parent, Leaves& leaves)
{
    std::vector<std::string_view> names;
    if (leaves.depth == 0)
        names.reserve(16);  // a callback has about ten elements; its leaves have none
    for (const auto& child : parent.children())
        if (child.type() == pugi::node_element)
            names.emplace_back(child.name());
    if (names.empty()) {
        if (!leaves.path.empty())
            leaves.fields.put(leaves.path, merged_text(parent));
        return true;
    }
    if (names.size() > max_elements)
        return false;
    std::size_t i = 0;
    for (const auto& child : parent.children()) {
        if (child.type() != pugi::node_element)
            continue;
        const auto here = names.begin() + static_cast<std::ptrdiff_t>(i++);
        const auto before = std::count(names.begin(), here, *here);
        const bool repeated = before != 0 || std::find(here + 1, names.end(), *here) != names.end();
        if (!leaves.enter(*here, repeated ? before : -1, [&] { return walk(child, leaves); }))
            return false;
    }
    return true;
}

// A character reference such as &#29; or &#xD800; gives what no raw text could hold at this point.
std::optional<Fields> clean_references(const Fields& fields)
{
    Fields clean;
    for (const auto& [path, text] : fields) {
        const auto cleaned_text = without_controls(text);
        if (!valid_utf8(cleaned_text) || !valid_utf8(path))
            return std::nullopt;
        clean.put(path, cleaned_text);
    }
    return clean;
}

Result<Fields> read_xml(std::string text)
{
    const bool has_references = text.find("&#") != std::string::npos;
    constexpr auto options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata
                           | pugi::parse_doctype;  // not to read it: to see that there is one
    pugi::xml_document document;
    const auto parsed = document.load_buffer_inplace(text.data(), text.size(), options, pugi::encoding_utf8);
    if (!parsed)
        return fail(errc::bad_xml, parsed.description());
    const auto is = [](pugi::xml_node_type type) {
        return [type](const auto& node) { return node.type() == type; };
    };
    const auto top = document.children();
    if (std::any_of(top.begin(), top.end(), is(pugi::node_doctype)))
        return fail(errc::bad_xml, "a DOCTYPE");
    if (std::count_if(top.begin(), top.end(), is(pugi::node_element)) != 1)
        return fail(errc::bad_xml, "more than one document");
    Leaves leaves;
    if (!walk(document.document_element(), leaves))
        return fail(errc::bad_xml, "more than 256 elements, or deeper than 16");
    if (!has_references)
        return std::move(leaves.fields);
    auto clean = clean_references(leaves.fields);
    if (!clean)
        return fail(errc::bad_utf8);
    return std::move(*clean);
}

bool walk(const boost::json::value& value, Leaves& leaves);

bool walk(const boost::json::object& object, Leaves& leaves)
{
    for (const auto& [key, value] : object) {
        const std::string_view name{key.data(), key.size()};
        const auto* const array = value.if_array();
        if (array == nullptr || array->size() == 1) {
            const auto& only = array == nullptr ? value : array->front();
            if (!leaves.enter(name, -1, [&] { return walk(only, leaves); }))
                return false;
            continue;
        }
        for (std::size_t i = 0; i < array->size(); ++i)
            if (!leaves.enter(name, static_cast<std::ptrdiff_t>(i), [&] {
                    return walk((*array)[i], leaves);
                }))
                return false;
    }
    return true;
}

bool walk(const boost::json::value& value, Leaves& leaves)
{
    if (const auto* const object = value.if_object())
        return walk(*object, leaves);
    if (value.is_array())
        return false;  // arrays in arrays: nothing of WeChat's
    leaves.fields.put(leaves.path, without_controls(text_of(value)));
    return true;
}

Result<Fields> read_json(std::string_view text)
{
    const auto object = read_object(text);
    if (!object)
        return object.error();
    Leaves leaves;
    if (!walk(*object, leaves))
        return fail(errc::bad_json, "more than 256 values, deeper than 16, or arrays in arrays");
    return std::move(leaves.fields);
}

// The usual shape of a body, found without a parser (a tenth of its time). Anything unusual is the parser's: also a second
// Encrypt, for a contact may type one.
std::string_view scan_encrypt(std::string_view body)
{
    constexpr std::string_view opening = "<Encrypt><![CDATA[";
    constexpr std::string_view closing = "]]></Encrypt>";
    const auto begin = body.find(opening);
    if (begin == std::string_view::npos)
        return {};
    const auto rest = body.substr(begin + opening.size());
    const auto end = rest.find("]]>");
    if (end == std::string_view::npos || !rest.substr(end).starts_with(closing))
        return {};
    const auto tail = trimmed(rest.substr(end + closing.size()));
    return tail == "</xml>" && body.substr(0, begin).find("<Encrypt") == std::string_view::npos
             ? rest.substr(0, end)
             : std::string_view{};
}

std::string_view without_mark(std::string_view text)
{
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    return text;
}

}  // namespace

bool is_json(std::string_view document)
{
    return trimmed(without_mark(document)).starts_with('{');
}

std::string_view field(const Fields& fields, std::string_view path)
{
    return trimmed(fields.find(path).value_or(std::string_view{}));
}

Result<Fields> read_fields(std::string document, std::size_t limit)
{
    if (document.size() > limit)
        return fail(errc::too_large, std::to_string(document.size()) + " bytes");
    if (!valid_utf8(document))
        return fail(errc::bad_utf8);
    if (auto plain = read_plain_xml(document))
        return std::move(*plain);
    if (is_json(document))
        return read_json(document);
    return read_xml(cleaned(without_mark(document)));
}

Result<std::string> encrypted_part(std::string body)
{
    if (const auto usual = trimmed(scan_encrypt(body)); !usual.empty() && body.size() <= largest_body) {
        const auto begin = static_cast<std::size_t>(usual.data() - body.data());
        body.resize(begin + usual.size());
        body.erase(0, begin);
        return body;
    }
    const auto fields = read_fields(std::move(body), largest_body);
    if (!fields)
        return fields.error();
    const auto found = field(*fields, "Encrypt");
    if (found.empty())
        return fail(errc::missing_field, "Encrypt");
    return std::string{found};
}

}  // namespace wechat::codec
