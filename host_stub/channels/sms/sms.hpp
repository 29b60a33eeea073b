/// SMS over an HTTP gateway. A channel without a store: what it has in hand, the host or the gateway has, too.
///
/// Out: the gateway knows our id, so that a text is sent again after a restart, and arrives once. In: the gateway
/// gets its 200 once the host has settled. Its receipts make `delivered`. STOP and START are the contact's.
#pragma once

#include "sms/gateway.hpp"
#include "sms/opt_outs.hpp"
#include "sms/settings.hpp"
#include "sms/webhook.hpp"

#include <channel/handover.hpp>
#include <channel/plugin.hpp>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sms {

class SmsChannel {
public:
    static constexpr channel::Description description{
        .type = "sms",
        .name = "SMS",
        .version = "1.0.0",
        .capabilities = R"({"send":["text"],"receive":["text"],"segments":10,"delivered":true})",
        .settings_schema =
            R"({"type":"object","required":["gateway","listen","numbers"],"additionalProperties":false,
"properties":{"gateway":{"type":"string"},"listen":{"type":"string"},"store":{"type":"string"},"token":{},
"numbers":{"type":"array","items":{"type":"string"},"minItems":1}}})",
    };

    SmsChannel(channel::Host host, std::string_view instance);
    void configure(const channel::Settings& given, channel::Completion done);
    void start(channel::Completion done);
    void stop(std::chrono::milliseconds grace, channel::Completion done);
    [[nodiscard]] channel::Capability check(const channel::Message& message) const;
    void send(const channel::Message& message);
    void cancel(std::string_view client_id);
    [[nodiscard]] std::string inspect(std::string_view topic) const;

private:
    struct Outgoing {
        Text text;
        int tries = 0;
    };
    /// What was said of a message: repeated when somebody asks.
    struct Known {
        std::optional<channel::Report> last = {};  // nothing: still in hand
        channel::Time at = {};
    };
    struct Run;
    struct Counters {
        std::atomic<std::uint64_t> sent = 0, failed = 0, received = 0, retries = 0;
    };

    [[nodiscard]] std::shared_ptr<const Settings> settings() const;
    void deliver_first(const std::string& conversation);
    void delivered(const std::string& conversation, const Delivery& delivery);
    void report(const std::string& conversation, channel::Report report);
    void remember(const std::string& client_id);
    void gateway_answered(bool up, const std::string& words);

    void take(const Webhook::Request& request, Webhook::Reply reply);
    void take_text(const std::string& body, Webhook::Reply reply);
    void take_receipt(const std::string& body, Webhook::Reply reply);
    void hand_over(std::string conversation, channel::Handover::Given given, Webhook::Reply reply);

    channel::Host host_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Settings> settings_;  // shared with who reads while a reload replaces it
    OptOuts opt_outs_;
    Counters counters_;
    std::atomic<std::uint64_t> busy_ = 0;  // requests being answered, calls under way
    std::atomic<std::uint16_t> port_ = 0;  // where it listens
    std::atomic<bool> gateway_up_ = true;
    std::unique_ptr<Run> run_;                                      // [lane]
    std::unordered_map<std::string, std::deque<Outgoing>> queues_;  // [lane] by conversation
    std::unordered_map<std::string, Known> known_;                  // [lane] by client id
};

}  // namespace sms
