#include "rig.hpp"

#include "check.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace conformance {

namespace json = boost::json;

namespace {

constexpr Rig::Ticket of_a_child = 1'000'000;

[[noreturn]] void fail(const char* what)
{
    throw Failed(std::string("the rig: ") + what + ": " + std::strerror(errno));
}

}  // namespace

Rig::Rig(const std::string& command, const std::filesystem::path& folder) : owner_(::getpid())
{
    ::signal(SIGPIPE, SIG_IGN);
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
        fail("pipe");
    process_ = ::fork();
    if (process_ < 0)
        fail("fork");
    if (process_ == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        if (::chdir(folder.c_str()) == 0)
            ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
    ::fcntl(from_, F_SETFL, O_NONBLOCK);
}

Rig::~Rig()
{
    ::close(to_);
    ::close(from_);
    if (owner_ != ::getpid())
        return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

Rig::Ticket Rig::ask(json::object request)
{
    request["id"] = ++last_;
    const auto line = json::serialize(request) + '\n';
    for (std::size_t sent = 0; sent < line.size();) {
        const auto size = ::write(to_, line.data() + sent, line.size() - sent);
        if (size < 0 && errno != EINTR)
            fail("has ended");
        sent += size > 0 ? static_cast<std::size_t>(size) : 0;
    }
    return last_;
}

std::optional<json::object> Rig::answer(Ticket ticket)
{
    read();
    const auto found = answers_.find(ticket);
    if (found == answers_.end())
        return std::nullopt;
    auto answer = std::move(found->second);
    answers_.erase(found);
    if (const auto* const why = answer.if_contains("unsupported"))
        throw Skipped(
            "the rig cannot play that: " + (why->is_string() ? std::string(why->as_string()) : "unsupported")
        );
    if (const auto* const error = answer.if_contains("error"))
        throw Failed("the rig: " + json::serialize(*error));
    return answer;
}

void Rig::go_on_in_a_child()
{
    // One child after the other asks, and an answer to one that is gone must not be taken for another's.
    last_ = of_a_child * static_cast<Ticket>(::getpid());
    answers_.clear();
    unread_.clear();
}

void Rig::read()
{
    std::array<char, 65536> bytes;
    for (;;) {
        const auto size = ::read(from_, bytes.data(), bytes.size());
        if (size == 0)
            throw Failed("the rig has ended");
        if (size < 0)
            return;
        unread_.append(bytes.data(), static_cast<std::size_t>(size));
        for (auto end = unread_.find('\n'); end != unread_.npos; end = unread_.find('\n')) {
            take_line(unread_.substr(0, end));
            unread_.erase(0, end + 1);
        }
    }
}

// What is no answer may be the end of one that was meant for a process which is gone.
void Rig::take_line(const std::string& line)
{
    json::error_code broken;
    auto value = json::parse(line, broken);
    if (broken || !value.is_object())
        return;
    if (const auto* const id = value.as_object().if_contains("id"); id != nullptr && id->is_number())
        answers_[id->to_number<Ticket>()] = std::move(value.as_object());
}

}  // namespace conformance
