#include "voicemail/mailbox.hpp"

#include <channel/values.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace voicemail {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t transcript_bytes = 16 * 1024;

[[noreturn]] void raise(const fs::path& path, int why)
{
    throw channel::Error{
        channel::Status::unavailable, "store_failed", path.string() + ": " + std::strerror(why)};
}

void sync(const fs::path& path)
{
    const auto descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto failed = descriptor < 0 || ::fsync(descriptor) != 0;
    const auto why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (failed)
        raise(path, why);
}

std::string read(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    text.resize(std::min(text.size(), transcript_bytes));
    return text;
}

// FNV-1a, 64 bits: the same in every run, so that the file's name is the id.
std::string hashed(const std::string& id)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return digits;
}

std::string caller_in(const std::string& name)
{
    const auto caller = name.substr(0, name.find('_'));
    const auto is_number = caller.size() >= 4 && caller.size() <= 16 && caller[0] == '+'
                        && caller.find_first_not_of("0123456789", 1) == std::string::npos;
    return is_number && caller.size() < name.size() ? caller : std::string{};
}

std::string word(const json::object& object, std::string_view name)
{
    const auto* const found = object.if_contains(name);
    return found && found->is_string() ? std::string{found->as_string()} : std::string{};
}

}  // namespace

void Mailbox::prepare() const
{
    for (const auto& folder : {in(), out(), fetched(), heard_folder()})
        fs::create_directories(folder);
}

std::vector<Recording> Mailbox::recordings(const std::function<bool(const std::string& name)>& wanted) const
{
    std::vector<std::pair<std::pair<fs::file_time_type, std::string>, Recording>> found;
    for (const auto& entry : fs::directory_iterator{in()}) {
        const auto name = entry.path().filename().string();
        const auto caller = caller_in(name);
        if (caller.empty() || entry.path().extension() != ".wav" || !wanted(name) || !entry.is_regular_file())
            continue;
        const auto transcript = read(fs::path{entry.path()}.replace_extension(".txt"));
        found.push_back(
            {{entry.last_write_time(), name}, {name, caller, transcript, fs::absolute(entry.path())}}
        );
    }
    std::ranges::sort(
        found, {}, [](const auto& one) -> const auto& { return one.first; }
    );
    std::vector<Recording> all;
    for (auto& [place, recording] : found)
        all.push_back(std::move(recording));
    return all;
}

void Mailbox::mark_fetched(const std::string& name) const
{
    std::error_code gone;
    fs::rename(in() / name, fetched() / name, gone);
    const auto transcript = fs::path{name}.replace_extension(".txt");
    std::error_code none;
    fs::rename(in() / transcript, fetched() / transcript, none);
}

std::size_t Mailbox::deposits_waiting() const
{
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator{out(), none}) {
        const auto extension = entry.path().extension();
        count += extension == ".wav" || extension == ".txt" ? 1U : 0U;
    }
    return count;
}

std::vector<Deposit> Mailbox::deposits() const
{
    std::vector<Deposit> all;
    std::ifstream in_file{out() / "index.jsonl"};
    for (std::string line; std::getline(in_file, line);) {
        json::error_code broken;
        const auto value = json::parse(line, broken);
        if (broken || !value.is_object())
            continue;  // a line that a crash has cut short
        const auto& object = value.as_object();
        all.push_back({word(object, "id"), word(object, "contact"), word(object, "file")});
    }
    return all;
}

std::optional<Deposit> Mailbox::find(const std::string& id) const
{
    for (auto& deposit : deposits()) {
        if (deposit.id == id)
            return deposit;
    }
    return std::nullopt;
}

Deposit Mailbox::deposit(
    const std::string& id, const std::string& contact, const std::string& text, const fs::path& file
) const
{
    if (auto known = find(id))
        return *known;
    const auto name = hashed(id) + (file.empty() ? ".txt" : ".wav");
    const auto part = out() / (name + ".part");
    if (file.empty()) {
        std::ofstream written{part, std::ios::binary | std::ios::trunc};
        written << text;
        written.close();
        if (!written)
            raise(part, ENOSPC);
    } else {
        fs::copy_file(file, part, fs::copy_options::overwrite_existing);
    }
    sync(part);
    fs::rename(part, out() / name);
    sync(out());

    json::object line;
    line["id"] = id;
    line["contact"] = contact;
    line["file"] = name;
    const auto index = out() / "index.jsonl";
    std::ofstream appended{index, std::ios::app};
    appended << '\n' << json::serialize(line) << '\n';
    appended.close();
    if (!appended)
        raise(index, ENOSPC);
    sync(index);
    return {id, contact, name};
}

bool Mailbox::heard(const std::string& file) const
{
    return fs::exists(heard_folder() / file);
}

}  // namespace voicemail
