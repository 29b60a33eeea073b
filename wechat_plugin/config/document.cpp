#include "config/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace wechat::config {
namespace {

// A customer's file has five levels and about fifty nodes a locale.
constexpr std::size_t depth_limit = 16;
constexpr std::size_t node_limit = 10'000;

// Thrown out of the parser where reading on would only cost time, or make nonsense.
struct Stop {
    YAML::Mark mark;
    std::string text;
};

// yaml-cpp takes the end of the file for the closing quote.
bool never_closed(std::string_view scalar)
{
    const auto quote = scalar.empty() ? ' ' : scalar.front();
    if (quote != '"' && quote != '\'')
        return false;
    for (std::size_t i = 1; i < scalar.size(); ++i) {
        const bool doubled = quote == '\'' && scalar.substr(i).starts_with("''");
        if (doubled || (quote == '"' && scalar[i] == '\\'))
            ++i;
        else if (scalar[i] == quote)
            return false;
    }
    return true;
}

class Builder : public YAML::EventHandler {
public:
    Builder(const Source& source, Complaints& complaints) : source_(source), complaints_(complaints) {}

    std::optional<Node> root;
    std::optional<YAML::Mark> second_document;

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (documents_++ > 0)
            second_document = mark;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto at = byte_of(mark);
        const auto rest = source_.text().substr(at);
        // yaml-cpp does not tell `key: null` from `key:`, whose mark is that of whatever comes next.
        const bool said = std::ranges::any_of(null_words, [&](auto word) { return rest.starts_with(word); });
        take(
            {.kind = said ? Node::Kind::null : Node::Kind::nothing, .at = said ? at : before(at)},
            mark,
            anchor,
            {}
        );
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        complain(mark, "anchors and aliases are not used here");
        take({.kind = Node::Kind::refused, .at = byte_of(mark)}, mark, 0, {});
    }
    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value
    ) override
    {
        if (never_closed(source_.text().substr(byte_of(mark))))
            throw Stop{mark, "a quote that is never closed"};
        take(
            {.kind = Node::Kind::scalar, .at = byte_of(mark), .text = value, .quoted = tag == "!"},
            mark,
            anchor,
            tag
        );
    }
    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
    ) override
    {
        open(Node::Kind::list, mark, anchor, tag);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value
    ) override
    {
        open(Node::Kind::map, mark, anchor, tag);
    }
    void OnMapEnd() override { close(); }

private:
    static constexpr std::string_view null_words[] = {"null", "Null", "NULL", "~"};

    // A map or list that is not closed yet, and of a map the key that waits for its value.
    struct Open {
        Node node;
        std::optional<Node> key;
    };

    std::size_t byte_of(const YAML::Mark& mark) const { return source_.byte_at(mark.line, mark.column); }
    void complain(const YAML::Mark& mark, std::string text)
    {
        complaints_.push_back(source_.complaint(byte_of(mark), "yaml", std::move(text)));
    }

    // The end of what stands before a place: where a value is missing.
    std::size_t before(std::size_t at) const
    {
        const auto text = source_.text();
        while (at > 0 && std::string_view{" \t\r\n"}.find(text[at - 1]) != std::string_view::npos)
            --at;
        return at;
    }

    void refuse_extras(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag)
    {
        if (anchor != 0)
            complain(mark, "anchors and aliases are not used here");
        if (!tag.empty() && tag != "?" && tag != "!")
            complain(mark, "tags are not used here");
        if (++nodes_ > node_limit)
            throw Stop{mark, "more than " + std::to_string(node_limit) + " values"};
    }

    void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag)
    {
        if (second_document)
            return;
        refuse_extras(mark, anchor, tag);
        if (open_.size() == depth_limit)
            throw Stop{mark, "nested deeper than " + std::to_string(depth_limit) + " levels"};
        open_.push_back({.node = {.kind = kind, .at = byte_of(mark)}, .key = {}});
    }

    void close()
    {
        if (second_document)
            return;
        auto node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }

    void take(Node node, const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag)
    {
        if (second_document)
            return;
        refuse_extras(mark, anchor, tag);
        add(std::move(node));
    }

    void add(Node node)
    {
        if (open_.empty()) {
            root = std::move(node);
            return;
        }
        auto& [parent, key] = open_.back();
        if (parent.kind == Node::Kind::list)
            parent.items.push_back(std::move(node));
        else if (!key)
            key = std::move(node);
        else {
            add_entry(parent, std::move(*key), std::move(node));
            key.reset();
        }
    }

    void add_entry(Node& map, Node key, Node value)
    {
        if (key.kind != Node::Kind::scalar) {
            if (key.kind != Node::Kind::refused)
                complaints_.push_back(source_.complaint(key.at, "yaml", "a key must be a word"));
            return;
        }
        const auto same =
            std::ranges::find(map.entries, key.text, [](const Entry& entry) { return entry.key.text; });
        if (same == map.entries.end()) {
            map.entries.push_back({std::move(key), std::move(value)});
            return;
        }
        const auto first = source_.complaint(same->key.at, {}, {}).line;
        complaints_.push_back(source_.complaint(
            key.at, "duplicate_key", "this key stands here already, in line " + std::to_string(first)
        ));
    }

    const Source& source_;
    Complaints& complaints_;
    std::vector<Open> open_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

