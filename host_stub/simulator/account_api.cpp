// Users, QR codes and operations (wechat-protocol.md 4.6 to 4.8).
#include "simulator/acts.hpp"
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

constexpr std::int64_t longest_qr_code = 2'592'000;  // seconds: 30 days
constexpr std::int64_t usual_qr_code = 60;
constexpr std::int64_t largest_permanent_scene = 100'000;
constexpr int quotas_cleared_per_month = 10;

// The scene of a code, by its action; empty: not one the platform takes.
std::string scene_in(const json::object& body, const std::string& action)
{
    const auto* const info = body.if_contains("action_info");
    const auto* const scene = info != nullptr && info->is_object() ? info->get_object().if_contains("scene") : nullptr;
    if (scene == nullptr || !scene->is_object())
        return {};
    if (action.ends_with("_STR_SCENE")) {
        auto text = text_in(scene->get_object(), "scene_str").value_or("");
        return text.size() <= 64 ? text : std::string{};
    }
    const auto id = number_in(scene->get_object(), "scene_id").value_or(0);
    const auto largest = action == "QR_SCENE" ? std::int64_t{0xFFFFFFFF} : largest_permanent_scene;
    return id >= 1 && id <= largest ? std::to_string(id) : std::string{};
}

std::int64_t month_of(Moment now)
{
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now + std::chrono::hours{8})};
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
}

}  // namespace

Response user_info(Call& call)
{
    const auto openid = parameter(call.request.query, "openid");
    if (openid.empty())
        return answer(call, 41009);
    const auto found = call.account->contacts.find(openid);
    if (found == call.account->contacts.end())
        return answer(call, 40003);
    const auto& contact = found->second;
    json::object fields;
    fields["subscribe"] = contact.following_since ? 1 : 0;
    fields["openid"] = openid;
    if (!contact.following_since)
        return answer(fields);
    fields["language"] = "zh_CN";
    fields["subscribe_time"] = to_seconds(*contact.following_since).time_since_epoch().count();
    fields["remark"] = "";
    fields["groupid"] = 0;
    fields["tagid_list"] = json::array{};
    fields["subscribe_scene"] = contact.scene.empty() ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE";
    const bool number = !contact.scene.empty() && std::ranges::all_of(contact.scene, [](char c) {
        return c >= '0' && c <= '9';
    });
    fields["qr_scene"] = number && contact.scene.size() <= 10 ? std::stoll(contact.scene) : 0;
    fields["qr_scene_str"] = number ? "" : contact.scene;
    return answer(fields);
}

Response qrcode_create(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"expire_seconds", "action_name", "action_info"}))
        return answer(call, 47001);
    const auto action = text_in(body.fields, "action_name").value_or("");
    const bool temporary = action == "QR_SCENE" || action == "QR_STR_SCENE";
    if (!temporary && action != "QR_LIMIT_SCENE" && action != "QR_LIMIT_STR_SCENE")
        return answer(call, 40052);
    const auto scene = scene_in(body.fields, action);
    if (scene.empty())
        return answer(call, 40129);
    const auto seconds = number_in(body.fields, "expire_seconds").value_or(usual_qr_code);
    if (temporary && (seconds < 1 || seconds > longest_qr_code))
        return answer(call, 40097);
    json::object fields;
    fields["ticket"] = ticket_of(scene);
    if (temporary)
        fields["expire_seconds"] = seconds;
    fields["url"] = "http://weixin.qq.com/q/" + call.platform.random.letters(20);
    return answer(fields);
}

// Callbacks come from here, and the API is here.
Response ip_list(Call&)
{
    json::object fields;
    fields["ip_list"] = json::array{"127.0.0.1"};
    return answer(fields);
}

Response clear_quota(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    auto& account = *call.account;
    if (!only(body.fields, {"appid"}))
        return answer(call, 47001);
    if (text_in(body.fields, "appid").value_or("") != account.settings.app_id)
        return answer(call, 40013);
    if (std::exchange(account.quota_month, month_of(call.now)) != month_of(call.now))
        account.quotas_cleared = 0;
    if (account.quotas_cleared >= quotas_cleared_per_month)
        return answer(call, 48006);
    ++account.quotas_cleared;
    account.usage.clear();
    return answer(call, 0);
}

Response quota_get(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto path = text_in(body.fields, "cgi_path").value_or("");
    const auto limits = limits_of(path);
    if (!only(body.fields, {"cgi_path"}) || !limits)
        return answer(call, 76021);
    const auto found = call.account->usage.find(path);
    const bool today = found != call.account->usage.end() && found->second.day == beijing_day(call.now);
    const auto used = today ? found->second.today : 0;
    json::object quota;
    quota["daily_limit"] = limits->per_day;
    quota["used"] = used;
    quota["remain"] = std::max<std::int64_t>(0, limits->per_day - used);
    json::object fields;
    fields["errcode"] = 0;
    fields["errmsg"] = "ok";
    fields["quota"] = std::move(quota);
    return answer(fields);
}

Response rid_get(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto rid = text_in(body.fields, "rid").value_or("");
    if (rid.size() != call.rid.size())
        return answer(call, 76002);
    const auto& requests = call.platform.requests();
    const auto found = std::ranges::find(requests, rid, &LoggedRequest::rid);
    if (found == requests.end() || found->app_id != call.account->settings.app_id)
        return answer(call, 76001);
    json::object request;
    request["invoke_time"] = to_seconds(found->at).time_since_epoch().count();
    request["cost_in_ms"] = 0;
    request["request_url"] = found->query;
    request["request_body"] = found->body;
    request["response_body"] = found->answer;
    request["client_ip"] = found->peer;
    json::object fields;
    fields["errcode"] = 0;
    fields["errmsg"] = "ok";
    fields["request"] = std::move(request);
    return answer(fields);
}

}  // namespace simulator
