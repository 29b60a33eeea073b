/// An engine at work: a store in a file, a scripted platform, a host that writes down what it gets, a clock that is told.
#pragma once

#include "engine/engine.hpp"
#include "platform/scripted_server.hpp"
#include "store/an_open_store.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace wechat::engine {

using namespace std::chrono_literals;
using Happened = std::vector<std::string>;

inline const AppId harbour_bank{"wx01"};

/// Replies to custom/send in their order, then errcode 0 for ever. Any thread.
class Platform {
public:
    void answers(std::initializer_list<scripted::Reply> replies);
    /// Sends to this contact wait at the gate first.
    void holds(const std::string& contact, scripted::Gate& gate);
    void answers_token(std::optional<scripted::Reply> reply);

    /// "lily: Hello" for each custom/send, in the order in which they came.
    [[nodiscard]] Happened sends();
    [[nodiscard]] scripted::Server& server() { return server_; }

private:
    scripted::Reply answer(const scripted::Request& request);

    std::mutex mutex_;
    std::deque<scripted::Reply> replies_;
    std::optional<scripted::Reply> token_reply_;
    std::map<std::string, scripted::Gate*> gates_;
    scripted::Server server_{[this](const scripted::Request& request) { return answer(request); }};
};

/// What the host was handed, as people would say it: "message Hello", "notice queued", "echo welcome", "m1: sent".
class Host {
public:
    std::vector<std::pair<std::string, std::string>> seen;  // contact and what, in the order of all
    std::vector<channel::Item> items;
    std::vector<channel::Report> reports;
    bool settles = true;  // ok, a moment later
    std::function<channel::Outcome(const std::string& contact, const std::string& what)> on_hand_over;
    std::vector<channel::Token> open;

    [[nodiscard]] Happened of(const std::string& contact) const;
};

class AnEngine {
public:
    AnEngine();
    AnEngine(const AnEngine&) = delete;
    AnEngine& operator=(const AnEngine&) = delete;
    ~AnEngine();

    void contact_writes(const std::string& contact, const std::string& text, std::uint64_t id = 0);
    void contact_unfollows(const std::string& contact);
    void applies(const std::string& contact, codec::Callback callback);
    void employee_sends(const std::string& contact, const std::string& id, const std::string& text);
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
    void serve(bool served);  // whether the customer is in the directory

    scripted::Gate gate;  // for Platform::holds; opened when all is over, else its threads would never end
    Platform platform;
    Host host;
    Busy busy;
    channel::Time now{1'700'000'000'000ms};
    std::vector<std::string> health;  // "ok", "down account_held ..."
    int wakes = 0;
    platform::Limits limits = {.answer = 300ms};
    Loop loop;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<store::Store> store;

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
