#include "traces.hpp"

#include <clocale>
#include <cstdint>
#include <fstream>
#include <signal.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace conformance {

namespace fs = std::filesystem;

namespace {

std::size_t entries_of(const char* folder)
{
    std::size_t count = 0;
    std::error_code gone;
    for (auto entry = fs::directory_iterator(folder, gone); entry != fs::directory_iterator();
         entry.increment(gone))
        ++count;
    return count;
}

std::string handlers()
{
    std::ostringstream all;
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action {};
        if (::sigaction(number, nullptr, &action) == 0)
            all << number << ':' << reinterpret_cast<std::uintptr_t>(action.sa_handler) << ' ';
    }
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (int number = 1; number < NSIG; ++number)
        all << (::sigismember(&blocked, number) == 1);
    return all.str();
}

std::string limits()
{
    std::ostringstream all;
    for (int which = 0; which < static_cast<int>(RLIM_NLIMITS); ++which) {
        rlimit limit{};
        ::getrlimit(static_cast<__rlimit_resource>(which), &limit);
        all << limit.rlim_cur << '/' << limit.rlim_max << ' ';
    }
    return all.str();
}

std::string environment()
{
    std::string all;
    for (char** entry = environ; *entry != nullptr; ++entry)
        all += std::string(*entry) + '\n';
    return all;
}

}  // namespace

std::size_t threads_now()
{
    return entries_of("/proc/self/task");
}
std::size_t descriptors_now()
{
    return entries_of("/proc/self/fd");
}

std::size_t sockets_now()
{
    std::size_t count = 0;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd", gone))
        count += fs::read_symlink(entry.path(), gone).native().starts_with("socket:") ? 1U : 0U;
    return count;
}

std::size_t memory_now()
{
    std::size_t all = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

bool mapped_now(const fs::path& file)
{
    const auto name = fs::canonical(file).string();
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.ends_with(name))
            return true;
    return false;
}

std::map<std::string, std::string> forbidden_state()
{
    const auto mask = ::umask(0);
    ::umask(mask);
    return {
        {"signal handlers", handlers()},
        {"locale", std::setlocale(LC_ALL, nullptr)},
        {"working directory", fs::current_path().string()},
        {"umask", std::to_string(mask)},
        {"environment", environment()},
        {"limits", limits()},
    };
}

std::map<std::string, std::string> files_below(const fs::path& folder)
{
    std::map<std::string, std::string> all;
    std::error_code gone;
    for (const auto& entry : fs::recursive_directory_iterator(folder, gone)) {
        struct stat status {};
        if (::lstat(entry.path().c_str(), &status) == 0 && !S_ISSOCK(status.st_mode))
            all[entry.path().string()] = std::to_string(status.st_size) + '@'
                                       + std::to_string(status.st_mtim.tv_sec) + '.'
                                       + std::to_string(status.st_mtim.tv_nsec);
    }
    return all;
}

std::string
difference(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after)
{
    std::string names;
    const auto add = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
    for (const auto& [name, text] : after)
        if (const auto found = before.find(name); found == before.end() || found->second != text)
            add(name);
    for (const auto& [name, text] : before)
        if (!after.contains(name))
            add(name);
    return names;
}

}  // namespace conformance
