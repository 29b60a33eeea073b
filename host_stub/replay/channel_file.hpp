/// Where a channel that belongs to this program lies.
#pragma once

#include <filesystem>
#include <string>

namespace replay {

/// bin/channel-host goes with lib/channels/TYPE.so, in the build folder and where it is installed.
[[nodiscard]] inline std::filesystem::path channel_file(const std::string& type)
{
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    return program.parent_path().parent_path() / "lib" / "channels" / (type + ".so");
}

}  // namespace replay
