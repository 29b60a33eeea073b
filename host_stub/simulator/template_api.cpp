// Messages that need no window, and the events that tell what became of them (wechat-protocol.md 4.4).
#include "simulator/acts.hpp"
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;
using Values = std::map<std::string, std::string>;

constexpr std::chrono::minutes same_message_for{10};  // client_msg_id

// The values by name, or nothing: something else than {NAME: {value[, color]}}.
std::optional<Values> values_in(const json::object& body, bool color)
{
    const auto* const data = body.if_contains("data");
    if (data == nullptr || !data->is_object())
        return std::nullopt;
    Values values;
    for (const auto& field : data->get_object()) {
        const auto* const one = field.value().if_object();
        const auto value = one != nullptr ? text_in(*one, "value") : std::nullopt;
        if (!value || !(color ? only(*one, {"value", "color"}) : only(*one, {"value"})))
            return std::nullopt;
        values[std::string{field.key()}] = *value;
    }
    return values;
}

// The words as the phone shows them; nothing: the names are not those of the template.
std::optional<std::string> filled(const Template& wanted, const Values& values)
{
    std::string text;
    if (wanted.content.empty()) {
        for (const auto& [name, value] : values)
            text += (text.empty() ? "" : "\n") + value;
        return text;
    }
    std::set<std::string> used;
    std::string_view rest = wanted.content;
    while (true) {
        const auto open = rest.find("{{");
        const auto close = rest.find(".DATA}}", open == std::string_view::npos ? 0 : open);
        text += rest.substr(0, open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            break;
        const std::string name{rest.substr(open + 2, close - open - 2)};
        const auto value = values.find(name);
        if (value == values.end())
            return std::nullopt;
        used.insert(name);
        text += value->second;
        rest.remove_prefix(close + std::string_view{".DATA}}"}.size());
    }
    return used.size() == values.size() ? std::optional{text} : std::nullopt;
}

// A page of a mini program that the message leads to: 0, 47001, 40166 (not linked) or 40165 (no path).
std::int64_t check_page(const Call& call, const json::object& body)
{
    const auto* const page = body.if_contains("miniprogram");
    if (page == nullptr)
        return 0;
    if (!page->is_object() || !only(page->get_object(), {"appid", "pagepath"}))
        return 47001;
    const auto& linked = call.account->settings.mini_programs;
    const auto app_id = text_in(page->get_object(), "appid").value_or("");
    if (std::ranges::find(linked, app_id) == linked.end())
        return 40166;
    return text_in(page->get_object(), "pagepath").value_or("").empty() ? 40165 : 0;
}

// A message of either kind as far as both are alike. errcode 0: contact and text are there.
struct Prepared {
    std::int64_t errcode = 0;
    std::string openid = {};
    std::string template_id = {};
    Contact* contact = nullptr;
    std::string text = {};
};

Prepared prepare(const Call& call, const json::object& body, bool subscription)
{
    Prepared made{
        .openid = text_in(body, "touser").value_or(""),
        .template_id = text_in(body, "template_id").value_or("")};
    const auto contact = call.account->contacts.find(made.openid);
    if (contact == call.account->contacts.end())
        return {.errcode = 40003};
    made.contact = &contact->second;
    const auto& templates = call.account->settings.templates;
    const auto wanted = templates.find(made.template_id);
    if (wanted == templates.end() || wanted->second.subscription != subscription)
        return {.errcode = 40037};
    const auto values = values_in(body, !subscription);
    auto text = values ? filled(wanted->second, *values) : std::nullopt;
    if (!text)
        return {.errcode = 47003};
    made.text = std::move(*text);
    made.errcode = check_page(call, body);
    return made;
}

void tell(Call& call, const std::string& openid, wechat::codec::Fields fields)
{
    fields.put("MsgType", "event");
    call.platform.due.push_back(acts(call.platform, *call.account, openid, std::move(fields)));
}

Response sent(std::int64_t id)
{
    json::object fields;
    fields["msgid"] = id;
    return answer_ok(std::move(fields));
}

}  // namespace

Response template_send(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"touser", "template_id", "url", "miniprogram", "data", "client_msg_id"}))
        return answer(call, 47001);
    auto message = prepare(call, body.fields, false);
    if (message.errcode != 0)
        return answer(call, message.errcode);
    if (!message.contact->following_since)
        return answer(call, 43004);
    const auto client_id = text_in(body.fields, "client_msg_id").value_or("");
    auto& before = call.account->sent_templates[message.openid + " " + client_id];
    if (!client_id.empty() && before.id != 0 && call.now < before.at + same_message_for)
        return sent(before.id);
    before = {call.platform.next_job_id(), call.now};
    if (message.contact->template_status == "success")
        message.contact->phone.push_back({.kind = "template", .text = std::move(message.text), .at = call.now}
        );
    tell(
        call,
        message.openid,
        {
            {"Event", "TEMPLATESENDJOBFINISH"},
            {"MsgID", std::to_string(before.id)},
            {"Status", message.contact->template_status},
        }
    );
    return sent(before.id);
}

Response subscription_send(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"touser", "template_id", "page", "miniprogram", "data"}))
        return answer(call, 47001);
    auto message = prepare(call, body.fields, true);
    if (message.errcode != 0)
        return answer(call, message.errcode);
    auto& left = message.contact->subscriptions[message.template_id];
    if (left == 0)
        return answer(call, 43101);
    --left;
    message.contact->phone.push_back({.kind = "subscription", .text = std::move(message.text), .at = call.now}
    );
    const std::string list = "SubscribeMsgSentEvent.List.";
    tell(
        call,
        message.openid,
        {
            {"Event", "subscribe_msg_sent_event"},
            {list + "TemplateId", message.template_id},
            {list + "MsgID", std::to_string(call.platform.next_job_id())},
            {list + "ErrorCode", "0"},
            {list + "ErrorStatus", "success"},
        }
    );
    return answer(call, 0);
}

}  // namespace simulator
