#include "watch.hpp"

#include <channel/values.hpp>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

Watch::Watch(const std::vector<std::filesystem::path>& directories)
    : inotify_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)), wake_(eventfd(0, EFD_CLOEXEC))
{
    auto good = inotify_ >= 0 && wake_ >= 0;
    for (const auto& directory : directories)
        good = good && inotify_add_watch(inotify_, directory.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
    if (good)
        return;
    const auto why = errno;
    ::close(inotify_);
    ::close(wake_);
    throw channel::Error{
        channel::Status::unavailable, "cannot_watch", std::string{"inotify: "} + std::strerror(why)};
}

Watch::~Watch()
{
    ::close(inotify_);
    ::close(wake_);
}

void Watch::run(const std::function<void()>& changed) const
{
    while (true) {
        std::array<pollfd, 2> ready{pollfd{inotify_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return;
        if (ready[1].revents != 0)
            return;
        std::array<char, 4096> events;  // what they say does not matter: the directories are looked at anew
        while (::read(inotify_, events.data(), events.size()) > 0) {
        }
        if (ready[0].revents != 0)
            changed();
    }
}

void Watch::stop() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}
