// QR codes (wechat-protocol.md 4.7).
#include "base/utf8.hpp"
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

constexpr std::int64_t longest_life = 2'592'000;  // seconds: 30 days
constexpr std::int64_t usual_life = 60;
constexpr std::ptrdiff_t longest_scene = 64;  // characters

struct Action {
    std::string_view name;
    bool permanent;
    bool text;
    std::int64_t largest_scene;  // where it is a number
};
constexpr std::array actions{
    Action{"QR_SCENE", false, false, 0xFFFFFFFF},
    Action{"QR_STR_SCENE", false, true, 0},
    Action{"QR_LIMIT_SCENE", true, false, 100'000},
    Action{"QR_LIMIT_STR_SCENE", true, true, 0},
};

std::ptrdiff_t characters(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
}

// Empty: not one the platform takes.
std::string scene_in(const json::object& body, const Action& action)
{
    const auto* const info = body.if_contains("action_info");
    const auto* const scene =
        info != nullptr && info->is_object() ? info->get_object().if_contains("scene") : nullptr;
    if (scene == nullptr || !scene->is_object() || scene->get_object().size() != 1)
        return {};
    if (action.text) {
        auto words = text_in(scene->get_object(), "scene_str").value_or("");
        return characters(words) <= longest_scene ? words : std::string{};
    }
    const auto id = number_in(scene->get_object(), "scene_id").value_or(0);
    return id >= 1 && id <= action.largest_scene ? std::to_string(id) : std::string{};
}

// The permanent code of a scene is the same one however often it is asked for.
const QrCode* permanent_code(const OfficialAccount& account, std::string_view action, std::string_view scene)
{
    const auto found = std::ranges::find_if(account.codes, [&](const QrCode& code) {
        return code.action == action && code.scene == scene;
    });
    return found == account.codes.end() ? nullptr : &*found;
}

Response show(const QrCode& code, std::int64_t seconds)
{
    json::object fields;
    fields["ticket"] = code.ticket;
    if (code.expires)
        fields["expire_seconds"] = seconds;
    fields["url"] = code.url;
    return answer(fields);
}

}  // namespace

Response qrcode_create(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"expire_seconds", "action_name", "action_info"}))
        return answer(call, 47001);
    const auto name = text_in(body.fields, "action_name").value_or("");
    const auto* const action = std::ranges::find(actions, name, &Action::name);
    if (action == actions.end())
        return answer(call, 40052);
    if (const auto* const info = body.fields.if_contains("action_info");
        info == nullptr || !info->is_object())
        return answer(call, 40053);
    const auto scene = scene_in(body.fields, *action);
    if (scene.empty())
        return answer(call, 40129);
    auto& account = *call.account;
    if (action->permanent) {
        if (const auto* const known = permanent_code(account, name, scene))
            return show(*known, 0);
        const auto permanent = [](const QrCode& code) { return !code.expires; };
        if (std::cmp_greater_equal(
                std::ranges::count_if(account.codes, permanent), call.platform.rules.permanent_codes
            ))
            return answer(call, 45029);
        account.codes.push_back(make_code(call.platform.random, name, scene, std::nullopt));
        return show(account.codes.back(), 0);
    }
    const bool named = body.fields.contains("expire_seconds");
    const auto seconds = named ? number_in(body.fields, "expire_seconds").value_or(0) : usual_life;
    if (seconds < 1 || seconds > longest_life)
        return answer(call, 40097);  // UNVERIFIED: the platform may shorten it instead
    account.codes.push_back(
        make_code(call.platform.random, name, scene, call.now + std::chrono::seconds{seconds})
    );
    return show(account.codes.back(), seconds);
}

// Asked for by anybody's browser: no token, and a page instead of an errcode.
Response qrcode_show(Call& call)
{
    const auto ticket = parameter(call.request.query, "ticket");
    for (const auto& [app_id, account] : call.platform.accounts())
        if (const auto* const code = code_of_ticket(*account, ticket, call.now))
            return {.content_type = "image/jpg", .body = picture_of(code->url)};
    return page(404, "404 Not Found");
}

}  // namespace simulator
