/// What must hold whatever happens: random histories of one conversation, against a model that knows W1 alone.
///
/// PROPERTY_HISTORIES=1000000 PROPERTY_SEED=7 runs more of them, or one series again.
#include "policy/budget.hpp"
#include "policy/capability.hpp"
#include "policy/step.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>

using namespace wechat::policy;
using namespace wechat;
using namespace std::chrono_literals;
using boost::unit_test::label;
using texts::ContactText;
using texts::EmployeeText;
using Outcome = AttemptEnded::Outcome;

namespace {

struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void must(bool holds, const char* rule)
{
    if (!holds)
        throw Broken{rule};
}

// Two decisions are the same if they read the same.
struct Describe {
    std::ostringstream out;
    void operator()(const OfferMessage&) { out << "offer\n"; }
    void operator()(const OfferEvent& e) { out << "event " << e.name << '\n'; }
    void operator()(const Tell& e) { out << "tell " << name_of(e.key) << e.text.value_or("-") << '\n'; }
    void operator()(const Echo& e)
    {
        out << "echo " << name_of(e.key) << e.text.value_or("-") << e.uncertain << e.by_answer << '\n';
    }
    void operator()(const Answer& e) { out << "answer " << e.text << '\n'; }
    void operator()(const Report& e)
    {
        out << "report " << e.id.str() << name_of(e.state) << name_of(e.reason) << e.position << e.words
            << '\n';
    }
    void operator()(const Send& e)
    {
        out << "send " << e.attempt << e.prefix << e.text;
        for (const auto& id : e.messages)
            out << ' ' << id.str();
        out << '\n';
    }
    void operator()(const Start& e) { out << "start " << e.attempt << '\n'; }
    void operator()(const Withdraw& e) { out << "withdraw " << e.attempt << '\n'; }
    void operator()(const Remark& e) { out << "remark " << e.code << '\n'; }
};

std::string described(const Effects& effects)
{
    Describe describe;
    for (const auto& effect : effects)
        std::visit(describe, effect);
    return describe.out.str();
}

bool is_final(State state)
{
    return state != State::accepted && state != State::queued;
}

constexpr std::array outcomes{
    Outcome::sent,
    Outcome::sent,
    Outcome::sent,
    Outcome::sent,
    Outcome::no_slot_left,
    Outcome::window_closed,
    Outcome::failed,
    Outcome::uncertain,
    Outcome::not_following,
    Outcome::sent,
    Outcome::sent};

class History {
public:
    History(std::uint64_t seed, std::shared_ptr<const texts::Catalog> catalog) : random_(seed)
    {
        rules_.texts = std::move(catalog);
        rules_.supported = {Kind::text, Kind::image};
        rules_.queue = {.max_messages = static_cast<int>(pick(5)), .max_age = 72h, .merge = pick(2) == 0};
        rules_.resend_uncertain = pick(3) == 0;
        rules_.welcome_by = pick(3) == 0 ? WelcomeBy::passive : WelcomeBy::api;
        rules_.employee_messages = 1 + static_cast<int>(pick(3));
        twice_ = pick(8) == 0;
    }

    void run()
    {
        for (int i = 0; i < 60; ++i) {
            pass_time();
            anything();
        }
        end();
    }

    [[nodiscard]] const std::string& log() const { return log_; }

private:
    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    // ---- what can happen ----

    void pass_time()
    {
        constexpr std::array<Duration, 10> pauses{0s, 0s, 0s, 0s, 1s, 30s, 10min, 5h, 23h, 47h};
        const auto until = now_ + pauses[pick(pauses.size())];
        const bool down = pick(6) == 0;
        for (auto due = wake_at(rules_, conversation_); !down && due && *due <= until;
             due = wake_at(rules_, conversation_)) {
            now_ = std::max(now_, *due);
            must(!apply(Tick{}).empty(), "a tick that is due does something");
        }
        now_ = until;
        if (down)
            apply(Tick{});
        const auto due = wake_at(rules_, conversation_);
        must(!due || *due > now_ || !down, "nothing is due after a tick");
    }

