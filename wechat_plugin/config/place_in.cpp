// Which byte of the file a byte of a scalar's text is: YAML folds lines, drops indentation and reads escapes.
#include "config/document.hpp"

#include <algorithm>

namespace wechat::config {
namespace {

constexpr std::string_view blank = " \t\r\n";

bool is_blank(char c)
{
    return blank.find(c) != std::string_view::npos;
}

std::size_t skip_blank(std::string_view text, std::size_t from)
{
    return std::min(text.find_first_not_of(blank, from), text.size());
}

// How long an escape such as \n, \x41 or \u4f60 is in the file.
std::size_t escape_size(char letter)
{
    switch (letter) {
    case 'x': return 4;
    case 'u': return 6;
    case 'U': return 10;
    default: return 2;
    }
}

std::size_t code_point_size(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC2U ? 2 : 1;
}

class Walk {
public:
    Walk(std::string_view file, std::size_t start, std::string_view text)
        : file_(file), at_(start), text_(text)
    {
        const auto first = start < file.size() ? file[start] : ' ';
        if (first == '"' || first == '\'') {
            quote_ = first;
            ++at_;
        } else if (first == '|' || first == '>')
            at_ = skip_blank(file, std::min(file.find('\n', start), file.size()));
    }

    // One step forward in both; false: they differ, or the file ends.
    bool step()
    {
        if (read_ == text_.size() || at_ >= file_.size())
            return false;
        if (quote_ == '"' && file_[at_] == '\\')
            return escape();
        if (is_blank(text_[read_]))
            return blanks();
        if (file_[at_] != text_[read_])
            return false;
        at_ += quote_ == '\'' && text_[read_] == '\'' ? 2U : 1U;
        ++read_;
        return true;
    }

    std::size_t read() const { return read_; }
    std::size_t at() const { return at_; }

private:
    bool escape()
    {
        const auto letter = at_ + 1 < file_.size() ? file_[at_ + 1] : ' ';
        if (letter == '\n' || letter == '\r') {
            at_ = skip_blank(file_, at_ + 1);
            return true;
        }
        at_ += escape_size(letter);
        read_ += code_point_size(text_[read_]);
        return true;
    }

    // A line's end in the file is a blank, a line's end or nothing in the text: past both, all is alike again.
    bool blanks()
    {
        const auto end = skip_blank(file_, at_);
        if (file_.substr(at_, end - at_).find('\n') == std::string_view::npos) {
            if (file_[at_] != text_[read_])
                return false;
            ++at_;
            ++read_;
            return true;
        }
        at_ = end;
        read_ = skip_blank(text_, read_);
        return true;
    }

    std::string_view file_;
    std::size_t at_;
    std::string_view text_;
    std::size_t read_ = 0;
    char quote_ = ' ';
};

}  // namespace

std::size_t place_in(const Source& source, const Node& scalar, std::size_t offset)
{
    Walk walk{source.text(), scalar.at, scalar.text};
    while (walk.read() < offset)
        if (!walk.step())
            return scalar.at;
    return walk.read() == offset ? walk.at() : scalar.at;
}

}  // namespace wechat::config
