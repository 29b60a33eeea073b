#include "lives.hpp"

#include "misbehaviours.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace conformance {
namespace {

constexpr int came_to_its_end = 0, has_failed = 1, was_skipped = 2;

[[noreturn]] void end(int written_to, int code, const std::string& why)
{
    [[maybe_unused]] const auto written = ::write(written_to, why.data(), why.size());
    std::_Exit(code);
}

std::string read_all(int from)
{
    std::string all;
    std::array<char, 1024> bytes;
    for (ssize_t size = 0; (size = ::read(from, bytes.data(), bytes.size())) > 0;)
        all.append(bytes.data(), static_cast<std::size_t>(size));
    return all;
}

}  // namespace

void die()
{
    ::kill(::getpid(), SIGKILL);
    std::abort();  // not reached: nobody survives that signal
}

bool Lives::live(const Life& life)
{
    int pipe[2];
    if (::pipe(pipe) != 0)
        throw Failed(std::string("pipe: ") + std::strerror(errno));
    const auto process = ::fork();
    if (process == 0) {
        ::close(pipe[0]);
        provider_.rig().go_on_in_a_child();
        try {
            {
                Stage stage(setup_, &provider_, Ledger(file_));
                stage.run();
                life(stage);
                (void)stage.stop();
            }
            judge_misbehaviours(setup_.id);
        } catch (const Skipped& skipped) {
            end(pipe[1], was_skipped, skipped.what());
        } catch (const std::exception& failure) {
            end(pipe[1], has_failed, failure.what());
        }
        end(pipe[1], came_to_its_end, {});
    }
    ::close(pipe[1]);
    const auto why = read_all(pipe[0]);
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(process, &status, 0);
    provider_.rig().go_on_in_a_child();  // what the child has asked is not answered to us
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return false;
    want(
        WIFEXITED(status),
        std::string("it ends its process: ") + (WIFSIGNALED(status) ? ::strsignal(WTERMSIG(status)) : "")
    );
    if (WEXITSTATUS(status) == was_skipped)
        throw Skipped(why);
    want(WEXITSTATUS(status) == came_to_its_end, why.empty() ? "it exits" : why);
    return true;
}

bool Lives::live_on(const Life& life)
{
    return live([&](Stage& stage) {
        const auto before = ledger();
        for (const auto& [id, sent] : before.sent()) {
            if (!sent.reports.empty())
                continue;
            auto again = sent.message;
            again.replay = true;
            stage.send(again);
        }
        life(stage);
    });
}

}  // namespace conformance
