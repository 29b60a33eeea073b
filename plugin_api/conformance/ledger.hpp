#pragma once
/// What a host has on its disk: the messages it has sent and what became of them, and what it has received.
///
/// With a file it outlives its process, line by line, as a kill at any moment leaves it.

#include <channel/values.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace conformance {

struct Sent {
    channel::Message message = {};
    std::vector<channel::Report> reports = {};  // as they came, repeats included

    /// The one with the highest revision, which is what the host believes.
    [[nodiscard]] const channel::Report* last() const;
};

class Ledger {
public:
    Ledger() = default;
    explicit Ledger(std::filesystem::path file);

    /// H1: before it is sent.
    void add(const channel::Message& message);
    /// H3, H4. False: nobody has sent such a message.
    bool add(const channel::Report& report);
    /// True: it is new.
    bool add(const channel::Item& item);

    [[nodiscard]] const std::map<std::string, Sent>& sent() const { return sent_; }
    [[nodiscard]] const Sent* find(const std::string& client_id) const;
    [[nodiscard]] const std::vector<channel::Item>& received() const { return received_; }

private:
    void append(const std::string& line);

    std::filesystem::path file_ = {};
    std::map<std::string, Sent> sent_ = {};
    std::vector<channel::Item> received_ = {};
    std::map<std::string, std::size_t> by_id_ = {};
};

}  // namespace conformance
