#include "simulator/api.hpp"

#include "simulator/endpoint.hpp"
#include "simulator/errmsg.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace simulator {
namespace {

namespace json = boost::json;

// access  token: with an access_token; certified: and only for accounts that have passed verification; open: the
//         function finds out itself who calls, or need not know
enum class Access { open, token, certified };

struct Endpoint {
    std::string_view path;
    std::string_view method;
    Access access;
    Limits limits;
    Response (*function)(Call&);
};

// Limits: wechat-protocol.md 4.1, 4.4 and 7, of a new verified account.
constexpr std::array endpoints{
    Endpoint{"/cgi-bin/message/custom/send", "POST", Access::certified, {500'000, 0}, custom_send},
    Endpoint{"/cgi-bin/message/custom/typing", "POST", Access::certified, {}, custom_typing},
    Endpoint{"/cgi-bin/stable_token", "POST", Access::open, {500'000, 10'000}, stable_token},
    Endpoint{"/cgi-bin/token", "GET", Access::open, {2'000, 0}, token},
    Endpoint{"/cgi-bin/message/template/send", "POST", Access::certified, {100'000, 0}, template_send},
    Endpoint{"/cgi-bin/message/subscribe/bizsend", "POST", Access::certified, {}, subscription_send},
    Endpoint{"/cgi-bin/media/upload", "POST", Access::token, {100'000, 0}, media_upload},
    Endpoint{"/cgi-bin/media/get", "GET", Access::token, {200'000, 0}, media_get},
    Endpoint{"/cgi-bin/media/get/jssdk", "GET", Access::token, {}, media_get_jssdk},
    Endpoint{"/cgi-bin/media/uploadimg", "POST", Access::token, {}, media_upload_image},
    Endpoint{"/mmbiz/video", "GET", Access::open, {}, published_file},
    Endpoint{"/mmbiz/image", "GET", Access::open, {}, published_file},
    Endpoint{"/cgi-bin/user/info", "GET", Access::certified, {5'000'000, 0}, user_info},
    Endpoint{"/cgi-bin/user/info/batchget", "POST", Access::certified, {}, user_info_batch},
    Endpoint{"/cgi-bin/qrcode/create", "POST", Access::certified, {100'000, 0}, qrcode_create},
    Endpoint{"/cgi-bin/showqrcode", "GET", Access::open, {}, qrcode_show},
    Endpoint{"/cgi-bin/getcallbackip", "GET", Access::token, {}, ip_list},
    Endpoint{"/cgi-bin/get_api_domain_ip", "GET", Access::token, {}, ip_list},
    Endpoint{"/cgi-bin/callback/check", "POST", Access::token, {}, callback_check},
    Endpoint{"/cgi-bin/clear_quota", "POST", Access::token, {}, clear_quota},
    Endpoint{"/cgi-bin/clear_quota/v2", "POST", Access::open, {}, clear_quota_by_secret},
    Endpoint{"/cgi-bin/openapi/quota/clear", "POST", Access::token, {}, quota_clear},
    Endpoint{"/cgi-bin/openapi/quota/get", "POST", Access::token, {}, quota_get},
    Endpoint{"/cgi-bin/openapi/rid/get", "POST", Access::token, {}, rid_get},
    Endpoint{"/cgi-bin/shorten/gen", "POST", Access::token, {}, shorten_gen},
    Endpoint{"/cgi-bin/shorten/fetch", "POST", Access::token, {}, shorten_fetch},
};

const Endpoint* endpoint_at(std::string_view path)
{
    for (const auto& endpoint : endpoints)
        if (endpoint.path == path)
            return &endpoint;
    return nullptr;
}

// Who calls: 41001, 40014, 40001 or 42001 where we cannot tell.
std::int64_t identify(Call& call)
{
    const auto token = parameter(call.request.query, "access_token");
    if (token.empty())
        return 41001;
    auto* const owner = call.platform.owner_of(token);
    const auto fault =
        owner != nullptr ? owner->tokens.check(token, call.now) : Tokens{}.check(token, call.now);
    if (fault == 0)
        call.account = owner;
    return fault;
}

Response carry_out(const Endpoint& endpoint, Call& call)
{
    if (call.request.method != endpoint.method)
        return answer(call, endpoint.method == "POST" ? 43002 : 43001);
    if (endpoint.access == Access::open)
        return endpoint.function(call);
    if (const auto fault = identify(call); fault != 0)
        return answer(call, fault);
    if (endpoint.access == Access::certified && !call.account->settings.certified)
        return answer(call, 48001);
    if (const auto fault = count_call(call); fault != 0)
        return answer(call, fault);
    return endpoint.function(call);
}

Response suffer(const Fault& fault, const Endpoint& endpoint, Call& call)
{
    if (fault.reset)
        return {.status = 0, .manner = Response::Manner::reset};
    if (fault.timeout == Fault::Timeout::before)
        return {.status = 0, .manner = Response::Manner::none};
    Response response;
    if (fault.errcode)
        response = answer(call, *fault.errcode);
    else if (fault.http_status)
        response = page(*fault.http_status, std::to_string(*fault.http_status) + " Gateway");
    else
        response = carry_out(endpoint, call);
    spoil(response, fault);
    if (fault.timeout == Fault::Timeout::after_write)
        response.manner = Response::Manner::none;
    return response;
}

// Whose call it says it is, for faults that are one account's: by its token, or by the app id where there is none.
std::string addressed(Platform& platform, const Request& request)
{
    if (const auto* const owner = platform.owner_of(parameter(request.query, "access_token")))
        return owner->settings.app_id;
    if (auto named = parameter(request.query, "appid"); !named.empty())
        return named;
    json::error_code none;
    const auto body = json::parse(request.body, none);
    return !none && body.is_object() ? text_in(body.get_object(), "appid").value_or("") : std::string{};
}

// Files are not logged, only how large they were.
std::string for_log(const std::string& body, std::string_view content_type)
{
    const bool readable = content_type.empty() || content_type.find("json") != std::string_view::npos
                       || content_type.starts_with("text/")
                       || content_type.find("urlencoded") != std::string_view::npos;
    return readable && body.size() <= 64 * 1024U ? body : "[" + std::to_string(body.size()) + " bytes]";
}

void log(Call& call, const Response& response)
{
    const auto& request = call.request;
    const bool answered =
        response.manner == Response::Manner::whole || response.manner == Response::Manner::cut;
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

Response answer(const json::object& fields)
{
    return {.body = json::serialize(fields)};
}

Response answer_ok(json::object data)
{
    json::object fields;
    fields["errcode"] = 0;
    fields["errmsg"] = "ok";
    for (auto& field : data)
        fields[field.key()] = std::move(field.value());
    return answer(fields);
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

std::optional<Limits> limits_of(const Account& account, std::string_view path)
{
    const auto* const endpoint = endpoint_at(path);
    if (endpoint == nullptr)
        return std::nullopt;
    const auto own = account.quotas.find(std::string{path});
    return own != account.quotas.end() ? own->second : endpoint->limits;
}

std::int64_t count_call(Call& call)
{
    const auto limits = limits_of(call.account->settings, call.request.path).value_or(Limits{});
    return count_call(call.account->usage[call.request.path], limits.per_day, limits.per_minute, call.now);
}

Response answer_api(Platform& platform, const Request& request)
{
    Call call{
        .platform = platform, .request = request, .now = platform.clock.now(), .rid = platform.random.rid()};
    const auto* const endpoint = endpoint_at(request.path);
    auto response = page(404, "404 Not Found");
    if (endpoint != nullptr) {
        const auto app_id = platform.faults.all().empty() ? std::string{} : addressed(platform, request);
        const auto fault = platform.faults.take(request.path, app_id);
        response = suffer(fault, *endpoint, call);
        response.latency = fault.latency;
    }
    log(call, response);
    return response;
}

}  // namespace simulator
