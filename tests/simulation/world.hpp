/// The whole plugin from outside: host, plugin and simulator in one process, several customers, a clock that stands.
#pragma once

#include "customers.hpp"
#include "host.hpp"
#include "reader.hpp"
#include "replay/temporary_folder.hpp"
#include "simulator/server.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace simulation {

using Milliseconds = std::chrono::milliseconds;

/// It cannot go on: something is still busy, a callback is not taken, or the plugin does not start.
struct WorldError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Contact {
    const Customer* customer = nullptr;
    std::string openid = {};
};

/// What is left to see of one contact.
///
/// phone   as his phone shows it; a file by the name that its bytes carry
/// kept    what the host has kept of him, in order
/// states  each change of a message's state, in order
struct Story {
    struct State {
        std::string client_id = {};
        host::Progress progress = {};
    };
    Contact contact = {};
    std::vector<simulator::PhoneEntry> phone = {};
    std::vector<host::Message> kept = {};
    std::vector<State> states = {};
};

/// Every act returns when all that comes of it has come (plugin-api 3.7), and throws WorldError where that takes
/// too long.
class World {
public:
    explicit World(std::filesystem::path plugin);

    // ---- what happens ----
    void contact_says(const Contact& contact, const std::string& text, bool menu_item, int repeat);
    void contact_follows(const Contact& contact, const std::string& scene);
    void contact_unfollows(const Contact& contact);
    void contact_scans(const Contact& contact, const std::string& scene);
    void contact_clicks_menu(const Contact& contact, const std::string& key);
    void employee_sends(
        const Contact& contact, const std::string& employee, const std::string& id, std::string text
    );
    /// A picture whose bytes carry the name.
    void employee_shows(
        const Contact& contact, const std::string& employee, const std::string& id, const std::string& name
    );
    void employee_cancels(const Contact& contact, const std::string& id);
    void set_participants(const Contact& contact, host::Employees all);
    /// What the next send of anybody gets.
    void platform_answers(simulator::Fault fault);
    void platform_recovers();
    void advance(Milliseconds by);
    /// Host and plugin are stopped and started again on their stores; the clock moves in between.
    void restart(Milliseconds down);

    // ---- what is seen ----
    [[nodiscard]] simulator::Moment now() const { return host_->now(); }
    [[nodiscard]] bool known_to_host(const Contact& contact);
    /// An employee's message of this contact that is in no final state.
    [[nodiscard]] std::optional<host::Message> unfinished(const Contact& contact);
    [[nodiscard]] host::EventId last_event() { return reader_->last_event(); }
    [[nodiscard]] Story story(const Contact& contact, host::EventId since);
    /// Sends since the last call that the platform refused for a window or a slot, and nobody had ordered it (W4):
    /// request and answer. The ledger was wrong.
    [[nodiscard]] std::vector<std::string> unordered_refusals();

private:
    void open(channel::Time now);
    void announce_account(const Customer& customer, std::uint16_t port);
    void deliver(const std::function<simulator::Delivered()>& callback);
    void send(const Contact& contact, host::Draft draft);
    void come_to_rest();
    [[nodiscard]] host::ConversationId conversation(const Contact& contact);
    [[nodiscard]] std::string state_of_plugin() const;

    replay::TemporaryFolder folder_;
    simulator::Server platform_;
    host::Config config_;
    std::unique_ptr<host::Host> host_;
    std::optional<host::Reader> reader_;
    std::map<std::int64_t, int> ordered_;  // refusals by errcode: ordered, and not found in the log yet
    std::uint64_t read_ = 0;               // how many of the simulator's requests have been looked at
};

}  // namespace simulation
