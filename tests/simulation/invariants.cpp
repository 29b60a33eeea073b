#include "invariants.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace simulation {
namespace {

using namespace std::chrono_literals;
using Entry = simulator::PhoneEntry;
using host::Author;

constexpr int platform_slots = 5;                                                                 // W1
constexpr Milliseconds sending_ends = 48h - 60s;                                                  // W1, R6
constexpr std::array announcements{"[welcome]", "[participants_changed]", "[left]"};              // B2
constexpr std::array prompts{"[on_hold]", "[reply_reminder]", "[on_hold_participants_changed]"};  // R3 to R5
constexpr auto follow_prompt = "[follow_prompt]";  // O2: a grant's

bool is_one_of(const auto& texts, const std::string& text)
{
    return std::ranges::find(texts, text) != texts.end();
}

bool is_automatic(const Entry& entry)
{
    return entry.text.starts_with('[');
}

bool opens(const std::string& text)
{
    return text.starts_with(opens_window);
}

// Marks of employees' messages in a text: "ana: m3.xx\nm4." has 3 and 4.
std::vector<int> marks_in(std::string_view text)
{
    std::vector<int> marks;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != of_employee)
            continue;
        int number = 0;
        std::size_t end = i + 1;
        for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end)
            number = number * 10 + (text[end] - '0');
        if (end > i + 1 && end < text.size() && text[end] == mark_ends)
            marks.push_back(number);
    }
    return marks;
}

class Examination {
public:
    Examination(const Story& story, const Done& done)
        : story_(story), customer_(*story.contact.customer), done_(done)
    {}

    std::vector<std::string> findings()
    {
        phone_keeps_the_budget();
        employees_messages_are_shown_in_order();
        employees_messages_are_shown_as_reported();
        states_end_once();
        queue_is_bounded();
        host_has_what_the_contact_did();
        notices_are_told_once();
        echoes_are_what_the_phone_shows();
        return std::move(findings_);
    }

private:
    void must(bool holds, const std::string& rule)
    {
        if (!holds)
            findings_.push_back(rule);
    }

    // What has been shown since the contact last opened a window.
    struct Window {
        simulator::Moment since = {};
        bool open = false, left = false;
        int all = 0, of_employees = 0, announcements = 0, prompts = 0;
    };

    void phone_keeps_the_budget()
    {
        Window window;
        for (const auto& entry : story_.phone) {
            if (entry.from == Entry::From::account)
                count(entry, window);
            else if (opens(entry.text) || entry.text == leave_keyword)
                window = {.since = entry.at, .open = true, .left = entry.text == leave_keyword};
        }
    }

    void count(const Entry& entry, Window& window)
    {
        if (entry.text == follow_prompt)
            return;
        const auto words = entry.text.substr(0, 40);
        must(window.open, "O1: the contact speaks first, but got " + words);
        must(
            entry.at < window.since + sending_ends, "R6: nothing in the last minute of a window, but " + words
        );
        must(
            !window.left || entry.text == "[left]",
            "L1: the farewell is the only use of its window, but got " + words
        );
        ++window.all;
        window.of_employees += is_automatic(entry) ? 0 : 1;
        window.announcements += is_one_of(announcements, entry.text) ? 1 : 0;
        window.prompts += is_one_of(prompts, entry.text) ? 1 : 0;
        must(window.all <= platform_slots, "W1: 5 in a window, but one more: " + words);
        must(
            window.all - window.prompts <= platform_slots - customer_.kept(),
            "B3: the kept slot went to " + words
        );
        // A7: a second try uses a slot of its own, and is no further message of the employees'.
        must(customer_.resend || window.of_employees <= customer_.share, "B1: more than the share: " + words);
        must(window.announcements <= 1, "B2: a second announcement in a window: " + words);
        must(window.prompts <= 1, "R1: a second prompt in a window: " + words);
    }

