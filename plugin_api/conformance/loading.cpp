#include "loading.hpp"

#include "check.hpp"
#include "last_call.hpp"

#include <dlfcn.h>
#include <utility>

namespace conformance {

Loaded::Loaded(const std::filesystem::path& file)
{
    note_call("dlopen");
    handle_ = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    note_call("");
    if (handle_ == nullptr)
        throw Failed(std::string("it cannot be loaded: ") + ::dlerror());
}

Loaded::Loaded(Loaded&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

const channel_plugin& Loaded::plugin() const
{
    const auto* const plugin = static_cast<const channel_plugin*>(::dlsym(handle_, "channel_plugin_v1"));
    if (plugin == nullptr)
        throw Failed("it has no entry channel_plugin_v1");
    if (plugin->magic != CHANNEL_MAGIC || plugin->abi_major != CHANNEL_ABI_MAJOR || plugin->create == nullptr)
        throw Failed("its entry is no channel's: see N1");
    return *plugin;
}

void Loaded::close()
{
    if (handle_ != nullptr)
        ::dlclose(std::exchange(handle_, nullptr));
}

}  // namespace conformance
