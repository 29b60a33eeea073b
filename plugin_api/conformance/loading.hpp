#pragma once
/// Loads a plugin as leniently as the linker does: what is wrong with the file is a check's to say.

#include <channel/abi.h>

#include <filesystem>

namespace conformance {

class Loaded {
public:
    /// RTLD_NOW, RTLD_LOCAL. Throws Failed with the linker's words.
    explicit Loaded(const std::filesystem::path& file);
    Loaded(Loaded&& other) noexcept;
    /// Leaves it open: close() says otherwise.
    ~Loaded() = default;

    /// channel_plugin_v1, whoever's it is. Throws Failed if there is none.
    [[nodiscard]] const channel_plugin& plugin() const;
    void close();

private:
    void* handle_;
};

}  // namespace conformance
