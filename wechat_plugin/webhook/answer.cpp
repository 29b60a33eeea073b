#include "webhook/answer.hpp"

#include "codec/reply.hpp"

namespace wechat::webhook {
namespace {

constexpr std::string_view prefix = "/wechat/";

// The answer to nearly every callback, ready to go.
constexpr std::string_view acknowledged =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nsuccess";

std::string_view query_of(std::string_view target)
{
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

std::string_view reason_phrase(unsigned status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Payload Too Large";
    case 431: return "Request Header Fields Too Large";
    default: return "Service Unavailable";
    }
}

// 403 where somebody may not speak to us, 400 where we cannot read what he says.
unsigned status_of(errc code)
{
    switch (code) {
    case errc::bad_signature: return 403;
    case errc::unknown_customer: return 404;
    case errc::store_busy:
    case errc::store_full:
    case errc::store_broken:
    case errc::stopping: return 503;
    default: return 400;
    }
}

Answer refusal(const Fault& fault, std::string& why)
{
    why = describe(fault);
    return {.status = status_of(fault.code), .body = std::string{name_of(fault.code)}};
}

// In secure mode nothing else is taken than a sealed reply, in compatible mode either (wechat-protocol.md 1.5).
std::string reply_with(
    const std::string& text,
    codec::Reply reply,
    const codec::CallbackAccount& account,
    const codec::CallbackQuery& query,
    Time now
)
{
    reply.at = now;
    reply.what = codec::TextReply{.content = text};
    auto document = codec::write_reply(reply);
    if (account.mode == codec::CallbackMode::plain)
        return document;
    const auto timestamp = std::to_string(to_seconds(now));
    return codec::seal_reply(account, document, timestamp, query.nonce, codec::random_bytes());
}

}  // namespace

std::string_view customer_of(std::string_view target)
{
    const auto path = target.substr(0, target.find('?'));
    if (!path.starts_with(prefix) || path.find('/', prefix.size()) != std::string_view::npos)
        return {};
    return path.substr(prefix.size());
}

Task<Answer> answer(const Seam& seam, Request request, std::string& why)
{
    Answer given;
    if (request.method == Request::Method::other) {
        given.status = 405;
        co_return given;
    }
    const auto customer = customer_of(request.target);
    const auto account = customer.empty() ? nullptr : seam.account_of(customer);
    if (!account) {
        given.status = 404;
        co_return given;
    }
    const auto query = codec::parse_query(query_of(request.target));
    if (request.method == Request::Method::get) {
        const auto echo = codec::answer_check(*account, query);
        if (!echo)
            co_return refusal(echo.error(), why);
        given.body = *echo;
        co_return given;
    }
    auto callback = codec::read_callback(*account, query, std::move(request.body));
    if (!callback)
        co_return refusal(callback.error(), why);
    codec::Reply reply;
    reply.to = callback->from;
    reply.from = callback->to;
    const auto applied = co_await seam.apply(std::string(customer), std::move(*callback));
    if (!applied)
        co_return refusal(applied.error(), why);
    given.body = "success";
    if (!applied->empty())
        given.body = reply_with(*applied, std::move(reply), *account, query, seam.now());
    co_return given;
}

std::string to_bytes(const Answer& answer, bool keep_alive)
{
    if (keep_alive && answer.status == 200 && answer.body == "success")
        return std::string{acknowledged};
    std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    bytes += reason_phrase(answer.status);
    const bool is_reply = answer.body.starts_with('<');
    bytes += is_reply ? "\r\nContent-Type: text/xml" : "\r\nContent-Type: text/plain";
    bytes += "\r\nContent-Length: " + std::to_string(answer.body.size());
    if (answer.status == 405)
        bytes += "\r\nAllow: GET, POST";
    bytes += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    bytes += answer.body;
    return bytes;
}

}  // namespace wechat::webhook
