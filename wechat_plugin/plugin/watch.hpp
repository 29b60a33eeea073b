/// Notices that customers' files have changed.
#pragma once

#include "loop/task.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <set>

namespace wechat::plugin {

/// Watches folders and calls back once things are quiet again: editors write a file in several steps. Of the loop's
/// thread only. Where the system cannot watch (no more inotify instances), nothing is called: a reload by hand works.
class FolderWatch {
public:
    FolderWatch(Loop& loop, std::function<void()> changed);
    ~FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;

    void watch(const std::set<std::filesystem::path>& folders);
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the coroutine that reads
};

}  // namespace wechat::plugin
