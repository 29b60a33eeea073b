/// Voicemail: a folder of recordings per mailbox. A channel without a store: the folder is the provider's.
#pragma once

#include "voicemail/mailbox.hpp"
#include "voicemail/settings.hpp"
#include "voicemail/watch.hpp"

#include <channel/handover.hpp>
#include <channel/plugin.hpp>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voicemail {

class VoicemailChannel {
public:
    static constexpr channel::Description description{
        .type = "voicemail",
        .name = "Voicemail",
        .version = "1.0.0",
        .capabilities = R"({"send":["text","voice"],"receive":["voice"],"delivered":true,"read":true})",
        .settings_schema =
            R"({"type":"object","required":["directory","mailboxes"],"additionalProperties":false,
"properties":{"directory":{"type":"string"},"places":{"type":"integer","minimum":1},"greeting":{"type":"string"},
"mailboxes":{"type":"array","items":{"type":"string"},"minItems":1}}})",
    };

    VoicemailChannel(channel::Host host, std::string_view instance);
    void configure(const channel::Settings& given, channel::Completion done);
    void start(channel::Completion done);
    void stop(std::chrono::milliseconds grace, channel::Completion done);
    [[nodiscard]] channel::Capability check(const channel::Message& message) const;
    void send(const channel::Message& message);
    void cancel(std::string_view client_id);
    void examine(channel::Completion done);
    [[nodiscard]] std::string inspect(std::string_view topic) const;

private:
    struct Run;
    /// What was said of a message: repeated when somebody asks.
    using Known = std::unordered_map<std::string, std::optional<channel::Report>>;

    [[nodiscard]] std::shared_ptr<const Settings> settings() const;
    [[nodiscard]] Mailbox mailbox(const std::string& name) const;
    void scan();
    void offer(const std::string& mailbox, const Recording& recording);
    void put_first();
    void put(const channel::Message& message);
    void deposited(const channel::Message& message, const Deposit& deposit);
    void put_again_later();
    void look_soon();
    void look_whether_heard();
    void report(const std::string& conversation, const channel::Report& report);

    channel::Host host_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Settings> settings_;  // shared with who reads while a reload replaces it
    std::atomic<std::uint64_t> busy_ = 0;
    std::atomic<std::uint64_t> received_ = 0, deposited_ = 0;
    std::atomic<bool> disk_good_ = true;
    std::unique_ptr<Run> run_;             // [lane]
    Known known_;                          // [lane]
    std::deque<channel::Message> to_put_;  // [lane]; the first is with the writer, or waits for the disk
    bool writing_ = false;                 // [lane]
    std::atomic<bool> look_is_on_its_way_ = false;
};

}  // namespace voicemail
