// Operations (wechat-protocol.md 4.8).
#include "simulator/endpoint.hpp"
#include "simulator/http_client.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

constexpr int quotas_cleared_per_month = 10;
constexpr std::chrono::days rids_kept{7};
constexpr std::size_t longest_data = 4096;        // bytes behind a short key
constexpr std::int64_t longest_life = 2'592'000;  // seconds of a short key: 30 days
constexpr std::array<std::string_view, 3> actions{"dns", "ping", "all"};
constexpr std::array<std::string_view, 4> operators{"CHINANET", "UNICOM", "CAP", "DEFAULT"};

bool is_one_of(std::span<const std::string_view> words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

std::int64_t month_of(Moment now)
{
    const std::chrono::year_month_day date{
        std::chrono::floor<std::chrono::days>(now + std::chrono::hours{8})};
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
}

// Counts one of the ten a month, which all three forms share; 0 or 48006.
std::int64_t take_clearing(OfficialAccount& account, Moment now)
{
    if (std::exchange(account.quota_month, month_of(now)) != month_of(now))
        account.quotas_cleared = 0;
    if (account.quotas_cleared >= quotas_cleared_per_month)
        return 48006;
    ++account.quotas_cleared;
    return 0;
}

Response clear_all(const Call& call, OfficialAccount& account)
{
    if (const auto fault = take_clearing(account, call.now); fault != 0)
        return answer(call, fault);
    account.usage.clear();
    return answer(call, 0);
}

// An address as it stands, or the machine that everything here runs on.
std::string address_of(const Url& url)
{
    return url.host.find_first_not_of("0123456789.") == std::string::npos ? url.host : "127.0.0.1";
}

}  // namespace

// Callbacks come from here, and the API is here.
Response ip_list(Call&)
{
    json::object fields;
    fields["ip_list"] = json::array{"127.0.0.1"};
    return answer(fields);
}

// package_loss says whether anybody listened when the URL was last called.
Response callback_check(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto action = text_in(body.fields, "action").value_or("");
    const auto from = text_in(body.fields, "check_operator").value_or("");
    if (!only(body.fields, {"action", "check_operator"}))
        return answer(call, 47001);
    if (!is_one_of(actions, action))
        return answer(call, 40202);
    if (!is_one_of(operators, from))
        return answer(call, 40203);
    const auto url = parse_url(call.account->settings.callback_url);
    if (!url)
        return answer(call, 40201);
    json::object fields;
    if (action != "ping")
        fields["dns"] = json::array{json::object{{"ip", address_of(*url)}, {"real_operator", "UNICOM"}}};
    if (action != "dns")
        fields["ping"] = json::array{json::object{
            {"ip", address_of(*url)},
            {"from_operator", from},
            {"package_loss", call.account->reachable ? "0%" : "100%"},
            {"time", call.account->reachable ? "0.100ms" : ""},
        }};
    return answer(fields);
}

Response clear_quota(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"appid"}))
        return answer(call, 47001);
    if (text_in(body.fields, "appid").value_or("") != call.account->settings.app_id)
        return answer(call, 40013);
    return clear_all(call, *call.account);
}

Response clear_quota_by_secret(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"appid", "appsecret"}))
        return answer(call, 47001);
    call.account = call.platform.find(text_in(body.fields, "appid").value_or(""));
    if (call.account == nullptr)
        return answer(call, 40013);
    if (text_in(body.fields, "appsecret").value_or("") != call.account->settings.app_secret)
        return answer(call, 40125);
    return clear_all(call, *call.account);
}

Response quota_clear(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto path = text_in(body.fields, "cgi_path").value_or("");
    if (!only(body.fields, {"cgi_path"}) || !limits_of(call.account->settings, path))
        return answer(call, 76021);
    if (const auto fault = take_clearing(*call.account, call.now); fault != 0)
        return answer(call, fault);
    call.account->usage.erase(path);
    return answer(call, 0);
}

Response quota_get(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto path = text_in(body.fields, "cgi_path").value_or("");
    const auto limits = limits_of(call.account->settings, path);
    if (!only(body.fields, {"cgi_path"}) || !limits)
        return answer(call, 76021);
    const auto found = call.account->usage.find(path);
    const bool today = found != call.account->usage.end() && found->second.day == beijing_day(call.now);
    const auto used = today ? found->second.today : 0;
    json::object data;
    data["quota"] = json::object{
        {"daily_limit", limits->per_day},
        {"used", used},
        {"remain", std::max<std::int64_t>(0, limits->per_day - used)},
    };
    if (limits->per_minute > 0)
        data["rate_limit"] = json::object{{"call_count", limits->per_minute}, {"refresh_second", 60}};
    return answer_ok(std::move(data));
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
    if (found == requests.end() || found->at + rids_kept <= call.now
        || found->app_id != call.account->settings.app_id)
        return answer(call, 76001);
    json::object request;
    request["invoke_time"] = to_seconds(found->at).time_since_epoch().count();
    request["cost_in_ms"] = 0;
    request["request_url"] = found->query;
    request["request_body"] = found->body;
    request["response_body"] = found->answer;
    request["client_ip"] = found->peer;
    json::object data;
    data["request"] = std::move(request);
    return answer_ok(std::move(data));
}

Response shorten_gen(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    auto data = text_in(body.fields, "long_data").value_or("");
    const bool named = body.fields.contains("expire_seconds");
    const auto seconds = named ? number_in(body.fields, "expire_seconds").value_or(0) : longest_life;
    if (!only(body.fields, {"long_data", "expire_seconds"}))
        return answer(call, 47001);
    // UNVERIFIED: the platform's own errcodes here and in shorten_fetch
    if (data.empty() || data.size() > longest_data || seconds < 1 || seconds > longest_life)
        return answer(call, 40097);
    const auto key = call.platform.random.letters(15);
    call.account->short_keys[key] = {std::move(data), call.now, std::chrono::seconds{seconds}};
    json::object fields;
    fields["short_key"] = key;
    return answer_ok(std::move(fields));
}

Response shorten_fetch(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    if (!only(body.fields, {"short_key"}))
        return answer(call, 47001);
    const auto found = call.account->short_keys.find(text_in(body.fields, "short_key").value_or(""));
    if (found == call.account->short_keys.end() || found->second.created + found->second.lifetime <= call.now)
        return answer(call, 40097);
    json::object fields;
    fields["long_data"] = found->second.data;
    fields["create_time"] = to_seconds(found->second.created).time_since_epoch().count();
    fields["expire_seconds"] =
        std::chrono::ceil<std::chrono::seconds>(found->second.created + found->second.lifetime - call.now)
            .count();
    return answer_ok(std::move(fields));
}

}  // namespace simulator
