/// One contact, the employees, and a platform that answers as it is told: the situations of the policy's tests.
#pragma once

#include "policy/step.hpp"

#include <deque>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wechat::policy {

using namespace std::chrono_literals;
using Happened = std::vector<std::string>;
using Outcome = AttemptEnded::Outcome;

/// Holds a conversation and drives it as the engine does, with a pump that needs no time.
///
/// What happens is written down as people see it: "employees: Hello", "contact: One", "contact_auto: welcome",
/// "employees_auto: queued", "m4: queued, on_hold", "host: followed desk-12"; remarks for the log stand apart.
/// The words of an automatic text are asked for with last_text().
class OneConversation {
public:
    OneConversation();

    Rules rules;
    Conversation conversation;
    Time now = from_seconds(1'700'000'000);
    bool held = false;  // attempts stay in the air until start() and end() are called

    void contact_writes(std::string_view text);
    void contact_writes_ago(std::string_view text, Duration ago);  // delivered late
    void contact_follows(std::string_view scene, Duration ago = 0s);
    void contact_unfollows() { apply(ContactUnfollowed{}); }
    void employee_sends(std::string_view id, std::string_view text, std::string_view sender = "ana");
    void employee_sends_image(std::string_view id, std::string_view sender = "ana");
    void employee_cancels(std::string_view id) { apply(EmployeeCancelled{ClientId{std::string{id}}}); }
    void participants_are(std::initializer_list<const char*> names);

    /// The clock moves from due time to due time, so things due at different times happen apart.
    void wait(Duration duration);
    /// The clock moves while nobody looks; then what fell due is handled at once (R8).
    void be_down(Duration duration);

    /// The platform's next answer instead of acceptance.
    void platform_answers(Outcome outcome, std::int64_t errcode = 0);
    void start();  // the pump asks for the attempt it holds
    void end(Outcome outcome, std::int64_t errcode = 0);
    void put_off();
    void release();  // all that is in the air arrives

    void switch_off(texts::ContactText text) { set(text, std::nullopt); }
    void switch_off(texts::EmployeeText text) { set(text, std::nullopt); }
    template <class Key>
    void set(Key key, std::optional<std::string_view> pattern);

    void apply(const Event& event);
    /// What has happened since the last call.
    Happened happened() { return std::exchange(happened_, {}); }
    Happened remarks() { return std::exchange(remarks_, {}); }
    [[nodiscard]] bool nothing_in_the_air() const { return !handed_out_; }
    [[nodiscard]] bool has_started() const { return started_; }
    [[nodiscard]] std::string last_text() const { return last_text_; }
    [[nodiscard]] const Report& last_report() const { return last_report_; }
    [[nodiscard]] const Tell& last_notice() const { return last_notice_; }
    [[nodiscard]] std::uint64_t attempt() const { return handed_out_ ? handed_out_->attempt : 0; }

    static std::vector<Employee> employees(std::initializer_list<const char*> names);

private:
    void see(const OfferMessage&);
    void see(const OfferEvent& event);
    void see(const Tell& notice);
    void see(const Echo& echo);
    void see(const Answer& answer);
    void see(const Report& report);
    void see(const Send& send);
    void see(const Start& start);
    void see(const Withdraw& withdraw);
    void see(const Remark& remark);
    void show_on_the_phone();
    void run_pump();

    std::string contact_said_;
    std::map<std::string, std::string> texts_;
    std::optional<Send> handed_out_;
    bool started_ = false;
    std::deque<AttemptEnded> answers_;
    Happened happened_;
    Happened remarks_;
    std::string last_text_;
    Report last_report_;
    Tell last_notice_;
};

/// The contact has written, ana takes part; nothing of it is in happened() any more.
struct Opened : OneConversation {
    Opened()
    {
        contact_writes("Hello");
        participants_are({"ana"});
        (void)happened();
        (void)remarks();
    }
};

/// The employees' share is used up, and they know.
struct ThreeUnanswered : Opened {
    ThreeUnanswered()
    {
        for (const auto* id : {"m1", "m2", "m3"})
            employee_sends(id, "Are you there?");
        (void)happened();
    }
};

/// 49 hours of silence.
struct Inactive : Opened {
    Inactive()
    {
        wait(49h);
        (void)happened();
    }
};

}  // namespace wechat::policy
