#include "simulator/api.hpp"

#include "simulator/endpoint.hpp"
#include "simulator/errmsg.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace simulator {
namespace {

namespace json = boost::json;

// needs_token: the others check who calls themselves. certified: only for accounts that have passed verification.
struct Endpoint {
    std::string_view path;
    std::string_view method;  // empty: either
    bool needs_token;
    bool certified;
    Limits limits;
    Response (*function)(Call&);
};

// Limits: wechat-protocol.md 4.1 and 7, of a new verified account.
constexpr std::array endpoints{
    Endpoint{"/cgi-bin/message/custom/send", "POST", true, true, {500'000, 0}, custom_send},
    Endpoint{"/cgi-bin/message/custom/typing", "POST", true, true, {0, 0}, custom_typing},
    Endpoint{"/cgi-bin/stable_token", "POST", false, false, {500'000, 10'000}, stable_token},
    Endpoint{"/cgi-bin/token", "GET", false, false, {2'000, 0}, token},
    Endpoint{"/cgi-bin/media/upload", "POST", true, false, {100'000, 0}, media_upload},
    Endpoint{"/cgi-bin/media/get", "GET", true, false, {200'000, 0}, media_get},
    Endpoint{"/cgi-bin/user/info", "GET", true, true, {5'000'000, 0}, user_info},
    Endpoint{"/cgi-bin/qrcode/create", "POST", true, true, {100'000, 0}, qrcode_create},
    Endpoint{"/cgi-bin/getcallbackip", "GET", true, false, {0, 0}, ip_list},
    Endpoint{"/cgi-bin/get_api_domain_ip", "GET", true, false, {0, 0}, ip_list},
    Endpoint{"/cgi-bin/clear_quota", "POST", true, false, {0, 0}, clear_quota},
    Endpoint{"/cgi-bin/openapi/quota/get", "POST", true, false, {0, 0}, quota_get},
    Endpoint{"/cgi-bin/openapi/rid/get", "POST", true, false, {0, 0}, rid_get},
};

const Endpoint* endpoint_at(std::string_view path)
{
    for (const auto& endpoint : endpoints)
        if (endpoint.path == path)
            return &endpoint;
    return nullptr;
}

Response page(unsigned status, std::string_view title)
{
    std::string text{title};
    return {
        .status = status,
        .content_type = "text/html",
        .body = "<html>\r\n<head><title>" + text + "</title></head>\r\n<body>\r\n<center><h1>" + text
            + "</h1></center>\r\n</body>\r\n</html>\r\n",
    };
}

// Who calls: 41001, 40014, 40001 or 42001 where we cannot tell.
std::int64_t identify(Call& call)
{
    const auto token = parameter(call.request.query, "access_token");
    if (token.empty())
        return 41001;
    auto* const owner = call.platform.owner_of(token);
    const auto fault = owner != nullptr ? owner->tokens.check(token, call.now) : Tokens{}.check(token, call.now);
    if (fault == 0)
        call.account = owner;
    return fault;
}

Response carry_out(const Endpoint& endpoint, Call& call)
{
    if (!endpoint.method.empty() && call.request.method != endpoint.method)
        return answer(call, endpoint.method == "POST" ? 43002 : 43001);
    if (!endpoint.needs_token)
        return endpoint.function(call);
    if (const auto fault = identify(call); fault != 0)
        return answer(call, fault);
    if (endpoint.certified && !call.account->settings.certified)
        return answer(call, 48001);
    auto& usage = call.account->usage[call.request.path];
    if (const auto fault = count_call(usage, endpoint.limits.per_day, endpoint.limits.per_minute, call.now); fault != 0)
        return answer(call, fault);
    return endpoint.function(call);
}

Response suffer(const Fault& fault, const Endpoint& endpoint, Call& call)
{
    if (fault.timeout == Fault::Timeout::before)
        return {.status = 0, .manner = Response::Manner::none};
    if (fault.errcode)
        return answer(call, *fault.errcode);
    if (fault.http_status)
        return page(*fault.http_status, std::to_string(*fault.http_status) + " Gateway");
    auto response = carry_out(endpoint, call);
    if (fault.timeout == Fault::Timeout::after_write)
        response.manner = Response::Manner::none;
    else if (fault.truncate)
        response.manner = Response::Manner::cut;
    return response;
}

// Files are not logged, only how large they were.
std::string for_log(const std::string& body, std::string_view content_type)
{
    const bool readable = content_type.empty() || content_type.find("json") != std::string_view::npos
        || content_type.starts_with("text/") || content_type.find("urlencoded") != std::string_view::npos;
    return readable && body.size() <= 64 * 1024U ? body : "[" + std::to_string(body.size()) + " bytes]";
}

void log(Call& call, const Response& response)
{
    const auto& request = call.request;
    const bool answered = response.manner != Response::Manner::none;
    call.platform.log({
        .at = call.now,
        .app_id = call.account != nullptr ? call.account->settings.app_id : std::string{},
        .method = request.method,
        .path = request.path,
        .query = request.query,
        .body = for_log(request.body, request.content_type),
        .peer = request.peer,
        .status = answered ? response.status : 0,
        .answer = answered ? for_log(response.body, response.content_type) : std::string{},
        .rid = std::move(call.rid),
    });
}

}  // namespace

Response answer(const Call& call, std::int64_t errcode)
{
    json::object fields;
    fields["errcode"] = errcode;
    std::string words{errmsg_of(errcode)};
    // Operators copy the address from this text into the allow-list (wechat-protocol.md 4.1).
    if (errcode == 40164)
        words += " " + call.request.peer + " ipv6 ::ffff:" + call.request.peer + ", not in whitelist";
    fields["errmsg"] = errcode == 0 ? words : words + " rid: " + call.rid;
    return answer(fields);
}

Response answer(const json::object& fields) { return {.body = json::serialize(fields)}; }

std::optional<Limits> limits_of(std::string_view path)
{
    const auto* const endpoint = endpoint_at(path);
    return endpoint != nullptr ? std::optional{endpoint->limits} : std::nullopt;
}

Response answer_api(Platform& platform, const Request& request)
{
    Call call{.platform = platform, .request = request, .now = platform.clock.now(), .rid = platform.random.rid()};
    const auto* const endpoint = endpoint_at(request.path);
    auto response = page(404, "404 Not Found");
    if (endpoint != nullptr) {
        const auto fault = platform.faults.take(request.path);
        response = suffer(fault, *endpoint, call);
        response.latency = fault.latency;
    }
    log(call, response);
    return response;
}

}  // namespace simulator
