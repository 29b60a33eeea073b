/// Names the culprit of a crash: which channel was called last, in which function, when the process ended.
///
/// A signal or abort in a plugin ends the host (plugin-api 3.10). The notes stand in a mapped page, so that they
/// outlive the process; the next start reads them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace host {

class BlackBox {
public:
    /// Maps the file, or makes it. Where that fails the host runs without: noting does nothing then.
    explicit BlackBox(const std::filesystem::path& file);
    ~BlackBox();
    BlackBox(const BlackBox&) = delete;
    BlackBox& operator=(const BlackBox&) = delete;

    /// "sms-1: send": the last calls of a run that did not end well, one a channel; empty: it ended well.
    [[nodiscard]] const std::vector<std::string>& last_run() const { return last_run_; }

    /// Gives a channel its place; before anything of it is noted.
    void name(std::size_t channel, std::string_view name);
    /// Notes that a call into a channel begins. [any], no system call.
    void note(std::size_t channel, std::string_view function);
    /// The run has ended well.
    void clear();

private:
    char* page_ = nullptr;
    std::vector<std::string> last_run_;
};

}  // namespace host
