#include "letters.hpp"

#include "files.hpp"

#include <channel/convert.hpp>

#include <algorithm>
#include <stdexcept>
#include <sys/stat.h>

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t letter_most = channel::text_bytes_max + 4096;  // a text, and the lines above it

channel::Time written_at(const fs::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        fail(file);
    return channel::Time(
        channel::Milliseconds(status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000)
    );
}

void take_line(Letter& letter, std::string_view line)
{
    const auto colon = line.find(": ");
    if (colon == line.npos)
        throw std::runtime_error("a line above the text is no \"name: value\"");
    const auto name = line.substr(0, colon);
    const std::string value(line.substr(colon + 2));
    if (name == "from")
        letter.contact = value;
    if (name == "key")
        letter.key = value;
    if (name == "file")
        letter.file = letter.path.parent_path() / fs::path(value).filename();
}

}  // namespace

bool Letters::reachable() const
{
    std::error_code gone;
    return fs::is_directory(directory_ / "out", gone);
}

void Letters::put(std::string_view client_id, const std::string& contact, const std::string& text) const
{
    if (!reachable())
        throw std::runtime_error("the provider's directory out is not there");
    const auto file = directory_ / "out" / file_name(client_id);
    fs::create_directories(file.parent_path());
    write_durably(file, "to: " + contact + "\n\n" + text);
}

std::optional<Answer> Letters::answer(std::string_view client_id) const
{
    const auto file = answers() / file_name(client_id);
    std::error_code gone;
    if (!fs::is_regular_file(file, gone))
        return std::nullopt;
    const auto words = read_file(file, letter_most);
    fs::remove(file);
    if (words.starts_with("taken"))
        return Answer{Answer::Kind::taken};
    if (!words.starts_with("never "))
        return Answer{Answer::Kind::later};
    const auto code = words.substr(6, words.find(' ', 6) - 6);
    return Answer{Answer::Kind::never, code, words.substr(std::min(words.size(), 7 + code.size()))};
}

std::vector<fs::path> Letters::waiting() const
{
    auto files = files_of(in());
    std::erase_if(files, [](const fs::path& file) {
        return file.extension().native().find_first_not_of(".0123456789") != std::string::npos;
    });
    return files;
}

Letter Letters::read(const fs::path& path)
{
    Letter letter{.path = path, .id = path.stem().string(), .written = written_at(path)};
    const auto all = read_file(path, letter_most);
    std::size_t begin = 0;
    for (auto end = all.find('\n'); end != begin; end = all.find('\n', begin)) {
        if (end == all.npos)
            throw std::runtime_error("no empty line stands before the text");
        take_line(letter, std::string_view(all).substr(begin, end - begin));
        begin = end + 1;
    }
    letter.text = all.substr(begin + 1);
    if (letter.contact.empty())
        throw std::runtime_error("it does not say from whom it is");
    return letter;
}

void Letters::acknowledge(const Letter& letter)
{
    fs::remove(letter.path);  // first: a letter whose file is gone could not be read again
    if (!letter.file.empty())
        fs::remove(letter.file);
}

void Letters::set_aside(const fs::path& path)
{
    std::error_code ignored;  // if this fails, too, the next look says so again
    fs::rename(path, path.parent_path() / ("." + path.filename().string()), ignored);
}
