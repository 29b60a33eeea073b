#include "process.hpp"

#include "last_call.hpp"
#include "misbehaviours.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace conformance {
namespace {

namespace fs = std::filesystem;
using Moment = std::chrono::steady_clock::time_point;

constexpr std::size_t output_most = 4000;
constexpr char passed_mark = 'P', failed_mark = 'F', skipped_mark = 'S';

struct Pipe {
    Pipe()
    {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0)
            throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
        read = ends[0];
        write = ends[1];
        ::fcntl(read, F_SETFD, FD_CLOEXEC);
        ::fcntl(write, F_SETFD, FD_CLOEXEC);
    }
    ~Pipe()
    {
        ::close(read);
        close_write();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_write()
    {
        if (write >= 0)
            ::close(write);
        write = -1;
    }

    int read = -1, write = -1;
};

struct Folder {
    Folder()
    {
        auto name = (fs::temp_directory_path() / "channel-check-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error(name + ": " + std::strerror(errno));
        path = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    fs::path path;
};

[[noreturn]] void
become(const Child& child, const Check& check, const fs::path& folder, int result, int page, int output)
{
    ::setpgid(0, 0);
    for (const int descriptor : {result, page})
        ::fcntl(descriptor, F_SETFD, 0);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    auto words = child.arguments;
    words.insert(words.begin(), child.program);
    for (const auto& word :
         {std::string("--run"),
          std::string(check.id),
          std::string("--folder"),
          folder.string(),
          std::string("--result"),
          std::to_string(result),
          std::string("--last-call"),
          std::to_string(page)})
        words.push_back(word);
    std::vector<char*> pointers;
    for (auto& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(child.program.c_str(), pointers.data());
    ::_exit(127);
}

/// What comes out of both pipes until the process has ended, or its time has.
struct Listening {
    std::string result, output;
    int status = 0;
    bool in_time = true;
};

void take(int descriptor, std::string& text)
{
    std::array<char, 4096> bytes;
    for (ssize_t size = 0; (size = ::read(descriptor, bytes.data(), bytes.size())) > 0;)
        text.append(bytes.data(), static_cast<std::size_t>(size));
}

Listening listen(pid_t process, Pipe& result, Pipe& output, Moment deadline)
{
    Listening heard;
    for (const auto* pipe : {&result, &output})
        ::fcntl(pipe->read, F_SETFL, O_NONBLOCK);
    while (::waitpid(process, &heard.status, WNOHANG) == 0) {
        take(result.read, heard.result);
        take(output.read, heard.output);
        if (std::chrono::steady_clock::now() >= deadline && heard.in_time) {
            heard.in_time = false;
            ::kill(-process, SIGKILL);
        }
        std::array<pollfd, 2> ready{pollfd{result.read, POLLIN, 0}, pollfd{output.read, POLLIN, 0}};
        ::poll(ready.data(), ready.size(), 20);
    }
    ::kill(-process, SIGKILL);  // a rig, or a run that the check has left
    take(result.read, heard.result);
    take(output.read, heard.output);
    return heard;
}

std::string end_of(const std::string& text)
{
    return text.size() <= output_most ? text : "..." + text.substr(text.size() - output_most);
}

void judge(const Listening& heard, const Check& check, Outcome& outcome)
{
    const auto mark = heard.result.empty() ? '\0' : heard.result[0];
    outcome.verdict = Verdict::failed;
    if (!heard.in_time)
        outcome.why = "did not end within " + std::to_string(check.limit.count()) + " s";
    else if (WIFSIGNALED(heard.status))
        outcome.why = std::string("was ended by a signal: ") + ::strsignal(WTERMSIG(heard.status));
    else if (mark == failed_mark)
        outcome.why = heard.result.substr(1);
    else if (mark == '\0')
        outcome.why = "ended its process, with exit code " + std::to_string(WEXITSTATUS(heard.status));
    else
        outcome.verdict = mark == passed_mark ? Verdict::passed : Verdict::skipped;
    if (outcome.verdict == Verdict::skipped)
        outcome.why = heard.result.substr(1);
}

}  // namespace

Outcome run_apart(const Check& check, const Child& child)
{
    Outcome outcome{.id = std::string(check.id), .sentence = std::string(check.sentence)};
    const Folder folder;
    Pipe result, output;
    const int page = LastCall::make_file();
    const LastCall last(page);
    const auto begin = std::chrono::steady_clock::now();
    const auto process = ::fork();
    if (process < 0)
        throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
    if (process == 0)
        become(child, check, folder.path, result.write, page, output.write);
    ::setpgid(process, process);
    result.close_write();
    output.close_write();
    const auto heard = listen(process, result, output, begin + check.limit);
    ::close(page);
    judge(heard, check, outcome);
    const bool by_itself = heard.in_time && !heard.result.empty() && WIFEXITED(heard.status);
    if (!by_itself)
        outcome.last_call = last.read();
    outcome.output = end_of(heard.output);
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return outcome;
}

int run_here(const Check& check, const Setup& setup, int result, int last_call)
{
    ::fcntl(result, F_SETFD, FD_CLOEXEC);
    ::fcntl(last_call, F_SETFD, FD_CLOEXEC);
    auto* const last =
        new LastCall(last_call);  // for as long as the process: a plugin's threads may outlive all else
    LastCall::here() = last;
    std::string said(1, passed_mark);
    try {
        if (check.needs_rig && !setup.rig)
            throw Skipped("needs a rig");
        check.run(setup);
        judge_misbehaviours(check.id);
    } catch (const Skipped& skipped) {
        said = skipped_mark + std::string(skipped.what());
    } catch (const std::exception& failure) {
        said = failed_mark + std::string(failure.what());
    }
    const auto written = ::write(result, said.data(), said.size());
    // Without destructors: what the plugin has left behind is not this program's to trip over.
    std::_Exit(written == static_cast<ssize_t>(said.size()) ? 0 : 3);
}

}  // namespace conformance
