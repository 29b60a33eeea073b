#include "plugin/watch.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <sys/inotify.h>

namespace wechat::plugin {
namespace {

// Real time: how long a folder must be quiet. Editors write, rename and remove within a few milliseconds.
constexpr std::chrono::milliseconds quiet{300};

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

}  // namespace

struct FolderWatch::State {
    State(Loop& loop, std::function<void()> changed_)
        : changed(std::move(changed_)), events(loop), pause(loop)
    {}

    static Task<> read(std::shared_ptr<State> state);

    std::function<void()> changed;
    asio::posix::basic_stream_descriptor<Executor> events;
    Timer pause;
    std::set<std::filesystem::path> watched = {};
};

// Every event starts the pause anew; when it ends, things are quiet.
Task<> FolderWatch::State::read(std::shared_ptr<State> state)
{
    alignas(inotify_event) std::array<char, 4096> buffer{};
    boost::system::error_code failure;
    for (;;) {
        co_await state->events.async_read_some(asio::buffer(buffer), into(failure));
        if (failure)
            co_return;
        state->pause.expires_after(quiet);
        state->pause.async_wait([state](const boost::system::error_code& cancelled) {
            if (!cancelled)
                state->changed();
        });
    }
}

FolderWatch::FolderWatch(Loop& loop, std::function<void()> changed)
    : state_(std::make_shared<State>(loop, std::move(changed)))
{
    const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0)
        return;
    state_->events.assign(descriptor);
    asio::co_spawn(loop, State::read(state_), asio::detached);
}

FolderWatch::~FolderWatch()
{
    stop();
}

void FolderWatch::watch(const std::set<std::filesystem::path>& folders)
{
    for (const auto& folder : folders)
        if (state_->events.is_open() && state_->watched.insert(folder).second)
            ::inotify_add_watch(state_->events.native_handle(), folder.c_str(), changes);
}

void FolderWatch::stop()
{
    boost::system::error_code ignored;
    state_->events.close(ignored);
    state_->pause.cancel();
}

}  // namespace wechat::plugin