bool refuse_tabs(const Source& source, Complaints& complaints)
{
    const auto text = source.text();
    const auto before = complaints.size();
    for (std::size_t line = 0; line < text.size();) {
        const auto start = text.find_first_not_of(' ', line);
        if (start != std::string_view::npos && text[start] == '\t')
            complaints.push_back(source.complaint(start, "yaml", "a tab; YAML is indented with spaces"));
        const auto end = text.find('\n', line);
        line = end == std::string_view::npos ? text.size() : end + 1;
    }
    return complaints.size() > before;
}

// yaml-cpp's words for what its parser met; a line and a column it says where it can.
void complain_of(const YAML::Exception& failure, const Source& source, Complaints& complaints)
{
    const auto at = failure.mark.is_null() ? 0 : source.byte_at(failure.mark.line, failure.mark.column);
    complaints.push_back(source.complaint(at, "yaml", "not YAML: " + failure.msg));
}

}  // namespace

const Node* Node::find(std::string_view key) const
{
    const auto found =
        std::ranges::find_if(entries, [&](const Entry& entry) { return entry.key.text == key; });
    return found == entries.end() ? nullptr : &found->value;
}

const Node& Node::nearest(std::initializer_list<std::string_view> path) const
{
    const auto* node = this;
    for (const auto key : path) {
        const auto* const next = node->find(key);
        if (!next)
            break;
        node = next;
    }
    return *node;
}

Source::Source(std::string file, std::string_view text) : file_(std::move(file)), text_(text), lines_{0}
{
    for (std::size_t i = 0; i < text_.size(); ++i)
        if (text_[i] == '\n')
            lines_.push_back(i + 1);
}

std::size_t Source::byte_at(int line, int column) const
{
    const auto row = std::min(static_cast<std::size_t>(std::max(line, 0)), lines_.size() - 1);
    return std::min(lines_[row] + static_cast<std::size_t>(std::max(column, 0)), text_.size());
}

Complaint Source::complaint(std::size_t at, std::string code, std::string text) const
{
    const auto line = std::prev(std::ranges::upper_bound(lines_, at));
    const auto before = std::string_view{text_}.substr(*line, at - *line);
    const auto characters = std::ranges::count_if(before, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return {
        .file = file_,
        .line = static_cast<int>(line - lines_.begin()) + 1,
        .column = static_cast<int>(characters) + 1,
        .code = std::move(code),
        .text = std::move(text),
    };
}

std::optional<Node> read_document(const Source& source, Complaints& complaints)
{
    if (refuse_tabs(source, complaints))
        return std::nullopt;
    Builder builder{source, complaints};
    try {
        std::istringstream bytes{std::string{source.text()}};
        YAML::Parser parser{bytes};
        parser.HandleNextDocument(builder);
        parser.HandleNextDocument(builder);
    } catch (const Stop& stop) {
        complaints.push_back(
            source.complaint(source.byte_at(stop.mark.line, stop.mark.column), "yaml", stop.text)
        );
        return std::nullopt;
    } catch (const YAML::Exception& failure) {
        complain_of(failure, source, complaints);
        return std::nullopt;
    }
    if (builder.second_document) {
        const auto& mark = *builder.second_document;
        complaints.push_back(source.complaint(
            source.byte_at(mark.line, mark.column), "yaml", "a second document; a file holds one"
        ));
    }
    if (!builder.root || builder.root->kind != Node::Kind::map) {
        const auto at = builder.root ? builder.root->at : 0;
        complaints.push_back(source.complaint(at, "yaml", "expected keys such as customer: and wechat:"));
        return std::nullopt;
    }
    return std::move(builder.root);
}

}  // namespace wechat::config
