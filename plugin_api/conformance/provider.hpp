#pragma once
/// The provider of a check, as the rig plays it.

#include "check.hpp"
#include "rig.hpp"

#include <channel/values.hpp>

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <vector>

namespace conformance {

/// What has arrived at the provider for a contact.
struct Got {
    std::string contact, text;

    bool operator==(const Got&) const = default;
};

class Provider {
public:
    /// Starts the rig and asks for its settings. name: of the instance that will use them.
    explicit Provider(const Setup& setup, const std::string& name = "one");

    /// Runs what the answer may depend on (the lane of a stage) and gives false once it takes too long.
    using Pump = std::function<bool(const std::function<bool()>& done)>;

    /// Waits for the rig's answer while pump runs; without one, only waits.
    boost::json::object ask(std::string_view verb, boost::json::object fields = {}, const Pump& pump = {});
    /// Asks, and does not wait.
    Rig::Ticket begin(std::string_view verb, boost::json::object fields = {});
    [[nodiscard]] Rig& rig() { return rig_; }

    // ---- Verbs that need no lane ----

    void fault(std::string_view fault) { ask("fault", {{"fault", fault}}); }
    /// The first of these faults that the rig can play; throws Skipped if it can play none.
    std::string any_fault(std::initializer_list<std::string_view> faults);
    [[nodiscard]] std::vector<Got> got();
    /// How often a text has arrived.
    [[nodiscard]] std::size_t count(const std::string& text);
    void clock(channel::Time now);
    /// The channel runs; its state may say where it can be reached.
    void running(const std::string& state);

    // ---- What it has said of itself ----

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] channel::Settings settings(channel::Mode mode = channel::Mode::apply) const;
    [[nodiscard]] const std::string& account() const { return account_; }
    [[nodiscard]] const std::string& contact(std::size_t number = 0) const
    {
        return contacts_[number % contacts_.size()];
    }
    [[nodiscard]] std::size_t contacts() const { return contacts_.size(); }
    [[nodiscard]] const std::vector<std::string>& secrets() const { return secrets_; }
    [[nodiscard]] const std::filesystem::path& base_dir() const { return base_dir_; }
    /// Its answer to a message comes later and apart, as a word of the provider's own.
    [[nodiscard]] bool answers_apart() const { return answers_apart_; }

    static channel::Message
    message(std::string client_id, const Provider& provider, std::string text, std::size_t contact = 0);

private:
    std::string name_;
    Rig rig_;
    std::string settings_, account_;
    std::filesystem::path base_dir_;
    std::vector<std::string> contacts_, secrets_;
    bool clock_ = false, answers_apart_ = false, wants_state_ = false;
};

/// A member that must be there. Throws Failed: the rig does not speak as it should.
[[nodiscard]] const boost::json::value& member(const boost::json::object& object, std::string_view name);

}  // namespace conformance
