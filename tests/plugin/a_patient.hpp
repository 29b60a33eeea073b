/// One account under examination: a scripted platform, a real webhook, and what the doctor says of them.
#pragma once

#include "platform/scripted_server.hpp"
#include "plugin/doctor_examination.hpp"
#include "webhook/server.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace wechat::plugin {

using namespace std::chrono_literals;
using Found = channel::Examined::Level;

/// WeChat in health; one call of it may answer otherwise. Any thread.
class Platform {
public:
    explicit Platform(const std::optional<scripted::Tls>& tls = std::nullopt);

    void answers(const std::string& path, scripted::Reply reply);
    /// The field Date of each answer; empty: none.
    void says_it_is(const std::string& date);
    [[nodiscard]] scripted::Server& server() { return server_; }

private:
    scripted::Reply answer(const scripted::Request& request);

    std::mutex mutex_;
    std::map<std::string, scripted::Reply> replies_;
    std::string date_ = "Mon, 04 May 2026 08:00:00 GMT";
    scripted::Server server_;
};

inline const Time moment = from_seconds(1'777'881'600);  // 2026-05-04T08:00:00Z

class APatient {
public:
    explicit APatient(const std::optional<scripted::Tls>& tls = std::nullopt);
    APatient(const APatient&) = delete;
    APatient& operator=(const APatient&) = delete;
    ~APatient();

    /// Opens a webhook that serves this account, on a port of its own, and has the patient point there.
    void listen(const codec::CallbackAccount& account, std::optional<webhook::Certificate> certificate = {});
    void is_examined();

    /// "ok", "wrong" ...; "none": there is no such step.
    [[nodiscard]] std::string level(const std::string& step) const;
    /// Its text and its remedy, with a line between.
    [[nodiscard]] std::string words(const std::string& step) const;
    [[nodiscard]] std::vector<std::string> steps_that_are(Found level) const;
    [[nodiscard]] std::string everything() const;

    static codec::CallbackAccount callbacks(
        const std::string& token = "callback-token-7c1",
        const std::string& key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    );

    Platform platform;
    engine::CustomerAccount account;
    Patient patient;
    Patience patience{.name = 5s, .connect = 2s, .answer = 2s};
    Time now = moment;
    std::vector<channel::Examined> steps;
    std::vector<codec::Callback> applied;  // what the webhook would have applied

private:
    [[nodiscard]] const channel::Examined* find(const std::string& step) const;

    Loop loop_;
    Busy busy_;
    std::unique_ptr<webhook::Server> webhook_;
};

using Steps = std::vector<std::string>;

[[nodiscard]] inline bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace wechat::plugin
