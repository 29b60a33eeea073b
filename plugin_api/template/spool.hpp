#pragma once
/// A channel between a host and a directory: the whole of a channel's duties over the plainest of providers.
///
/// To make another channel of it, replace the provider (letters.hpp) and the settings; the rest is what every channel
/// with a store does. Out: a message is a row of the store before it is accepted, and leaves in its place; the provider
/// takes a letter's name once, so after a crash the letter may go again. In: a letter stays with the provider until
/// the host has it.

#include "letters.hpp"
#include "rows.hpp"
#include "settings.hpp"

#include <channel/plugin.hpp>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

class Spool {
public:
    static constexpr channel::Description description{
        .type = "spool",
        .name = "Spool directory",
        .version = "1.0.0",
        .capabilities = R"({"send":["text"],"receive":["text","file"],"text_bytes":2000})",
        .settings_schema = R"({"type":"object","required":["directory"],"additionalProperties":false,
"properties":{"directory":{"type":"string"},"key_file":{"type":"string"}}})",
    };

    Spool(channel::Host host, std::string_view instance);
    ~Spool();

    void configure(const channel::Settings& given, channel::Completion done);
    void start(channel::Completion done);
    void stop(std::chrono::milliseconds grace, channel::Completion done);
    [[nodiscard]] channel::Capability check(const channel::Message& message) const;
    void send(const channel::Message& message);
    void cancel(std::string_view client_id);
    [[nodiscard]] std::string inspect(std::string_view topic) const;

private:
    struct Run;
    /// A message that has not left yet; the first of its conversation is under way, or tried again later.
    struct Leaving {
        std::string client_id;
        bool with_provider = false;
        channel::Timer timer = 0;
    };

    [[nodiscard]] SpoolSettings settings() const;
    void open_store();

    void deliver_first(const std::string& conversation);
    void try_later(const std::string& conversation);
    void read_answers();
    void answered(const std::string& conversation, const Answer& answer);
    void conclude(
        const std::string& client_id, channel::State state, std::string reason = {}, std::string text = {}
    );
    void leave(const std::string& conversation);
    void report(const Row& row);

    void look();
    void look_again_later();
    void offer_letters();
    void offer(const Letter& letter);
    void provider_works(bool works);
    void store_works(bool works, std::string_view why);

    channel::Host host_;
    std::string instance_;
    mutable std::mutex mutex_;
    SpoolSettings settings_;  // read by inspect while a reload replaces it
    std::filesystem::path base_dir_;

    // [lane], from start to stop
    Rows store_;
    std::map<std::string, Row> rows_;                     // by client_id
    std::map<std::string, std::deque<Leaving>> leaving_;  // by conversation
    std::uint64_t last_place_ = 0;
    std::unique_ptr<Run> run_;

    std::atomic<std::size_t> busy_ = 0;  // changes of the directories that nobody has looked at yet
    std::atomic<bool> provider_works_ = true, store_works_ = true;
    std::atomic<std::uint64_t> sent_ = 0, received_ = 0;
};
