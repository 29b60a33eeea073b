#include "spool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace fs = std::filesystem;
using channel::State;
using channel::Status;

namespace {

constexpr channel::Milliseconds look_every{1000};  // how soon a new file in `in` is seen, by the host's clock

// A client_id is any text of 255 bytes, a file's name is not: hex, in pieces that a directory takes (NAME_MAX).
fs::path name_of(std::string_view client_id)
{
    constexpr std::size_t piece = 200;
    std::string hex;
    for (const char c : client_id) {
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) / 16];
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) % 16];
    }
    fs::path name;
    for (; hex.size() > piece; hex.erase(0, piece))
        name /= hex.substr(0, piece);
    return name / (hex + ".txt");
}

[[noreturn]] void fail(const fs::path& file)
{
    throw std::runtime_error(file.filename().string() + ": " + std::strerror(errno));
}

void sync(const fs::path& path)
{
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0 || ::fsync(handle) != 0) {
        if (handle >= 0)
            ::close(handle);
        fail(path);
    }
    ::close(handle);
}

// Durable, and never seen in part. Local directories take this in a lane's 10 ms; a channel that talks to a
// provider does so on a channel::Thread of its own, and reports later.
void write_durably(const fs::path& file, std::string_view text)
{
    fs::create_directories(file.parent_path());
    const auto draft = file.parent_path() / ("." + file.filename().string());
    std::ofstream stream(draft, std::ios::binary);
    if (!stream.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
        fail(file);
    stream.close();
    sync(draft);
    fs::rename(draft, file);
    sync(file.parent_path());
}

// The provider's time, not ours.
channel::Time written_at(const fs::path& file)
{
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        fail(file);
    return channel::Time(channel::Milliseconds(status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000));
}

std::vector<fs::path> files_of(const fs::path& directory)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory))
        if (entry.is_regular_file() && !entry.path().filename().native().starts_with('.'))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

bool text_only(const channel::Message& message)
{
    return !message.content || message.content->kind == "text";
}

}  // namespace

Spool::Spool(channel::Host host, std::string_view instance) : host_(host), instance_(instance) {}

void Spool::configure(const channel::Settings& settings, channel::Completion done)
{
    std::error_code unreadable;
    if (!fs::is_directory(settings.base_dir, unreadable)) {
        done.refuse({{.file = settings.base_dir, .code = "no_directory", .text = "the directory does not exist"}});
        return;
    }
    if (settings.mode == channel::Mode::apply && in_.empty()) {  // a spool in use does not move
        in_ = fs::path(settings.base_dir) / instance_ / "in";
        out_ = fs::path(settings.base_dir) / instance_ / "out";
    }
    done.ok(std::vector<channel::Finding>{});
}

void Spool::start(channel::Completion done)
{
    fs::create_directories(in_);
    fs::create_directories(out_);
    look();
    done.ok();
}

void Spool::stop(std::chrono::milliseconds, channel::Completion done)
{
    open_.clear();  // these tokens lapse; the letters are offered again after the next start
    not_before_.clear();
    busy_ = 0;
    done.ok();  // the layer takes back the timer
}

channel::Capability Spool::check(const channel::Message& message) const
{
    if (!text_only(message))
        return {.verdict = channel::Verdict::refuse, .reason = "unsupported_content", .text = "only texts"};
    return {.verdict = channel::Verdict::send};
}

channel::Receipt Spool::send(const channel::Message& message)
{
    const auto file = out_ / name_of(message.client_id);
    if (fs::exists(file))
        return {.state = State::sent};  // this id was sent before: once is enough
    if (!text_only(message))
        return {.state = State::refused, .reason = "unsupported_content", .text = "only texts"};
    try {
        write_durably(file, message.contact + '\n' + message.content->text);
    } catch (const std::exception& failure) {
        disk_works(false);
        throw channel::Error(Status::unavailable, "disk", failure.what(), look_every);
    }
    disk_works(true);
    return {.state = State::sent};
}

