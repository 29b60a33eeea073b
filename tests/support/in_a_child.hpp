/// For what a process can do only once, such as lowering a limit of its own.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace wechat {

/// Runs body in a child process; gives what it returns, or 100 and the signal that ended it.
template <class Body>
int in_a_child(const Body& body)
{
    const auto child = fork();
    if (child == 0)
        _exit(body());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

}  // namespace wechat
