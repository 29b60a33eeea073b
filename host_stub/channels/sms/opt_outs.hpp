/// Who has said STOP: nothing is sent to them until they say START.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace sms {

/// What a text asks for: true: out (STOP), false: in (START), nothing: neither. Trimmed, any case.
[[nodiscard]] std::optional<bool> opt_out_word(std::string_view text);

/// Any thread. Kept in a file of lines "- NUMBER CONTACT" and "+ NUMBER CONTACT", of which the last counts.
class OptOuts {
public:
    /// Reads the file; an empty path: memory only. Throws channel::Error (unavailable).
    void open(const std::filesystem::path& file);
    /// Remembers it, durably where there is a file. Throws channel::Error (unavailable); nothing changed then.
    void set(const std::string& number, const std::string& contact, bool out);
    [[nodiscard]] bool contains(const std::string& number, const std::string& contact) const;

private:
    mutable std::mutex mutex_;
    std::filesystem::path file_;
    std::set<std::pair<std::string, std::string>> out_;
};

}  // namespace sms