channel::Receipt Spool::cancel(std::string_view client_id)
{
    if (fs::exists(out_ / name_of(client_id)))
        return {.state = State::sent};
    return {.state = State::refused, .reason = "unknown_message", .revision = 0};
}

std::string Spool::inspect(std::string_view topic) const
{
    if (topic == "health")
        return disk_works_ ? R"({"level":"ok"})" : R"({"level":"down","code":"disk"})";
    if (topic == "state")
        return "{\"busy\":" + std::to_string(busy_) + '}';
    if (topic == "config")
        return "{\"directory\":" + channel::json_quoted(instance_) + '}';
    if (topic == "metrics")
        return "# TYPE spool_open_letters gauge\nspool_open_letters " + std::to_string(busy_) + "\n# EOF\n";
    throw channel::unknown_topic(topic);
}

void Spool::look()
{
    host_.arm(host_.now() + look_every, [this] { look(); });
    offer_letters();
}

// In order of their names; one of a contact at a time, so that order holds over a busy host.
void Spool::offer_letters()
{
    auto blocked = open_;
    for (const auto& file : files_of(in_)) {
        try {
            const auto letter = read(file);
            if (blocked.insert(letter.contact).second && may_offer(letter.contact))
                offer(file, letter);
        } catch (const std::exception& failure) {
            set_aside(file, failure.what());
        }
    }
}

bool Spool::may_offer(const std::string& contact) const
{
    const auto found = not_before_.find(contact);
    return found == not_before_.end() || host_.now() >= found->second;
}

void Spool::offer(const fs::path& file, const Letter& letter)
{
    const channel::Item item{
        .kind = channel::ItemKind::message,
        .id = file.filename().string(),
        .account = instance_,
        .contact = letter.contact,
        .happened = written_at(file),
        .content = channel::Content{.kind = "text", .text = letter.text},
    };
    const auto answer = [this, file, contact = letter.contact](channel::Outcome outcome) {
        open_.erase(contact);
        --busy_;
        settled(file, contact, outcome);
        offer_letters();
    };
    ++busy_;
    const auto outcome = host_.offer(item, answer);
    if (outcome) {
        open_.insert(letter.contact);
        return;
    }
    --busy_;
    settled(file, letter.contact, outcome);
}

// The provider's message is acknowledged, that is: removed, only once the host has it on its disk.
void Spool::settled(const fs::path& file, const std::string& contact, channel::Outcome outcome)
{
    if (outcome)
        fs::remove(file);
    if (outcome.status == Status::refused || outcome.status == Status::argument)
        set_aside(file, "the host does not take it");
    if (outcome.status == Status::busy || outcome.status == Status::unavailable)
        not_before_[contact] = host_.now() + outcome.retry_after;
    else
        not_before_.erase(contact);
}

void Spool::set_aside(const fs::path& file, std::string_view why)
{
    host_.log(channel::Level::warning, "letter_set_aside", why, {{"file", file.filename().string()}});
    std::error_code ignored;  // if this fails, too, the next look says so again
    fs::rename(file, file.parent_path() / ("." + file.filename().string()), ignored);
}

void Spool::disk_works(bool works)
{
    if (disk_works_.exchange(works) == works)
        return;
    if (works)
        host_.health(channel::Health::ok, "disk", "messages can be stored again");
    else
        host_.health(channel::Health::down, "disk", "messages cannot be stored");
}

Spool::Letter Spool::read(const fs::path& file)
{
    const auto size = fs::file_size(file);
    if (size > channel::text_bytes_max)
        throw std::runtime_error("longer than a text may be");
    std::string all(size, '\0');
    if (!std::ifstream(file, std::ios::binary).read(all.data(), static_cast<std::streamsize>(size)))
        fail(file);
    const auto line = all.find('\n');
    if (line == 0 || line == all.npos)
        throw std::runtime_error("its first line names no contact");
    return {all.substr(0, line), all.substr(line + 1)};
}

CHANNEL_PLUGIN(Spool)
