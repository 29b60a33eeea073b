#pragma once
/// The program that plays the provider: one JSON object a line, in and out. README.md describes the verbs.

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>

namespace conformance {

/// Single-threaded, so that a process with a rig may fork: the child goes on with the same rig.
class Rig {
public:
    using Ticket = std::uint64_t;

    /// Starts the command, by the shell, in `folder`. Throws Failed.
    Rig(const std::string& command, const std::filesystem::path& folder);
    /// Ends it.
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    /// Asks; the answer comes later, and answers of several requests in any order.
    Ticket ask(boost::json::object request);
    /// The answer, if it has come. Throws Skipped for "unsupported", Failed for "error" and when the rig has ended.
    std::optional<boost::json::object> answer(Ticket ticket);
    /// Nobody will ask for this answer.
    void forget(Ticket ticket) { answers_.erase(ticket); }
    /// The process is another now (it has forked): its numbers do not meet those of the one before.
    void go_on_in_a_child();

private:
    void read();
    void take_line(const std::string& line);

    pid_t owner_, process_ = -1;
    int to_ = -1, from_ = -1;
    Ticket last_ = 0;
    std::string unread_ = {};
    std::map<Ticket, boost::json::object> answers_ = {};
};

}  // namespace conformance
