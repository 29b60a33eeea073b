#include "simulator/control.hpp"

#include "simulator/act_body.hpp"
#include "simulator/request_body.hpp"
#include "simulator/views.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <utility>
#include <vector>

namespace simulator {
namespace {

namespace json = boost::json;
constexpr auto json_type = "application/json";

Response good(const json::value& value)
{
    return {.content_type = json_type, .body = json::serialize(value)};
}

Response bad(unsigned status, std::string_view error, std::string_view text)
{
    json::object fields;
    fields["error"] = error;
    fields["text"] = text;
    return {.status = status, .content_type = json_type, .body = json::serialize(fields)};
}
Response bad(const wechat::Fault& fault)
{
    return bad(fault.code == wechat::errc::not_found ? 404 : 400, wechat::name_of(fault.code), fault.detail);
}
Response no_such_path()
{
    return bad(404, "not_found", "no such path: see the simulator's README");
}
Response no_such_method()
{
    return bad(405, "method", "this path knows other methods");
}

// An empty body is an empty object, for nearly every field has a default.
wechat::Result<json::object> object_in(const std::string& body)
{
    json::error_code error;
    auto value = body.empty() ? json::value(json::object{}) : json::parse(body, error);
    if (error || !value.is_object())
        return wechat::fail(wechat::errc::bad_json, "expected a JSON object");
    return std::move(value.get_object());
}

std::vector<std::string> steps_of(std::string_view path)
{
    std::vector<std::string> steps;
    path.remove_prefix(std::string_view{"/sim/"}.size());
    while (true) {
        const auto slash = path.find('/');
        steps.push_back(percent_decoded(path.substr(0, slash)));
        if (slash == std::string_view::npos)
            return steps;
        path.remove_prefix(slash + 1);
    }
}

Response clock(Platform& platform, const Request& request)
{
    if (request.method == "GET")
        return good(clock_json(platform.clock));
    if (request.method != "POST")
        return no_such_method();
    const auto body = object_in(request.body);
    if (!body)
        return bad(body.error());
    const auto text = text_in(*body, "advance");
    const auto by = text ? parse_duration(*text) : std::nullopt;
    const auto milliseconds = number_in(*body, "advance");
    const auto now = number_in(*body, "now");
    if (!only(*body, {"advance", "now"}) || (!by && !milliseconds && !now))
        return bad(
            400, "bad_settings", "expected {\"advance\": \"24h\"}, milliseconds, or {\"now\": milliseconds}"
        );
    if (now)
        platform.clock.set(to_moment(*now));
    else
        platform.clock.advance(by ? *by : Milliseconds{*milliseconds});
    return good(clock_json(platform.clock));
}

Response faults(Platform& platform, const Request& request)
{
    if (request.method == "GET")
        return good(faults_json(platform.faults));
    if (request.method == "DELETE") {
        const auto path = parameter(request.query, "path");
        path.empty() ? platform.faults.clear() : platform.faults.clear(path);
        return good(json::object{});
    }
    if (request.method != "POST")
        return no_such_method();
    const auto body = object_in(request.body);
    if (!body)
        return bad(body.error());
    auto fault = fault_from_json(*body);
    if (!fault)
        return bad(fault.error());
    platform.faults.add(std::move(*fault));
    return good(json::object{});
}

// After the answer: who asks for it must still hear that it is granted.
Response refuse(const Hands& hands, const Request& request)
{
    const auto body = object_in(request.body);
    if (!body)
        return bad(body.error());
    const auto time = number_in(*body, "for_ms").value_or(0);
    if (!only(*body, {"for_ms"}) || time < 1 || time > 600'000 || !hands.refuse)
        return bad(400, "bad_settings", "expected {\"for_ms\": 1 to 600000}");
    hands.refuse(Milliseconds{time});
    return good(json::object{});
}

Response media(const Platform& platform, const std::string& id)
{
    const auto* const file = platform.any_media(id);
    if (file == nullptr)
        return bad(404, "not_found", "no such file");
    // Of a type found in its own bytes, and never one that a browser would run.
    return {
        .content_type = file->mime.empty() ? "application/octet-stream" : file->mime, .body = file->bytes};
}

// A file that is on the platform without an upload: what the console or the JS-SDK would have put there.
Response put_media(Platform& platform, OfficialAccount& account, const Request& request, bool files)
{
    const auto body = object_in(request.body);
    if (!body)
        return bad(body.error());
    const auto type = text_in(*body, "type").value_or("");
    if (!only(*body, {"type", "file", "name"})
        || (type != "image" && type != "voice" && type != "video" && type != "thumb" && type != "news"))
        return bad(400, "bad_settings", "expected {type: image, voice, video, thumb or news, file, name}");
    auto file = file_from(text_in(*body, "file").value_or(""), files);
    if (!file && type != "news")
        return bad(file.error());
    const std::string bytes = file ? std::move(*file) : std::string{};
    json::object fields;
    fields["media_id"] = platform.store(
        account,
        {.type = type,
         .name = text_in(*body, "name").value_or(type),
         .mime = std::string{mime_of(bytes)},
         .bytes = bytes,
         .expires = platform.clock.now() + media_lifetime}
    );
    return good(fields);
}

Task<Response> put_account(Hands& hands, std::string app_id, Request request)
{
    const auto body = object_in(request.body);
    if (!body)
        co_return bad(body.error());
    auto& platform = hands.platform;
    const auto* const known = platform.find(app_id);
    auto before = known != nullptr ? known->settings : Account{};
    before.app_id = app_id;
    auto account = account_from_json(*body, std::move(before), platform.rules.push);
    if (account && account->app_id != app_id)
        co_return bad(400, "bad_settings", "app_id: another one than in the path");
    if (!account)
        co_return bad(account.error());
    platform.put(std::move(*account));
    json::object fields;
    fields["verified"] = co_await hands.courier.verify(std::move(app_id));
    co_return good(fields);
}

Task<Response> burst(Hands& hands, OfficialAccount& account, Request request)
{
    const auto body = object_in(request.body);
    if (!body)
        co_return bad(body.error());
    auto made = burst_from_json(hands.platform, account, *body, hands.files);
    if (!made)
        co_return bad(made.error());
    std::vector<Push> pushes;
    for (const auto index : made->order)
        pushes.push_back(std::move(made->pushes[index]));
    const auto delivered = co_await hands.courier.deliver_all(std::move(pushes), made->at_once);
    json::array list(delivered.size());
    for (std::size_t i = 0; i < delivered.size(); ++i)
        list[made->order[i]] = delivered_json(delivered[i]);
    co_return good(list);
}

// How the results of template messages to a contact come out.
Response set_template_status(Contact& contact, const json::object& body)
{
    const auto status = text_in(body, "status").value_or("");
    if (!only(body, {"status"}) || status.empty())
        return bad(
            400, "bad_settings", "expected {status}: success, failed:user block, failed: system failed"
        );
    contact.template_status = status;
    return good(json::object{});
}

Task<Response>
contact(Hands& hands, OfficialAccount& account, std::vector<std::string> steps, Request request)
{
    const std::string openid = steps[3];
    const std::string verb = steps[4];
    if (openid.empty())
        co_return bad(400, "bad_settings", "no openid");
    const auto found = account.contacts.find(openid);
    const auto* const known = found == account.contacts.end() ? nullptr : &found->second;
    if (verb == "phone" || verb == "window") {
        if (request.method != "GET")
            co_return no_such_method();
        const auto now = hands.platform.clock.now();
        co_return verb == "phone" ? good(phone_json(known)) : good(window_json(known, now));
    }
    if (request.method != "POST")
        co_return no_such_method();
    const auto body = object_in(request.body);
    if (!body)
        co_return bad(body.error());
    if (verb == "templates")
        co_return set_template_status(account.contacts[openid], *body);
    auto done = act_from_json(hands.platform, account, openid, verb, *body, hands.files);
    if (!done)
        co_return bad(done.error());
    if (!done->waits) {
        hands.courier.start(std::move(done->push));
        json::object under_way;
        under_way["answered"] = "under_way";
        co_return good(under_way);
    }
    const auto delivered = co_await hands.courier.deliver(std::move(done->push));
    co_return good(delivered_json(delivered));
}

// Below /sim/accounts/APPID.
Task<Response> account(Hands& hands, std::vector<std::string> steps, Request request)
{
    if (steps.size() == 2 && request.method == "PUT") {
        auto app_id = std::move(steps[1]);
        auto response = co_await put_account(hands, std::move(app_id), std::move(request));
        co_return response;
    }
    auto* const known = hands.platform.find(steps[1]);
    if (known == nullptr)
        co_return bad(404, "not_found", "no such account");
    Response response = no_such_path();
    if (steps.size() == 2)
        response = request.method == "GET" ? good(to_json(known->settings)) : no_such_method();
    else if (steps.size() == 5 && steps[2] == "contacts")
        response = co_await contact(hands, *known, std::move(steps), std::move(request));
    else if (steps.size() == 3 && (steps[2] == "burst" || steps[2] == "media") && request.method != "POST")
        response = no_such_method();
    else if (steps.size() == 3 && steps[2] == "burst")
        response = co_await burst(hands, *known, std::move(request));
    else if (steps.size() == 3 && steps[2] == "media")
        response = put_media(hands.platform, *known, request, hands.files);
    co_return response;
}

Task<Response> settle(Courier& courier)
{
    co_await courier.settle();
    co_return good(json::object{});
}

}  // namespace

Task<Response> answer_control(Hands& hands, Request request)
{
    auto& platform = hands.platform;
    auto steps = steps_of(request.path);
    const auto& room = steps.front();
    const auto app_id = parameter(request.query, "app_id");
    Response response = no_such_path();
    if (room == "accounts" && steps.size() >= 2)
        response = co_await account(hands, std::move(steps), std::move(request));
    else if (room == "clock" && steps.size() == 1)
        response = clock(platform, request);
    else if (room == "faults" && steps.size() == 1)
        response = faults(platform, request);
    else if ((room == "refuse" || room == "settle") && steps.size() == 1 && request.method != "POST")
        response = no_such_method();
    else if (room == "refuse" && steps.size() == 1)
        response = refuse(hands, request);
    else if (room == "settle" && steps.size() == 1)
        response = co_await settle(hands.courier);
    else if (request.method != "GET")
        response = no_such_method();
    else if (room == "accounts" && steps.size() == 1)
        response = good(accounts_json(platform));
    else if (room == "requests" && steps.size() == 1)
        response = good(requests_json(platform, parameter(request.query, "path"), app_id));
    else if (room == "callbacks" && steps.size() == 1)
        response = good(callbacks_json(platform, parameter(request.query, "openid"), app_id));
    else if (room == "media" && steps.size() == 2)
        response = media(platform, steps.back());
    co_return response;
}

wechat::Result<void> put_accounts(Platform& platform, std::string_view list)
{
    json::error_code error;
    const auto value = json::parse({list.data(), list.size()}, error);
    if (error || !value.is_array())
        return wechat::fail(wechat::errc::bad_json, "expected a list of accounts");
    for (const auto& fields : value.get_array()) {
        if (!fields.is_object())
            return wechat::fail(wechat::errc::bad_json, "expected a list of accounts");
        auto account = account_from_json(fields.get_object(), {}, platform.rules.push);
        if (!account)
            return account.error();
        platform.put(std::move(*account));
    }
    return {};
}

}  // namespace simulator