    void employees_messages_are_shown_in_order()
    {
        int last = 0;
        for (const auto& entry : story_.phone) {
            if (entry.from != Entry::From::account)
                continue;
            for (const auto mark : marks_in(entry.text)) {
                must(
                    mark >= last || shown_[mark] > 0,
                    "S7: m" + std::to_string(mark) + " after m" + std::to_string(last)
                );
                last = std::max(last, mark);
                ++shown_[mark];
            }
        }
    }

    void employees_messages_are_shown_as_reported()
    {
        for (const auto& message : story_.kept) {
            if (message.from != Author::employee)
                continue;
            const auto state = std::string{host::state_name(message.progress.state)};
            must(
                message.progress.is_final(),
                "every message reaches a final state, but " + message.client_id + " is " + state
            );
            const bool went_out = state == "sent" || state == "uncertain";
            const int least = went_out ? 1 : 0;
            const int most = went_out && customer_.resend ? 2 : least;  // A7
            const auto times = shown_[std::stoi(message.client_id.substr(1))];
            must(
                times >= least && times <= most,
                message.client_id + " is " + state + ", and the phone shows it " + std::to_string(times)
                    + " times"
            );
        }
    }

    void states_end_once()
    {
        std::map<std::string, host::Progress> last;
        for (const auto& [id, progress] : story_.states) {
            const auto known = last.find(id);
            must(known == last.end() || !known->second.is_final(), "a final state is the last: " + id);
            last[id] = progress;
        }
    }

    // Q1. What WeChat refused returns to the queue's head (A2, A3): at most a share more, where none are merged.
    void queue_is_bounded()
    {
        std::set<std::string> known, waiting;
        for (const auto& [id, progress] : story_.states) {
            const bool queued = progress.state == CHANNEL_QUEUED;
            const bool first = known.insert(id).second;
            must(
                !first || !queued || std::cmp_less_equal(progress.position, customer_.queue_max),
                "Q1: " + id + " waits at " + std::to_string(progress.position)
            );
            if (queued)
                waiting.insert(id);
            else
                waiting.erase(id);
            must(
                customer_.merge || std::cmp_less_equal(waiting.size(), customer_.queue_max + customer_.share),
                "Q1: " + std::to_string(waiting.size()) + " wait"
            );
        }
    }

    void host_has_what_the_contact_did()
    {
        std::vector<std::string> heard;
        int events = 0;
        for (const auto& message : story_.kept) {
            if (message.from != Author::contact)
                continue;
            if (message.kind == "event")
                ++events;
            else
                heard.push_back(message.text);
        }
        must(heard == done_.said, "each message of the contact reaches the host once, in order");
        must(
            events == done_.events,
            "each follow, scan and click reaches the host once, but " + std::to_string(events) + " did"
        );
    }

    void notices_are_told_once()
    {
        std::set<std::string> told;
        for (const auto& message : story_.kept) {
            if (message.from == Author::contact && message.kind != "event" && opens(message.text))
                told.clear();
            if (message.from != Author::channel_to_employees)
                continue;
            if (message.key == "contact_left")
                told.clear();  // the keyword has opened a window, too
            if (message.key == "queue_expired")
                continue;  // Q5: once for all that expired together
            const bool of_silence = message.key == "no_reply" || message.key == "reply_due";
            must(
                told.insert(of_silence ? "R2" : message.key).second, "told twice in a window: " + message.key
            );
        }
    }

    void echoes_are_what_the_phone_shows()
    {
        std::vector<std::string> echoed, shown;
        for (const auto& message : story_.kept)
            if (message.from == Author::channel_to_contact && !message.text.empty())
                echoed.push_back(message.text);
        for (const auto& entry : story_.phone)
            if (entry.from == Entry::From::account && is_automatic(entry))
                shown.push_back(entry.text);
        must(
            echoed == shown, "the host learns of each automatic text that the phone shows, once and in order"
        );
    }

    const Story& story_;
    const Customer& customer_;
    const Done& done_;
    std::map<int, int> shown_;  // how often the phone shows each employee's message
    std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> broken_rules(const Story& story, const Done& done)
{
    return Examination{story, done}.findings();
}

}  // namespace simulation