    void anything()
    {
        switch (pick(20)) {
        case 0: return contact_writes("Hello", 0s);
        case 1: return contact_writes("Hello", Duration{pick(4000)});
        case 2: return pick(4) == 0 ? contact_writes(" #leave ", 0s) : contact_writes("Hm", 0s);
        case 3: apply(ContactWrote{.at = now_, .text = "Yes", .menu_item = true}); return;
        case 4: apply(ContactFollowed{.at = now_ - Duration{pick(70)}}); return;
        case 5:
            if (pick(3) == 0)
                apply(ContactUnfollowed{});
            return;
        case 6: return participants_change();
        case 7: apply(EmployeeCancelled{ClientId{"m" + std::to_string(1 + pick(sent_ + 1))}}); return;
        case 8: return somebody_confuses_attempts();
        case 9: apply(ContactDid{.name = "scanned"}); return;
        case 10:
        case 11:
        case 12:
        case 13: return employee_sends();
        default: return pump();
        }
    }

    void contact_writes(const char* text, Duration ago)
    {
        const auto at = now_ - ago;
        const bool delivered_late = conversation_.last_message && at < *conversation_.last_message;
        const bool ignored_keyword = text[0] == ' ' && conversation_.phase != Phase::open;
        if (!delivered_late && !ignored_keyword) {
            starts_ = starts_of_others_ = 0;
            told_.clear();
            announcements_ = prompts_ = 0;
        }
        apply(ContactWrote{.at = at, .text = text});
    }

    void participants_change()
    {
        std::vector<Employee> some;
        for (const auto* name : {"cem", "ana", "ben"})
            if (pick(3) != 0)
                some.emplace_back(name);
        apply(ParticipantsSet{some});
    }

    void employee_sends()
    {
        constexpr std::array names{"ana", "ben", "cem", ""};
        constexpr std::array<std::uint32_t, 5> sizes{5, 700, 1400, 2048, 2100};
        const Message message{
            .id = ClientId{"m" + std::to_string(++sent_)},
            .sender = Employee{names[pick(names.size())]},
            .kind = pick(5) == 0 ? Kind::image : Kind::text,
            .bytes = sizes[pick(sizes.size())],
        };
        const auto foretold = capability(rules_, conversation_, message, now_);
        order_[message.id] = sent_;
        const auto effects = apply(EmployeeSent{message});
        const auto* const first = first_report(effects);
        must(first != nullptr && first->id == message.id, "every send is answered at once");
        constexpr std::array expected{State::accepted, State::queued, State::refused};
        must(
            first->state == expected[static_cast<std::size_t>(foretold.verdict)],
            "capability foretells the verdict"
        );
        must(first->reason == foretold.reason, "capability foretells the reason");
        if (first->state == State::queued)
            must(std::cmp_less_equal(first->position, rules_.queue.max_messages), "Q1: the queue is bounded");
    }

    static const Report* first_report(const Effects& effects)
    {
        for (const auto& effect : effects)
            if (const auto* const report = std::get_if<Report>(&effect))
                return report;
        return nullptr;
    }

    void somebody_confuses_attempts()
    {
        const auto stale = pick(conversation_.attempts + 3);
        if (handed_out_ && stale == handed_out_->attempt)
            return;
        const auto before = conversation_;
        // Drained is what could go; a stale word itself changes nothing.
        apply(AttemptEnded{.attempt = stale, .outcome = outcomes[pick(outcomes.size())]});
        apply(AttemptStarting{stale});
        apply(AttemptPutOff{stale});
        must(conversation_.outgoing == before.outgoing, "a stale attempt changes nothing");
    }

    void pump()
    {
        if (!handed_out_)
            return;
        if (!started_) {
            const auto asked = handed_out_->attempt;
            apply(AttemptStarting{asked});
            must(
                started_ || !handed_out_ || handed_out_->attempt != asked,
                "an asked attempt starts or is withdrawn"
            );
        } else if (pick(6) == 0) {
            uncount();
            started_ = false;
            apply(AttemptPutOff{handed_out_->attempt});
        } else {
            arrive(outcomes[pick(outcomes.size())]);
        }
    }

    void arrive(Outcome outcome)
    {
        const auto ended = *handed_out_;
        if (outcome != Outcome::sent && outcome != Outcome::uncertain)
            uncount();
        else
            for (const auto& id : ended.messages)
                must(++tries_[id] <= (rules_.resend_uncertain ? 2 : 1), "A7: nothing arrives twice unasked");
        handed_out_.reset();
        started_ = false;
        apply(AttemptEnded{.attempt = ended.attempt, .outcome = outcome, .errcode = 1});
    }

    // What WeChat refused has used no slot, and may be tried again. An earlier window's is counted there.
    void uncount()
    {
        if (started_in_ != windows_seen())
            return;
        if (handed_out_->automatic != ContactText::follow_prompt) {
            --starts_;
            starts_of_others_ -= is_prompt(*handed_out_) ? 0 : 1;
        }
        announcements_ -= is_announcement(*handed_out_) ? 1 : 0;
        prompts_ -= is_prompt(*handed_out_) ? 1 : 0;
    }

