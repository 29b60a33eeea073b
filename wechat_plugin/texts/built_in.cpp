// The built-in texts. config/messages/*.yaml holds the same for customers to copy; a test keeps the two equal.
#include "texts/texts.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace wechat::texts {
namespace {

struct BuiltIn {
    std::string_view locale;
    std::array<std::pair<ContactText, std::string_view>, contact_texts> contact;
    std::array<std::pair<EmployeeText, std::string_view>, employee_texts> employee;
};

constexpr BuiltIn english{
    .locale = "en",
    .contact = {{
        {ContactText::follow_prompt,
         "Thank you for following us. To begin, please type a message here and tell us how we can help."},
        {ContactText::welcome,
         "Welcome. Your message has reached us, and one of our colleagues will answer you here. To end "
         "the conversation at any time, send {leave_keyword}."},
        {ContactText::on_hold,
         "We have sent you {employee_messages, plural, one{a message} other{{employee_messages, spellout} "
         "messages}} and have not heard from you since. WeChat lets us continue only once you write: "
         "please reply with any message, so that our conversation can go on."},
        {ContactText::participants_changed,
         "The colleagues who look after this conversation have changed. You can simply carry on here."},
        {ContactText::reply_reminder,
         "The colleagues who look after this conversation have changed. Please reply with any message, so "
         "that we can continue to help you."},
        {ContactText::on_hold_participants_changed,
         "The colleagues who look after this conversation have changed. WeChat lets us continue only once "
         "you write: please reply with any message, so that our conversation can go on."},
        {ContactText::left,
         "You have left the conversation, and we will not write to you any further. Whenever you need us, "
         "just send a message: a new conversation begins."},
        {ContactText::speaker, "{employee}: "},
    }},
    .employee = {{
        {EmployeeText::welcome,
         "A new conversation has begun. You can send {employee_messages, plural, one{one message} "
         "other{{employee_messages, spellout} messages in a row}} until the contact replies, within "
         "{window_hours, plural, one{# hour} other{# hours}} of the contact's last message."},
        {EmployeeText::limit_reached,
         "The contact has not yet answered the last {employee_messages, plural, one{message} "
         "other{{employee_messages, spellout} messages}}. {queue_max, plural, =0{Nothing more can be sent "
         "until} other{Further messages will wait until}} the contact replies."},
        {EmployeeText::no_reply,
         "The contact has not replied for {remind_hours, plural, one{# hour} other{# hours}}. Unless the "
         "contact writes, the conversation becomes inactive in {hours_left, plural, =0{less than an hour} "
         "one{# hour} other{# hours}}."},
        {EmployeeText::reply_due,
         "The contact has been waiting for an answer for {remind_hours, plural, one{# hour} other{# "
         "hours}}. You can answer for another {hours_left, plural, =0{few minutes} one{hour} other{# "
         "hours}}; after that the conversation is inactive until the contact writes again."},
        {EmployeeText::inactive,
         "The conversation is inactive: WeChat delivers messages only within {window_hours, plural, one{# "
         "hour} other{# hours}} of the contact's last message. {queue_max, plural, =0{Nothing more can be "
         "sent until} other{Further messages will wait until}} the contact writes again."},
        {EmployeeText::queued,
         "Your message is waiting and will be sent when the contact writes. {queued, plural, one{One "
         "message is} other{# messages are}} waiting now, of {queue_max} at most."},
        {EmployeeText::resumed,
         "The contact has written: {sent, plural, =0{no waiting message is} one{one waiting message is} "
         "other{# waiting messages are}} being sent{waiting, plural, =0{.} one{, and one is still "
         "waiting.} other{, and # are still waiting.}}"},
        {EmployeeText::queue_expired,
         "Messages that waited too long for the contact to write have expired. They were not sent."},
        {EmployeeText::contact_left,
         "The contact has left the conversation. Messages that were waiting are discarded, and nothing "
         "more can be sent unless the contact writes again."},
        {EmployeeText::contact_unfollowed,
         "The contact no longer follows the account. Messages that were waiting are discarded, and "
         "nothing more can be sent unless the contact follows again and writes."},
    }},
};

constexpr BuiltIn simplified_chinese{
    .locale = "zh-Hans",
    .contact = {{
        {ContactText::follow_prompt,
         "感谢您的关注。请在此输入消息，告诉我们您需要什么帮助，我们将尽快为您服务。"},
        {ContactText::welcome,
         "您好，您的消息我们已经收到，工作人员将在此为您解答。如需结束对话，可随时发送 {leave_keyword}。"},
        {ContactText::on_hold,
         "您好，我们已向您发送{employee_messages, plural, =2{两} other{{employee_messages, "
         "spellout}}}条消息，暂未收到您的回复。按照微信的规定，需要您先回复，我们才能继续与您沟通。"
         "请回复任意消息，我们将继续为您服务。"},
        {ContactText::participants_changed, "您好，为您服务的工作人员已有调整，您可以继续在此与我们沟通。"},
        {ContactText::reply_reminder,
         "您好，为您服务的工作人员已有调整。请回复任意消息，以便我们继续为您服务。"},
        {ContactText::on_hold_participants_changed,
         "您好，为您服务的工作人员已有调整。按照微信的规定，需要您先回复，我们才能继续与您沟通。"
         "请回复任意消息，我们将继续为您服务。"},
        {ContactText::left,
         "您已结束本次对话，我们不会再向您发送消息。如有需要，欢迎随时给我们发消息，即可开始新的对话。"},
        {ContactText::speaker, "{employee}: "},
    }},
    .employee = {{
        {EmployeeText::welcome,
         "新对话已开始。客户回复之前，最多可连续发送{employee_messages, plural, =2{两} "
         "other{{employee_messages, spellout}}}条消息，且须在客户最后一条消息后的 {window_hours} "
         "小时内发送。"},
        {EmployeeText::limit_reached,
         "已连续发送{employee_messages, plural, =2{两} other{{employee_messages, spellout}}}条消息，"
         "客户尚未回复。{queue_max, plural, =0{客户回复之前，无法继续发送消息。} "
         "other{后续消息将等待客户回复后再发送。}}"},
        {EmployeeText::no_reply,
         "客户已 {remind_hours} 小时未回复。若客户仍未发来消息，对话将在{hours_left, plural, "
         "=0{不到一小时} other{ # 小时}}后暂停。"},
        {EmployeeText::reply_due,
         "客户已等待回复 {remind_hours} 小时。请在{hours_left, plural, =0{一小时} other{ # 小时}}内回复；"
         "此后对话将暂停，直至客户再次发来消息。"},
        {EmployeeText::inactive,
         "对话已暂停：微信只允许在客户最后一条消息后的 {window_hours} 小时内发送消息。{queue_max, plural, "
         "=0{客户再次发来消息之前，无法继续发送消息。} other{后续消息将等待客户再次发来消息后再发送。}}"},
        {EmployeeText::queued,
         "您的消息正在等待，将在客户发来消息后发送。目前共有 {queued} 条消息等待发送，最多可等待 "
         "{queue_max} 条。"},
        {EmployeeText::resumed,
         "客户已发来消息：{sent, plural, =0{暂无等待的消息可以发送} other{正在发送等待中的 # "
         "条消息}}{waiting, plural, =0{。} other{，另有 # 条仍在等待。}}"},
        {EmployeeText::queue_expired, "客户长时间未发来消息，等待发送的消息已过期，未能发出。"},
        {EmployeeText::contact_left,
         "客户已结束对话，等待发送的消息已作废。客户再次发来消息之前，无法向其发送消息。"},
        {EmployeeText::contact_unfollowed,
         "客户已取消关注，等待发送的消息已作废。客户重新关注并发来消息之前，无法向其发送消息。"},
    }},
};

constexpr std::array all{&english, &simplified_chinese};
static_assert(all.size() == built_in_locales.size());

const BuiltIn* find(std::string_view locale)
{
    const auto* const found = std::ranges::find(all, locale, &BuiltIn::locale);
    return found == all.end() ? nullptr : *found;
}

Catalog compiled(const BuiltIn& texts)
{
    Catalog catalog{std::string{texts.locale}};
    const auto set_all = [&](const auto& patterns) {
        for (const auto& [text, pattern] : patterns) {
            [[maybe_unused]] const auto faults = catalog.set(text, pattern);
            assert(faults.empty());  // ours, and compiled by a test
        }
    };
    set_all(texts.contact);
    set_all(texts.employee);
    return catalog;
}

template <class Text, std::size_t size>
std::string_view pattern_of(const std::array<std::pair<Text, std::string_view>, size>& patterns, Text text)
{
    return std::ranges::find(patterns, text, &std::pair<Text, std::string_view>::first)->second;
}

}  // namespace

const Catalog* built_in(std::string_view locale)
{
    static const std::array catalogs{compiled(english), compiled(simplified_chinese)};
    const auto found = std::ranges::find(catalogs, locale, &Catalog::locale);
    return found == catalogs.end() ? nullptr : &*found;
}

std::optional<std::string_view> built_in_pattern(std::string_view locale, ContactText text)
{
    const auto* const texts = find(locale);
    return texts ? std::optional{pattern_of(texts->contact, text)} : std::nullopt;
}

std::optional<std::string_view> built_in_pattern(std::string_view locale, EmployeeText text)
{
    const auto* const texts = find(locale);
    return texts ? std::optional{pattern_of(texts->employee, text)} : std::nullopt;
}

}  // namespace wechat::texts
