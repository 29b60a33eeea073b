#pragma once
/// Behind Library: dlopen by Boost.DLL, the registry, and what is checked of the entry.

#include <channel/host/library.hpp>

#include <dlfcn.h>
#include <sys/stat.h>

// No library of Boost is linked for a path; the targets define it, and this stands in for who uses no CMake.
#ifndef BOOST_DLL_USE_STD_FS
#define BOOST_DLL_USE_STD_FS
#endif
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <map>
#include <mutex>

namespace channel {
namespace detail {

inline constexpr const char* entry_name = "channel_plugin_v1";

/// Every library that was ever loaded, refused ones too: none is closed, because what it left in this process
/// (threads, TLS destructors, texts) may outlive any count of its users.
class Registry {
public:
    static Registry& get()
    {
        static auto* const registry = new Registry;
        return *registry;
    }

    boost::dll::shared_library& load(const std::filesystem::path& path)
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = libraries_.find(path); found != libraries_.end())
            return found->second;
        examine(path);
        try {
            using mode = boost::dll::load_mode::type;
            boost::dll::shared_library library(path, mode::rtld_now | mode::rtld_local);
            return libraries_.emplace(path, std::move(library)).first->second;
        } catch (const std::exception& failure) {
            refuse("not_loadable", path,
                   std::string("cannot be loaded: ") + failure.what() + ": install what it needs, or build it anew");
        }
    }

private:
    std::mutex mutex_;
    std::map<std::filesystem::path, boost::dll::shared_library> libraries_;
};

/// dlsym also looks into what the library links; its entry would be taken for this one's (plugin-api.md E14).
inline void check_owner(const void* entry, const std::filesystem::path& path)
{
    Dl_info found{};
    struct stat owner{}, file{};
    if (dladdr(entry, &found) == 0 || stat(found.dli_fname, &owner) != 0 || stat(path.c_str(), &file) != 0)
        refuse("not_loadable", path, "has an entry that cannot be traced to a file: load it from a regular file system");
    if (owner.st_dev != file.st_dev || owner.st_ino != file.st_ino)
        refuse("symbol_of_dependency", path,
               std::string("is no channel, it only links one: ") + found.dli_fname + "; load that, or write CHANNEL_PLUGIN(...)");
}

inline void check_entry(
    const channel_plugin& plugin, const std::filesystem::path& path, const std::vector<std::string>& offered
)
{
    if (plugin.magic != CHANNEL_MAGIC)
        refuse("not_a_channel", path, "has an entry without the contract's magic number: write it with CHANNEL_PLUGIN(...)");
    if (plugin.abi_major != CHANNEL_ABI_MAJOR)
        refuse("other_major", path,
               "speaks major " + std::to_string(plugin.abi_major) + " of the contract, this host major "
                   + std::to_string(CHANNEL_ABI_MAJOR) + ": build it with this host's headers");
    if (plugin.struct_size < sizeof(channel_plugin))
        refuse("too_short", path,
               "has an entry of " + std::to_string(plugin.struct_size) + " bytes, 1.0 has "
                   + std::to_string(sizeof(channel_plugin)) + ": build it with a released abi.h");
    const auto empty = [](const char* text) { return text == nullptr || *text == '\0'; };
    if (empty(plugin.type) || empty(plugin.name) || empty(plugin.version) || empty(plugin.toolchain)
        || empty(plugin.capabilities) || empty(plugin.settings_schema) || plugin.needs == nullptr
        || plugin.offers == nullptr || plugin.create == nullptr)
        refuse("incomplete", path, "has an entry with empty members: fill all that abi.h names in channel_plugin");
    std::string missing;
    for (const auto* need = plugin.needs; *need != nullptr; ++need)
        if (std::find(offered.begin(), offered.end(), *need) == offered.end())
            missing += (missing.empty() ? "" : ", ") + std::string(*need);
    if (!missing.empty())
        refuse("missing_extension", path, "needs of the host what it does not offer: " + missing + "; use a host that does");
}

}  // namespace detail

inline Library Library::load(const std::filesystem::path& path, const std::vector<std::string>& offered)
{
    std::error_code unresolved;
    const auto resolved = std::filesystem::canonical(path, unresolved);
    const auto& file = unresolved ? path : resolved;
    auto& library = detail::Registry::get().load(file);
    if (!library.has(detail::entry_name))
        detail::refuse("no_symbol", file, "has no entry channel_plugin_v1: write CHANNEL_PLUGIN(YourClass) in one source file");
    const auto& plugin = library.get<const channel_plugin>(detail::entry_name);
    detail::check_owner(&plugin, file);
    detail::check_entry(plugin, file, offered);
    return Library(file, plugin);
}

inline Library Library::linked(const channel_plugin& plugin, const std::vector<std::string>& offered)
{
    detail::check_entry(plugin, "(linked)", offered);
    return Library("(linked)", plugin);
}

inline bool Library::offers(std::string_view id) const noexcept
{
    for (const auto* offer = plugin_->offers; *offer != nullptr; ++offer)
        if (id == *offer)
            return true;
    return false;
}

}  // namespace channel