    std::uint64_t windows_seen() const { return conversation_.window; }

    // At the end the contact leaves for good: everything that was accepted has come to its end.
    void end()
    {
        apply(ContactUnfollowed{});
        if (handed_out_ && started_)
            arrive(outcomes[pick(outcomes.size())]);
        must(conversation_.outgoing.empty() && conversation_.queue.empty(), "nothing stays behind");
        for (const auto& [id, number] : order_)
            must(states_.contains(id) && is_final(states_[id]), "every message has an end");
        must(!wake_at(rules_, conversation_), "no timer runs after the end");
    }

    // ---- what must hold ----

    Effects apply(const Event& event)
    {
        if (twice_) {
            const auto again = step(rules_, conversation_, event, now_);
            auto decision = step(rules_, conversation_, event, now_);
            must(again.conversation == decision.conversation, "the same input gives the same conversation");
            must(
                described(again.effects) == described(decision.effects),
                "the same input gives the same effects"
            );
        }
        auto decision = step(rules_, conversation_, event, now_);
        conversation_ = std::move(decision.conversation);
        if (logging_)
            log_ += "at " + std::to_string((now_ - start_).count()) + " event "
                  + std::to_string(event.index()) + '\n' + described(decision.effects);
        for (const auto& effect : decision.effects)
            std::visit([&](const auto& e) { see(e); }, effect);
        check_conversation();
        return std::move(decision.effects);
    }

    void see(const OfferMessage&) {}
    void see(const OfferEvent&) {}
    void see(const Echo&) {}
    void see(const Remark&) {}
    void see(const Answer&)
    {
        must(rules_.welcome_by == WelcomeBy::passive, "only who wants it answers callbacks");
        must(conversation_.announced && conversation_.slots_used >= 1, "B2: the answer is the announcement");
    }
    void see(const Tell& notice)
    {
        constexpr std::array once{
            EmployeeText::limit_reached,
            EmployeeText::queued,
            EmployeeText::inactive,
            EmployeeText::no_reply,
            EmployeeText::reply_due};
        if (std::ranges::find(once, notice.key) == once.end())
            return;
        const bool reminder = notice.key == EmployeeText::reply_due;
        must(
            told_.insert(reminder ? EmployeeText::no_reply : notice.key).second,
            "a notice comes once per window"
        );
    }
    void see(const Report& report)
    {
        const auto before = states_.find(report.id);
        must(before == states_.end() || !is_final(before->second), "a final state is the last");
        must(before == states_.end() || report.state != State::refused, "what was accepted is never refused");
        states_[report.id] = report.state;
    }
    void see(const Send& send)
    {
        must(!handed_out_, "S7: one attempt at a time");
        must(send.attempt == ++attempts_, "attempts are numbered in order");
        must(send.automatic.has_value() == send.messages.empty(), "a send has content");
        handed_out_ = send;
        started_ = false;
    }
    void see(const Withdraw& withdraw)
    {
        must(
            handed_out_ && !started_ && withdraw.attempt == handed_out_->attempt,
            "only what waits is withdrawn"
        );
        handed_out_.reset();
    }
    void see(const Start& start)
    {
        must(
            handed_out_ && !started_ && start.attempt == handed_out_->attempt,
            "only what was asked for starts"
        );
        started_ = true;
        started_in_ = windows_seen();
        for (const auto& id : handed_out_->messages)
            must_be_next(id);
        if (handed_out_->automatic == ContactText::follow_prompt)
            return;  // W2: a grant's
        must(
            now_ < *conversation_.last_message + rules_.platform.window, "W1: nothing starts after the window"
        );
        must(++starts_ <= rules_.platform.messages, "W1: never more than WeChat allows");
        if (is_prompt(*handed_out_))
            must(++prompts_ <= 1, "R1: one prompt a window");
        else
            must(
                ++starts_of_others_ <= rules_.platform.messages - kept_slots(rules_),
                "B3: the kept slot is the prompt's"
            );
        if (is_announcement(*handed_out_))
            must(++announcements_ <= 1, "B2: one announcement a window");
    }

    // S7, and nothing that has ended starts: what starts is the earliest of all that have not ended.
    void must_be_next(const ClientId& id)
    {
        must(!is_final(states_.at(id)), "what has ended never starts");
        const auto& with_it = handed_out_->messages;
        for (const auto& [other, number] : order_) {
            const bool earlier_one = number < order_.at(id) && !is_final(states_.at(other));
            must(
                !earlier_one || std::ranges::find(with_it, other) != with_it.end(),
                "S7: in the order of acceptance"
            );
        }
    }

