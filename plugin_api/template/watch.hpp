#pragma once
/// Learns at once what appears in directories: no polling, so that the host's clock has nothing to wait for.

#include <filesystem>
#include <functional>
#include <vector>

/// Blocks in run until stop; both from any thread, once each.
class Watch {
public:
    /// Throws channel::Error (unavailable).
    explicit Watch(const std::vector<std::filesystem::path>& directories);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// Calls changed whenever a file has been completed or moved in.
    void run(const std::function<void()>& changed) const;
    void stop() const;

private:
    int inotify_, wake_;
};
