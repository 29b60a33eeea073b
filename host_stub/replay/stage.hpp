/// The real thing on a clock that stands: host, plugin and simulator in one process, one account, one contact.
#pragma once

#include "replay/scenario.hpp"
#include "replay/temporary_folder.hpp"

#include "host.hpp"
#include "reader.hpp"
#include "simulator/server.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace replay {

/// The run cannot go on: something is still busy, or the plugin does not start. The text says which.
struct StageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Every function returns when all that comes of it has come (plugin-api 3.7), and throws StageError where that
/// takes too long.
class Stage {
public:
    Stage(const Scenario& scenario, const std::filesystem::path& plugin);

    /// Moves the clock; what is due at different times happens apart.
    void advance_to(Milliseconds since_start);
    void perform(const Act& act);
    /// What has happened since the last call.
    [[nodiscard]] std::vector<Happening> happened();

private:
    void on(const OnlyTime&) {}
    void on(const ContactSays& act);
    void on(const ContactFollows& act);
    void on(const ContactUnfollows& act);
    void on(const ContactScans& act);
    void on(const ContactClicks& act);
    void on(const EmployeeSends& act);
    void on(const EmployeeCancels& act);
    void on(const ParticipantsChange& act);
    void on(const PlatformAnswers& act);
    void on(const Restart& act);

    void make_conversation();
    void open(channel::Time now);
    void deliver(const std::function<simulator::Delivered()>& callback);
    void come_to_rest();
    [[nodiscard]] std::string state_of_plugin() const;
    [[nodiscard]] Milliseconds since_start(channel::Time time) const;
    [[nodiscard]] std::vector<Happening> kept_by_host();
    [[nodiscard]] std::vector<Happening> shown_on_phone();
    [[nodiscard]] Happening from_host(const host::Message& message) const;
    [[nodiscard]] Happening from_phone(const simulator::PhoneEntry& entry);

    TemporaryFolder folder_;
    simulator::Server platform_;
    host::Config config_;
    host::ConversationId conversation_ = 0;
    std::unique_ptr<host::Host> host_;
    std::optional<host::Reader> reader_;
    channel::Time start_ = {};
    host::EventId last_event_ = 0;
    std::size_t shown_ = 0;  // how much of the phone has been reported
};

}  // namespace replay
