/// An engine at work: a store in a file, a scripted platform, a host that writes down what it gets, a clock that is told.
#pragma once

#include "config/folder.hpp"
#include "engine/a_platform.hpp"
#include "engine/engine.hpp"
#include "store/an_open_store.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <map>
#include <string>
#include <vector>

namespace wechat::engine {

using namespace std::chrono_literals;

inline const AppId harbour_bank{"wx01"};

/// A member of an item's or a report's data; empty: there is none.
[[nodiscard]] std::string member(const std::string& data, const std::string& name);

/// What the host was handed, as people would say it: "message Hello", "message image", "message image, media_expired",
/// "event media_arrived", "notice queued", "echo welcome", "m1: sent".
class Host {
public:
    std::vector<std::pair<std::string, std::string>> seen;  // contact and what, in the order of all
    std::vector<channel::Item> items;
    std::vector<channel::Report> reports;
    std::map<std::string, std::string> files;  // by item id: what lay at its path when it came
    bool settles = true;                       // ok, a moment later
    std::function<channel::Outcome(const std::string& contact, const std::string& what)> on_hand_over;
    std::vector<channel::Token> open;

    [[nodiscard]] Happened of(const std::string& contact) const;
    /// The last item of such a name (of an event) or kind ("image", of a message).
    [[nodiscard]] const channel::Item& last(const std::string& name) const;
};

/// For tests in which everybody answers: however busy the machine is, nobody gives up.
inline const platform::Limits patient{.answer = 30s, .file_answer = 30s};

class AnEngine {
public:
    explicit AnEngine(platform::Limits limits = {.answer = 300ms, .file_answer = 300ms});
    AnEngine(const AnEngine&) = delete;
    AnEngine& operator=(const AnEngine&) = delete;
    ~AnEngine();

    void contact_writes(const std::string& contact, const std::string& text, std::uint64_t id = 0);
    /// A picture, voice or video of the contact's, to be had under this media id.
    void
    contact_sends(const std::string& contact, Kind kind, const std::string& media_id, std::uint64_t id = 0);
    void contact_unfollows(const std::string& contact);
    void applies(const std::string& contact, codec::Callback callback);
    void employee_sends(const std::string& contact, const std::string& id, const std::string& text);
    void employee_sends(const std::string& contact, const std::string& id, channel::Content content);
    /// A file with these bytes, in a folder that goes with the test.
    void employee_sends_file(
        const std::string& contact, const std::string& id, const std::string& kind, const std::string& bytes
    );
    void employee_cancels(const std::string& contact, const std::string& id);
    void participants_are(const std::string& contact, std::initializer_list<const char*> names);
    /// The contact has written, ana takes part, all of it is settled, and nothing of it is in happened().
    void open(const std::string& contact);

    /// What the host has been handed of this contact since the last call.
    Happened happened(const std::string& contact = "lily");
    /// What has come to the phones since the last call.
    Happened on_phones();

    /// Runs until nothing goes on.
    void idle();
    /// Runs until the condition holds, whatever goes on.
    void until(const std::function<bool()>& condition);
    /// The clock moves from due time to due time.
    void pass(std::chrono::milliseconds duration);

    void restart(std::chrono::milliseconds down = {});
    /// Goes on with what the disk held at this moment, as after a crash; what the old engine still does is not seen.
    void crash();
    void stop(std::chrono::milliseconds grace);
    /// Over a connection of its own, beside the store.
    void run_sql(const char* sql) const;
    void serve(bool served);  // whether the customer is in the directory

    scripted::Gate gate;  // for Platform::holds; opened when all is over, else its threads would never end
    Platform platform;
    Host host;
    Busy busy;
    channel::Time now{1'700'000'000'000ms};
    std::vector<std::string> health;  // "ok", "down account_held ..."
    Happened answers;                 // to callbacks, where they were more than `success`
    int wakes = 0;
    platform::Limits limits;
    std::uint64_t media_room = 1U << 20U;
    policy::WelcomeBy welcome_by = policy::WelcomeBy::api;
    config::Folder files;  // of the employees
    Loop loop;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<store::Store> store;

    [[nodiscard]] std::filesystem::path media_folder() const { return folder_.file("media"); }
    [[nodiscard]] Time seconds() const { return from_milliseconds(now.time_since_epoch().count()); }

private:
    void submit(const std::string& contact, Input input);
    void begin();
    Seam seam();
    channel::Outcome hand_over(const std::string& contact, const std::string& what, channel::Token token);
    std::shared_ptr<const Directory> directory(bool served);

    store::Folder folder_;
    std::string file_ = "1.db";
    asio::executor_work_guard<Executor> guard_{loop.get_executor()};
    std::optional<channel::Time> alarm_;
    std::map<std::string, std::string> contact_of_;  // by message id
    std::map<std::string, std::size_t> told_;
    std::size_t sends_told_ = 0;
    std::uint64_t last_message_id_ = 1000;
    bool deaf_ = false;  // of an engine that has crashed
};

}  // namespace wechat::engine
