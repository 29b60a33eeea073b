// Users (wechat-protocol.md 4.6).
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_batch = 100;
constexpr std::array<std::string_view, 4> languages{"", "zh_CN", "zh_TW", "en"};

bool all_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

json::object described(const Account& account, const std::string& openid, const Contact& contact)
{
    json::object fields;
    fields["subscribe"] = contact.following_since ? 1 : 0;
    fields["openid"] = openid;
    // One openid on two accounts is one person here; on the platform openids differ, and only the unionid is the same.
    if (!account.open_platform.empty())
        fields["unionid"] = account.open_platform + "-" + openid;
    if (!contact.following_since)
        return fields;
    fields["language"] = "zh_CN";
    fields["subscribe_time"] = to_seconds(*contact.following_since).time_since_epoch().count();
    fields["remark"] = "";
    fields["groupid"] = 0;
    fields["tagid_list"] = json::array{};
    fields["subscribe_scene"] = contact.scene.empty() ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE";
    const bool number = all_digits(contact.scene) && contact.scene.size() <= 10;
    fields["qr_scene"] = number ? std::stoll(contact.scene) : 0;
    fields["qr_scene_str"] = number ? "" : contact.scene;
    return fields;
}

// The fields of a user, or an errcode.
std::pair<std::int64_t, json::object>
find_user(const Call& call, const std::string& openid, const std::string& language)
{
    if (openid.empty())
        return {41009, {}};
    if (std::ranges::find(languages, language) == languages.end())
        return {40035, {}};  // UNVERIFIED: the platform may take any
    const auto found = call.account->contacts.find(openid);
    if (found == call.account->contacts.end())
        return {40003, {}};
    return {0, described(call.account->settings, openid, found->second)};
}

}  // namespace

Response user_info(Call& call)
{
    const auto& query = call.request.query;
    const auto [errcode, fields] = find_user(call, parameter(query, "openid"), parameter(query, "lang"));
    return errcode != 0 ? answer(call, errcode) : answer(fields);
}

Response user_info_batch(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto* const list = body.fields.if_contains("user_list");
    if (!only(body.fields, {"user_list"}) || list == nullptr || !list->is_array())
        return answer(call, 47001);
    if (list->get_array().empty() || list->get_array().size() > largest_batch)
        return answer(call, 40032);
    json::array users;
    for (const auto& wanted : list->get_array()) {
        if (!wanted.is_object() || !only(wanted.get_object(), {"openid", "lang"}))
            return answer(call, 47001);
        auto [errcode, fields] = find_user(
            call,
            text_in(wanted.get_object(), "openid").value_or(""),
            text_in(wanted.get_object(), "lang").value_or("")
        );
        if (errcode != 0)
            return answer(call, errcode);
        users.push_back(std::move(fields));
    }
    json::object fields;
    fields["user_info_list"] = std::move(users);
    return answer(fields);
}

}  // namespace simulator
