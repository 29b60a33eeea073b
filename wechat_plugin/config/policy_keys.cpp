#include "config/policy_keys.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace wechat::config {
namespace {

using namespace std::chrono_literals;
using policy::PlatformRules;
using policy::QueueRules;
using policy::Rules;
using std::chrono::days;

constexpr std::size_t keyword_limit = 64;  // bytes: a contact types it
constexpr std::size_t keywords_limit = 20;

bool is_keyword(std::string_view text)
{
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7F'; };
    return !trimmed(text).empty() && text.size() <= keyword_limit && std::ranges::none_of(text, control);
}

std::optional<std::vector<std::string>> leave_keywords(const Reader& in)
{
    if (in.node().kind != Node::Kind::list || in.node().items.size() > keywords_limit) {
        in.expected("a list of at most " + std::to_string(keywords_limit) + " words");
        return std::nullopt;
    }
    std::vector<std::string> keywords;
    for (const auto& item : in.node().items)
        if (auto word =
                in.of(item).text("a word of 1 to " + std::to_string(keyword_limit) + " bytes", is_keyword))
            keywords.push_back(*std::move(word));
    if (keywords.size() < in.node().items.size())
        return std::nullopt;
    return keywords;
}

std::optional<policy::WelcomeBy> welcome_by(const Reader& in)
{
    if (in.node().kind == Node::Kind::scalar && in.node().text == "api")
        return policy::WelcomeBy::api;
    if (in.node().kind == Node::Kind::scalar && in.node().text == "passive")
        return policy::WelcomeBy::passive;
    in.expected("api or passive");
    return std::nullopt;
}

constexpr std::array platform_rows{
    Key<PlatformRules>{
        "messages",
        "How many messages WeChat lets through after each message of the contact (W1).",
        [](const Reader& in, PlatformRules& platform) { take(platform.messages, in.count(1, 20)); },
    },
    Key<PlatformRules>{
        "window",
        "For how long after the contact's last message WeChat lets them through (W1).",
        [](const Reader& in, PlatformRules& platform) { take(platform.window, in.duration(5min, days{30})); },
    },
};

constexpr std::array queue_rows{
    Key<QueueRules>{
        "max_messages",
        "How many messages may wait in one conversation; 0: none is queued (Q1).",
        [](const Reader& in, QueueRules& queue) { take(queue.max_messages, in.count(0, 1000)); },
    },
    Key<QueueRules>{
        "max_age",
        "How long a message waits before it expires (Q5).",
        [](const Reader& in, QueueRules& queue) { take(queue.max_age, in.duration(1min, days{365})); },
    },
    Key<QueueRules>{
        "merge",
        "Whether neighbouring texts of one employee leave the queue as one message (Q4).",
        [](const Reader& in, QueueRules& queue) { take(queue.merge, in.flag()); },
    },
};

constexpr std::array policy_rows{
    Key<Rules>{
        "platform",
        "What WeChat grants; it changes only when WeChat changes.",
        [](const Reader& in, Rules& rules) { in.keys(platform_keys(), rules.platform); },
    },
    Key<Rules>{
        "employee_messages",
        "How many messages the employees may send in a row without an answer (B1).",
        [](const Reader& in, Rules& rules) { take(rules.employee_messages, in.count(1, 20)); },
    },
    Key<Rules>{
        "remind_after",
        "Silence of the contact after which the employees are told and the contact may be asked to reply "
        "(R1).",
        [](const Reader& in, Rules& rules) { take(rules.remind_after, in.duration(1min, days{30})); },
    },
    Key<Rules>{
        "queue",
        "The messages that wait until the contact writes.",
        [](const Reader& in, Rules& rules) { in.keys(queue_keys(), rules.queue); },
    },
    Key<Rules>{
        "leave_keywords",
        "Words by which a contact leaves the conversation; texts name the first (L1). An empty list: nobody "
        "can leave.",
        [](const Reader& in, Rules& rules) { take(rules.leave_keywords, leave_keywords(in)); },
    },
    Key<Rules>{
        "resend_uncertain",
        "Whether a message that may have reached WeChat is sent once more, at the risk of showing twice "
        "(A7).",
        [](const Reader& in, Rules& rules) { take(rules.resend_uncertain, in.flag()); },
    },
    Key<Rules>{
        "welcome_by",
        "How the contact gets the welcome: api, or passive, in the answer to his first message (O3).",
        [](const Reader& in, Rules& rules) { take(rules.welcome_by, welcome_by(in)); },
    },
};

// B4: what the employees may send, one announcement, and the kept slot, if there is a prompt to send.
void check_slots(const Reader& root, const Rules& rules)
{
    const auto kept = policy::kept_slots(rules);
    const auto needed = rules.employee_messages + 1 + kept;
    if (needed <= rules.platform.messages)
        return;
    const auto& own = root.node().nearest({"policy", "employee_messages"});
    const auto& given = root.node().nearest({"policy", "platform", "messages"});
    const auto& at = own.kind == Node::Kind::scalar ? own : given;
    root.of(at).complain(
        "bad_value",
        std::to_string(rules.employee_messages) + " employee messages, one announcement and "
            + (kept == 0 ? "no prompt" : "one prompt") + " need " + std::to_string(needed)
            + " slots; the platform grants " + std::to_string(rules.platform.messages)
    );
}

// R1 comes before R6, and R6 a margin before the window's end.
void check_reminder(const Reader& root, const Rules& rules)
{
    if (rules.remind_after < rules.platform.window - rules.margin)
        return;
    const auto& own = root.node().nearest({"policy", "remind_after"});
    const auto& given = root.node().nearest({"policy", "platform", "window"});
    const auto& at = own.kind == Node::Kind::scalar ? own : given;
    root.of(at).complain(
        "bad_value",
        "a reminder after " + written(rules.remind_after) + " comes too late: the window of "
            + written(rules.platform.window) + " ends " + written(rules.margin) + " before its time"
    );
}

}  // namespace

std::span<const Key<Rules>> policy_keys()
{
    return policy_rows;
}
std::span<const Key<PlatformRules>> platform_keys()
{
    return platform_rows;
}
std::span<const Key<QueueRules>> queue_keys()
{
    return queue_rows;
}

void read_policy(const Reader& in, Rules& rules)
{
    in.keys(policy_keys(), rules);
}

void check_rules(const Reader& root, const Rules& rules)
{
    check_slots(root, rules);
    check_reminder(root, rules);
}

}  // namespace wechat::config
