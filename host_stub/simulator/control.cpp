#include "simulator/control.hpp"

#include "simulator/request_body.hpp"

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
Response bad(const wechat::Fault& fault) { return bad(400, wechat::name_of(fault.code), fault.detail); }
Response no_such_path() { return bad(404, "not_found", "no such path: see the simulator's README"); }
Response no_such_method() { return bad(405, "method", "this path knows other methods"); }

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

json::object clock_json(const Platform& platform)
{
    json::object fields;
    fields["now"] = to_number(platform.clock.now());
    fields["text"] = to_text(platform.clock.now());
    return fields;
}

json::array phone_json(const Contact* contact)
{
    json::array lines;
    if (contact == nullptr)
        return lines;
    for (const auto& entry : contact->phone) {
        json::object line;
        line["from"] = name_of(entry.from);
        line["kind"] = entry.kind;
        line["text"] = entry.text;
        line["media"] = entry.media.empty() ? json::value(nullptr) : json::value(entry.media);
        if (!entry.media_name.empty())
            line["media_name"] = entry.media_name;
        line["at"] = to_number(entry.at);
        lines.push_back(std::move(line));
    }
    return lines;
}

json::object window_json(const Platform& platform, const Contact* contact)
{
    const auto now = platform.clock.now();
    const auto ends = contact != nullptr ? contact->grants.ends_at(now) : std::nullopt;
    json::object fields;
    fields["slots_left"] = contact != nullptr ? contact->grants.slots_left(now) : 0;
    fields["ends_at"] = ends ? json::value(to_number(*ends)) : json::value(nullptr);
    return fields;
}

json::array requests_json(const Platform& platform, const std::string& path)
{
    json::array list;
    for (const auto& request : platform.requests()) {
        if (!path.empty() && path != request.path)
            continue;
        json::object line;
        line["number"] = request.number;
        line["at"] = to_number(request.at);
        line["app_id"] = request.app_id;
        line["method"] = request.method;
        line["path"] = request.path;
        line["query"] = request.query;
        line["body"] = request.body;
        line["peer"] = request.peer;
        line["status"] = request.status;
        line["answer"] = request.answer;
        list.push_back(std::move(line));
    }
    return list;
}

json::object delivered_json(const Delivered& delivered)
{
    json::object fields;
    fields["deliveries"] = delivered.deliveries;
    fields["answered"] = name_of(delivered.answered);
    fields["shown"] = delivered.shown.empty() ? json::value(nullptr) : json::value(delivered.shown);
    return fields;
}

Response clock(Platform& platform, const Request& request)
{
    if (request.method == "GET")
        return good(clock_json(platform));
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
        return bad(400, "bad_settings", "expected {\"advance\": \"24h\"}, milliseconds, or {\"now\": milliseconds}");
    if (now)
        platform.clock.set(to_moment(*now));
    else
        platform.clock.advance(by ? *by : Milliseconds{*milliseconds});
    return good(clock_json(platform));
}

Response faults(Platform& platform, const Request& request)
{
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

Response accounts(const Platform& platform)
{
    json::array list;
    for (const auto& [app_id, account] : platform.accounts())
        list.push_back(to_json(account->settings));
    return good(list);
}

Response media(const Platform& platform, const std::string& id)
{
    const auto* const file = platform.any_media(id);
    if (file == nullptr)
        return bad(404, "not_found", "no such file");
    return {.content_type = file->mime, .body = file->bytes};
}

Task<Response> put_account(Platform& platform, Courier& courier, std::string app_id, Request request)
{
    const auto body = object_in(request.body);
    if (!body)
        co_return bad(body.error());
    const auto* const known = platform.find(app_id);
    auto before = known != nullptr ? known->settings : Account{};
    before.app_id = app_id;
    auto account = account_from_json(*body, std::move(before));
    if (account && account->app_id != app_id)
        co_return bad(400, "bad_settings", "app_id: another one than in the path");
    if (!account)
        co_return bad(account.error());
    platform.put(std::move(*account));
    json::object fields;
    fields["verified"] = co_await courier.verify(std::move(app_id));
    co_return good(fields);
}

// The callback of what a contact does; a fault where there is no such act, or its body cannot be read.
wechat::Result<Push> act(
    Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& verb,
    const json::object& body, bool files
)
{
    if (verb == "send") {
        auto saying = saying_from_json(body, files);
        if (!saying)
            return saying.error();
        return says(platform, account, openid, std::move(*saying));
    }
    if (!only(body, {"scene", "key"}))
        return wechat::fail(wechat::errc::bad_settings, "expected scene or key");
    const auto scene = text_in(body, "scene").value_or("");
    if (verb == "follow")
        return follows(platform, account, openid, scene);
    if (verb == "unfollow")
        return unfollows(platform, account, openid);
    if (verb == "scan" && !scene.empty())
        return scans(platform, account, openid, scene);
    if (verb == "menu" && body.contains("key"))
        return clicks_menu(platform, account, openid, text_in(body, "key").value_or(""));
    return wechat::fail(wechat::errc::bad_settings, "expected send, follow, unfollow, scan {scene} or menu {key}");
}

Task<Response> contact(Platform& platform, Courier& courier, std::vector<std::string> steps, Request request, bool files)
{
    auto* const account = platform.find(steps[1]);
    const std::string openid = steps[3];
    const std::string verb = steps[4];
    if (account == nullptr)
        co_return bad(404, "not_found", "no such account");
    if (openid.empty())
        co_return bad(400, "bad_settings", "no openid");
    const auto found = account->contacts.find(openid);
    const auto* const known = found == account->contacts.end() ? nullptr : &found->second;
    if (verb == "phone" || verb == "window") {
        if (request.method != "GET")
            co_return no_such_method();
        co_return verb == "phone" ? good(phone_json(known)) : good(window_json(platform, known));
    }
    if (request.method != "POST")
        co_return no_such_method();
    const auto body = object_in(request.body);
    if (!body)
        co_return bad(body.error());
    auto push = act(platform, *account, openid, verb, *body, files);
    if (!push)
        co_return bad(push.error());
    const auto delivered = co_await courier.deliver(std::move(*push));
    co_return good(delivered_json(delivered));
}

}  // namespace

Task<Response> answer_control(Platform& platform, Courier& courier, Request request, bool files)
{
    auto steps = steps_of(request.path);
    const auto& room = steps.front();
    Response response = no_such_path();
    if (room == "accounts" && steps.size() == 5 && steps[2] == "contacts")
        response = co_await contact(platform, courier, std::move(steps), std::move(request), files);
    else if (room == "accounts" && steps.size() == 2 && request.method == "PUT")
        response = co_await put_account(platform, courier, std::move(steps.back()), std::move(request));
    else if (room == "clock" && steps.size() == 1)
        response = clock(platform, request);
    else if (room == "faults" && steps.size() == 1)
        response = faults(platform, request);
    else if (request.method != "GET")
        response = no_such_method();
    else if (room == "accounts" && steps.size() == 1)
        response = accounts(platform);
    else if (room == "requests" && steps.size() == 1)
        response = good(requests_json(platform, parameter(request.query, "path")));
    else if (room == "media" && steps.size() == 2)
        response = media(platform, steps.back());
    co_return response;
}

}  // namespace simulator