    static bool is_prompt(const Send& send)
    {
        return send.automatic == ContactText::on_hold || send.automatic == ContactText::reply_reminder
            || send.automatic == ContactText::on_hold_participants_changed;
    }
    static bool is_announcement(const Send& send)
    {
        return send.automatic == ContactText::welcome || send.automatic == ContactText::left
            || send.automatic == ContactText::participants_changed;
    }

    void check_conversation()
    {
        std::multiset<ClientId> held;
        for (const auto& outgoing : conversation_.outgoing) {
            must(
                (outgoing.attempt != 0) == (&outgoing == &conversation_.outgoing.front()),
                "only the first is out"
            );
            for (const auto& message : outgoing.messages)
                held.insert(message.id);
        }
        for (const auto& message : conversation_.queue) {
            held.insert(message.id);
            must(states_.at(message.id) == State::queued, "what waits is reported so");
        }
        std::size_t alive = 0;
        for (const auto& [id, state] : states_) {
            alive += is_final(state) ? 0U : 1U;
            must(held.count(id) == (is_final(state) ? 0U : 1U), "no message is lost or doubled");
        }
        must(held.size() == alive, "nobody's message is held");
        const bool open = conversation_.phase == Phase::open && window_open(rules_, conversation_, now_);
        must(
            !open || conversation_.queue.empty() || share_used_up(rules_, conversation_), "what may go, goes"
        );
        must(conversation_.slots_used >= starts_ || !open, "the ledger never counts less than has started");
    }

    std::mt19937_64 random_;
    Rules rules_;
    Conversation conversation_;
    Time start_ = from_seconds(1'700'000'000);
    Time now_ = start_;
    bool twice_ = false;
    bool logging_ = std::getenv("PROPERTY_LOG") != nullptr;

    std::optional<Send> handed_out_;  // the pump's
    bool started_ = false;
    std::uint64_t started_in_ = 0;
    std::uint64_t attempts_ = 0;

    int starts_ = 0;  // the platform's strict model: since the contact's last message
    int starts_of_others_ = 0;
    int announcements_ = 0;
    int prompts_ = 0;
    std::set<EmployeeText> told_;

    std::uint64_t sent_ = 0;
    std::map<ClientId, std::uint64_t> order_;
    std::map<ClientId, State> states_;
    std::map<ClientId, int> tries_;
    std::string log_;
};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise)
{
    const char* const text = std::getenv(variable);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Short texts of two locales' worth of variables: what they say is other tests' affair, and ICU takes its time.
std::shared_ptr<const texts::Catalog> short_texts(bool prompts)
{
    auto catalog = std::make_shared<texts::Catalog>("en");
    for (std::size_t i = 0; i < texts::contact_texts; ++i)
        must(catalog->set(static_cast<ContactText>(i), "text").empty(), "a plain text is a pattern");
    for (std::size_t i = 0; i < texts::employee_texts; ++i)
        must(catalog->set(static_cast<EmployeeText>(i), "notice").empty(), "a plain text is a pattern");
    if (prompts)
        return catalog;
    for (const auto prompt :
         {ContactText::on_hold, ContactText::reply_reminder, ContactText::on_hold_participants_changed})
        must(catalog->set(prompt, std::nullopt).empty(), "a text can be switched off");
    return catalog;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(whatever_happens)

BOOST_AUTO_TEST_CASE(
    no_message_is_lost_doubled_or_out_of_order_and_wechats_limits_are_kept,
    *label("W1") * label("W4") * label("B1") * label("B2") * label("B3") * label("S7") * label("Q1")
        * label("R1")
)
{
    const auto histories = number_from("PROPERTY_HISTORIES", 10'000);
    const auto first_seed = number_from("PROPERTY_SEED", 1);
    const std::array catalogs{short_texts(true), short_texts(false)};
    for (auto seed = first_seed; seed < first_seed + histories; ++seed) {
        History history{seed, catalogs[seed % 8 == 0 ? 1 : 0]};
        try {
            history.run();
        } catch (const Broken& broken) {
            BOOST_FAIL(
                "PROPERTY_SEED=" << seed << " PROPERTY_HISTORIES=1: " << broken.what() << '\n'
                                 << history.log()
            );
        }
    }
    BOOST_TEST(histories > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
