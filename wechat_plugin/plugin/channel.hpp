/// The facade: WeChat as one more channel of a messaging server.
#pragma once

#include "plugin/customers.hpp"
#include "plugin/doctor.hpp"
#include "plugin/runtime.hpp"
#include "plugin/settings.hpp"

#include <channel/plugin.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::plugin {

class WeChatChannel {
public:
    static constexpr channel::Description description{
        .type = "wechat",
        .name = "WeChat official accounts",
        .version = "0.1.0",
        .capabilities =
            R"({"send":["text","image","voice","video","location","link"],)"
            R"("receive":["text","image","voice","video","file","location","link","wechat.unsupported"],)"
            R"("text_bytes":2048,"window_hours":48,"events":["followed","scanned","menu"]})",
    };

    WeChatChannel(channel::Host host, std::string_view instance);

    void configure(const channel::Settings& settings, channel::Completion done);
    void start(channel::Completion done);
    void stop(std::chrono::milliseconds grace, channel::Completion done);
    [[nodiscard]] channel::Capability check(const channel::Message& message) const;
    void send(const channel::Message& message);
    void cancel(std::string_view client_id);
    void settle(channel::Token token, channel::Outcome outcome);
    void participants(
        std::string_view account,
        std::string_view contact,
        std::span<const channel::Participant> participants,
        channel::Completion done
    );
    void invite(const channel::Invitation& invitation, channel::Completion done);
    void typing(std::string_view account, std::string_view contact, bool on);
    void examine(channel::Completion done);
    [[nodiscard]] std::string inspect(std::string_view topic) const;

private:
    // What any thread may look at: replaced whole, under the mutex.
    struct Shared {
        std::shared_ptr<Runtime> runtime = {};
        Customers customers = {};
        std::vector<channel::Finding> faults = {};  // of the files, when they were read last
        std::shared_ptr<const engine::Directory> directory = std::make_shared<const engine::Directory>();
    };
    [[nodiscard]] Shared shared() const;
    [[nodiscard]] std::shared_ptr<Runtime> running() const;
    [[nodiscard]] engine::Directory::Found served(std::string_view account) const;
    // Whether anything was, or would be, taken; findings get what there is to say.
    [[nodiscard]] bool
    validate(const channel::Settings& given, std::vector<channel::Finding>& findings) const;
    bool apply(const channel::Settings& given, std::vector<channel::Finding>& findings);
    void remember_faults(const std::vector<channel::Finding>& findings);
    void files_changed();
    void watch_files(Runtime& runtime);
    void end_run(channel::Completion done, std::optional<channel::Error> failure);
    [[nodiscard]] Time now() const;

    channel::Host host_;
    channel::Settings given_ = {};  // of the last APPLY: what a change of the files is read with
    Settings settings_ = {};
    mutable std::mutex mutex_;
    Shared shared_ = {};
    std::unique_ptr<Doctor> doctor_;  // the lane's; last, as its thread looks at what stands above
};

}  // namespace wechat::plugin
