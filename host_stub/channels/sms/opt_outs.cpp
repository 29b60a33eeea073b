#include "sms/opt_outs.hpp"

#include <channel/values.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace sms {
namespace {

// What carriers take as opt-out and opt-in words. Source: CTIA Messaging Principles and Best Practices 5.1.3.
constexpr std::array<std::string_view, 6> out_words{
    "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"};
constexpr std::array<std::string_view, 3> in_words{"START", "UNSTOP", "YES"};

std::string normal(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    std::string word{
        first == std::string_view::npos ? std::string_view{} : text.substr(first, last - first + 1)};
    for (auto& c : word)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return word;
}

void append(const std::filesystem::path& file, const std::string& line)
{
    const auto descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto written = descriptor >= 0
                      && ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size())
                      && ::fsync(descriptor) == 0;
    const auto why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        throw channel::Error{
            channel::Status::unavailable, "store_failed", file.string() + ": " + std::strerror(why)};
}

}  // namespace

std::optional<bool> opt_out_word(std::string_view text)
{
    const auto word = normal(text);
    if (std::find(out_words.begin(), out_words.end(), word) != out_words.end())
        return true;
    if (std::find(in_words.begin(), in_words.end(), word) != in_words.end())
        return false;
    return std::nullopt;
}

void OptOuts::open(const std::filesystem::path& file)
{
    const std::lock_guard lock{mutex_};
    file_ = file;
    if (file.empty())
        return;
    std::error_code ignored;  // appending says it better
    std::filesystem::create_directories(file.parent_path(), ignored);
    append(file, "");
    out_.clear();
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
        std::istringstream words{line};
        std::string sign, number, contact;
        if (!(words >> sign >> number >> contact))
            continue;  // a line that a crash has cut short
        if (sign == "-")
            out_.emplace(number, contact);
        else
            out_.erase({number, contact});
    }
}

void OptOuts::set(const std::string& number, const std::string& contact, bool out)
{
    const std::lock_guard lock{mutex_};
    if (out_.contains({number, contact}) == out)
        return;
    if (!file_.empty())
        append(file_, (out ? "\n- " : "\n+ ") + number + " " + contact + "\n");
    if (out)
        out_.emplace(number, contact);
    else
        out_.erase({number, contact});
}

bool OptOuts::contains(const std::string& number, const std::string& contact) const
{
    const std::lock_guard lock{mutex_};
    return out_.contains({number, contact});
}

}  // namespace sms
