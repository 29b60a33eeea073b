#pragma once
/// A channel between two directories: what is sent becomes a file in `out`, a file in `in` is received.
///
/// Both lie in BASE_DIR/INSTANCE. A file's first line is the contact, the rest is the text. Who writes into `in`
/// writes under a name with a leading dot, then renames; the file's name is the message's id. The directories
/// are the store: a file leaves `in` only once the host has it, and a file in `out` says that its message was sent.

#include <channel/plugin.hpp>

#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

class Spool {
public:
    static constexpr channel::Description description{
        .type = "spool",
        .name = "Spool directory",
        .version = "1.0.0",
        .capabilities = R"({"send":["text"],"receive":["text"]})",
        .settings_schema = R"({"type":"object","additionalProperties":false})",
    };

    Spool(channel::Host host, std::string_view instance);

    void configure(const channel::Settings& settings, channel::Completion done);
    void start(channel::Completion done);
    void stop(std::chrono::milliseconds grace, channel::Completion done);
    [[nodiscard]] channel::Capability check(const channel::Message& message) const;
    channel::Receipt send(const channel::Message& message);
    channel::Receipt cancel(std::string_view client_id);
    [[nodiscard]] std::string inspect(std::string_view topic) const;

private:
    struct Letter {
        std::string contact, text;
    };

    void look();
    void offer_letters();
    [[nodiscard]] bool may_offer(const std::string& contact) const;
    void offer(const std::filesystem::path& file, const Letter& letter);
    void settled(const std::filesystem::path& file, const std::string& contact, channel::Outcome outcome);
    void set_aside(const std::filesystem::path& file, std::string_view why);
    void disk_works(bool works);
    static Letter read(const std::filesystem::path& file);

    channel::Host host_;
    std::string instance_;
    std::filesystem::path in_, out_;
    std::set<std::string> open_;                    // contacts with a letter that waits for settle
    std::map<std::string, channel::Time> not_before_;  // contacts whose letter the host could not take yet
    std::atomic<std::size_t> busy_ = 0;             // letters that wait for settle
    std::atomic<bool> disk_works_ = true;
};
