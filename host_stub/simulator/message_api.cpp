// message/custom/send and message/custom/typing (wechat-protocol.md 4.2, 4.3).
#include "simulator/custom_message.hpp"
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

constexpr std::chrono::seconds typing_shown{15};        // wechat-protocol.md 4.3
constexpr std::chrono::seconds typing_allowed_for{30};  // 45080: after the contact's last message

struct Recipient {
    std::int64_t errcode = 0;
    Contact* contact = nullptr;
};

// 45015 stands for "unsubscribed", too; we always name the clearer one.
Recipient recipient(const Call& call, const std::string& openid)
{
    const auto found = call.account->contacts.find(openid);
    if (openid.empty())
        return {.errcode = 41009};
    if (found == call.account->contacts.end())
        return {.errcode = 40003};
    if (!found->second.following_since)
        return {.errcode = 43004};
    if (!found->second.grants.any_alive(call.now))
        return {.errcode = 45015};
    return {.contact = &found->second};
}

bool all_there(const Call& call, const CustomMessage& message)
{
    return std::ranges::all_of(message.media, [&](const MediaReference& reference) {
        const auto* const media = Platform::media(*call.account, reference.id, call.now);
        return media != nullptr && media->type == reference.type;
    });
}

void show(const Call& call, Contact& contact, CustomMessage message)
{
    PhoneEntry entry{.kind = std::move(message.kind), .text = std::move(message.text), .at = call.now};
    if (!message.media.empty()) {
        entry.media = message.media.front().id;
        entry.media_name = Platform::media(*call.account, entry.media, call.now)->name;
    }
    contact.phone.push_back(std::move(entry));
}

}  // namespace

// The order of the checks: wechat-protocol.md 9.3; the platform's own is not known. Only what is accepted uses a slot.
Response custom_send(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    auto read = read_custom_message(body.fields, call.platform.rules.text_bytes);
    if (read.errcode != 0)
        return answer(call, read.errcode);
    const auto to = recipient(call, read.message.to);
    if (to.errcode != 0)
        return answer(call, to.errcode);
    if (to.contact->grants.slots_left(call.now) == 0)
        return answer(call, 45047);
    if (!all_there(call, read.message))
        return answer(call, 40007);
    if (read.message.size_code != 0)
        return answer(call, read.message.size_code);
    const auto& linked = call.account->settings.mini_programs;
    if (const auto& page = read.message.mini_program;
        !page.empty() && std::ranges::find(linked, page) == linked.end())
        return answer(call, 45064);
    to.contact->grants.take(call.now);
    to.contact->typing_until = {};
    show(call, *to.contact, std::move(read.message));
    return answer(call, 0);
}

Response custom_typing(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"touser", "command"}))
        return answer(call, 47001);
    const auto command = text_in(body.fields, "command").value_or("");
    if (command != "Typing" && command != "CancelTyping")
        return answer(call, 45072);
    const auto to = recipient(call, text_in(body.fields, "touser").value_or(""));
    if (to.errcode != 0)
        return answer(call, to.errcode);
    auto& contact = *to.contact;
    if (command == "CancelTyping") {
        contact.typing_until = {};
        return answer(call, 0);
    }
    if (!contact.last_message || call.now - *contact.last_message > typing_allowed_for)
        return answer(call, 45080);
    if (call.now < contact.typing_until)
        return answer(call, 45081);
    contact.typing_until = call.now + typing_shown;
    return answer(call, 0);
}

}  // namespace simulator
