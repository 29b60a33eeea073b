// B: what the file is, and what loading it does.

#include "check.hpp"
#include "elf_facts.hpp"
#include "loading.hpp"
#include "traces.hpp"

#include <channel/host/elf.hpp>

#include <algorithm>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds load_most{
    100};  // B5; of the processor's time, so that a busy machine does not count

std::string listed(const std::vector<std::string>& names)
{
    std::string all;
    for (const auto& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all.substr(0, 300);
}

void hardened(const Setup& setup)
{
    const auto facts = elf_facts(setup.plugin);
    want(facts.relro, "no RELRO segment: link with -z relro");
    want(facts.bind_now, "bound lazily: link with -z now");
    want(!facts.text_relocations, "text relocations: compile with -fPIC");
    want(!facts.executable_stack, "the stack would be executable: link with -z noexecstack");
    const Loaded loaded(setup.plugin);
}

void one_export(const Setup& setup)
{
    const auto facts = elf_facts(setup.plugin);
    want(
        facts.exports.size() == 1,
        "it exports " + std::to_string(facts.exports.size()) + " symbols: " + listed(facts.exports)
    );
    want(facts.unique.empty(), "GNU_UNIQUE: " + listed(facts.unique) + ": compile with -fno-gnu-unique");
}

/// The files of this process's libraries, by name.
std::map<std::string, fs::path> loaded_files()
{
    std::map<std::string, fs::path> files;
    const auto note = [](dl_phdr_info* info, std::size_t, void* all) {
        const fs::path path = info->dlpi_name;
        (*static_cast<std::map<std::string, fs::path>*>(all))[path.filename().string()] = path;
        return 0;
    };
    ::dl_iterate_phdr(note, &files);
    return files;
}

// ICU throws nothing, so it may share the host's runtime (plugin-api.md E23).
bool may_share(std::string_view library)
{
    return library.starts_with("libicu");
}

void no_runtime_below(
    const std::string& library, const std::map<std::string, fs::path>& files, std::set<std::string>& seen
)
{
    const auto found = files.find(library);
    if (!seen.insert(library).second || found == files.end() || may_share(library))
        return;
    for (const auto& needed : channel::detail::needed_by(found->second)) {
        want(
            !channel::detail::is_cxx_runtime(needed),
            library + " needs " + needed + ": link C++ libraries static"
        );
        no_runtime_below(needed, files, seen);
    }
}

void private_runtime(const Setup& setup)
{
    const auto needed = elf_facts(setup.plugin).needed;
    for (const auto& library : needed)
        want(
            !channel::detail::is_cxx_runtime(library),
            "it needs " + library + ": link it with add_channel_plugin()"
        );
    const Loaded loaded(setup.plugin);
    const auto files = loaded_files();
    std::set<std::string> seen;
    for (const auto& library : needed)
        no_runtime_below(library, files, seen);
}

void entry_of_this_file(const Setup& setup)
{
    const Loaded loaded(setup.plugin);
    Dl_info owner{};
    want(::dladdr(&loaded.plugin(), &owner) != 0, "nobody knows whose the entry is");
    want(
        fs::equivalent(owner.dli_fname, setup.plugin), std::string("the entry is that of ") + owner.dli_fname
    );
}

/// Redirects what a process prints into a file for as long as it lives.
class Silence {
public:
    explicit Silence(const fs::path& file) : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        for (auto& [number, kept] : kept_) {
            kept = ::dup(number);
            ::dup2(file_, number);
        }
    }
    ~Silence()
    {
        for (const auto& [number, kept] : kept_) {
            ::dup2(kept, number);
            ::close(kept);
        }
        ::close(file_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    [[nodiscard]] bool broken() const { return ::lseek(file_, 0, SEEK_END) > 0; }

private:
    int file_;
    std::map<int, int> kept_ = {{STDOUT_FILENO, -1}, {STDERR_FILENO, -1}};
};

std::chrono::nanoseconds processor_time()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void quiet_load(const Setup& setup)
{
    const auto before = forbidden_state();
    const auto descriptors = descriptors_now();
    const auto begin = processor_time();
    bool printed = false;
    {
        const Silence silence(setup.folder / "printed");
        const Loaded loaded(setup.plugin);
        printed = silence.broken();
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(processor_time() - begin);
    want(took < load_most, "loading takes " + std::to_string(took.count()) + " ms");
    want(threads_now() == 1, "loading starts a thread");
    want(descriptors_now() == descriptors, "loading opens a file or socket");
    want(!printed, "loading prints");
    const auto changed = difference(before, forbidden_state());
    want(changed.empty(), "loading changes " + changed);
}

constexpr Check checks[] = {
    {"B1", "The file is a hardened 64-bit library with nothing undefined.", false, hardened},
    {"B2", "It exports exactly one symbol, and none that is unique in its process.", false, one_export},
    {"B3", "It carries its C++ runtime itself, and so does whatever it links.", false, private_runtime},
    {"B4", "Its entry is its own, not that of a library it links.", false, entry_of_this_file},
    {"B5", "Loading it is quick and quiet, and changes nothing in the process.", false, quiet_load},
};

}  // namespace

std::span<const Check> binary_checks()
{
    return checks;
}

}  // namespace conformance
