#include "plugin/doctor_endpoint.hpp"

#include "codec/push.hpp"
#include "codec/request.hpp"
#include "platform/connection.hpp"
#include "plugin/doctor_self_test.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>

namespace wechat::plugin {
namespace {

using channel::Examined;
using Steps = std::vector<Examined>;

constexpr std::size_t longest_answer = 4096;
constexpr auto echo = "5927782489442352469";  // a number as WeChat's own are (wechat-protocol.md 1.2)

/// One customer's endpoint, asked as WeChat asks it.
class Endpoint {
public:
    Endpoint(Loop& loop, const Patient& patient, const Patience& patience)
        : loop_(loop),
          patience_(patience),
          url_(url_of(patient.endpoint)),
          path_("/wechat/" + patient.account->name.str())
    {
        // It is our own certificate, for a name that is not this address; WeChat checks it, not we.
        tls_.set_verify_mode(asio::ssl::verify_none);
    }

    Task<Result<platform::Answer>> get(std::string query) { return exchange("GET", std::move(query), {}); }
    Task<Result<platform::Answer>> post(codec::CallbackRequest request)
    {
        return exchange("POST", std::move(request.query), std::move(request.body));
    }

    [[nodiscard]] std::string where() const
    {
        return (url_.tls ? "https://" : "http://") + authority(url_) + path_;
    }

private:
    // A server that listens everywhere listens here, too.
    static platform::Url url_of(const webhook::Options& options)
    {
        boost::system::error_code no_address;
        const auto address = asio::ip::make_address(options.address, no_address);
        auto host = options.address;
        if (!no_address && address.is_unspecified())
            host = address.is_v6() ? "::1" : "127.0.0.1";
        return {
            .tls = options.tls.has_value(), .host = std::move(host), .port = std::to_string(options.port)};
    }

    Task<Result<platform::Answer>> exchange(std::string method, std::string query, std::string body)
    {
        auto request = method + ' ' + path_ + '?' + query + " HTTP/1.1\r\nHost: " + authority(url_)
                     + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"
                     + body;
        platform::Connection connection(loop_, url_.tls ? &tls_ : nullptr);
        const auto connected = co_await connection.connect(url_, patience_.connect);
        if (!connected)
            co_return connected.error();
        co_return co_await connection.exchange(std::move(request), patience_.answer, longest_answer);
    }

    Loop& loop_;
    Patience patience_;
    platform::Url url_;
    std::string path_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
};

std::string check_query(const Patient& patient, const Secret& token, Time now)
{
    auto account = *patient.account->callbacks;
    account.callback_token = token;
    return codec::make_check(account, std::to_string(to_seconds(now)), "doctor", echo);
}

std::string reload(const Patient& patient)
{
    return "Have the running server read " + patient.file
         + " again (POST /api/reload), and enter the same in WeChat's console.";
}

Examined
examine_path(const Result<platform::Answer>& answer, const Patient& patient, const std::string& where)
{
    if (!answer && answer.error().code == errc::not_connected)
        return doubtful(
            "webhook", "nobody listens at " + where, "Start the server, and run doctor again for the rest."
        );
    if (!answer)
        return wrong(
            "webhook",
            where + ": " + describe(answer.error()),
            "Something else listens there: look at \"listen\" and \"tls\" in the channel's settings."
        );
    if (answer->status == 404)
        return wrong(
            "webhook",
            where + " answers 404: the server that runs does not serve " + patient.account->name.str(),
            reload(patient)
        );
    if (answer->status != 200 && answer->status != 403)
        return wrong(
            "webhook",
            where + " answers " + std::to_string(answer->status),
            "Something else listens there: look at \"listen\" in the channel's settings."
        );
    return healthy("webhook", where + " is served");
}

Examined examine_callback_token(
    const platform::Answer& right, const Result<platform::Answer>& forged, const Patient& patient
)
{
    if (right.status != 200 || right.body != echo)
        return wrong(
            "callback_token",
            "the server that runs has another callback token for " + patient.account->name.str() + " than "
                + patient.file,
            reload(patient)
        );
    if (!forged || forged->status != 403)
        return wrong(
            "callback_token",
            "what listens there believes a forged signature",
            "It is not this channel: look at \"listen\" in the channel's settings, and at who has the port."
        );
    return healthy("callback_token", "the server that runs answers WeChat's check, and refuses a forged one");
}

std::string_view name_of(codec::CallbackMode mode)
{
    switch (mode) {
    case codec::CallbackMode::plain: return "plain";
    case codec::CallbackMode::compatible: return "compatible";
    case codec::CallbackMode::secure: break;
    }
    return "secure";
}

// The server names its fault in the body; what it says is about its account, not about ours.
std::string difference(const platform::Answer& answer)
{
    if (answer.body == "bad_ciphertext" || answer.body == "bad_aes_key")
        return "another encoding_aes_key";
    if (answer.body == "wrong_app_id")
        return "another app_id";
    if (answer.status == 400)
        return "another callback_mode";
    return {};
}

Examined examine_callback_key(const Result<platform::Answer>& answer, const Patient& patient)
{
    const std::string mode{name_of(patient.account->callbacks->mode)};
    if (!answer)
        return wrong("callback_key", describe(answer.error()), "Look at the server's log.");
    if (answer->status == 200 && answer->body == "success")
        return healthy(
            "callback_key", "the server that runs opens a callback of mode " + mode + "; it was nobody's"
        );
    const auto differs = difference(*answer);
    if (!differs.empty())
        return wrong(
            "callback_key",
            "the server that runs has " + differs + " for " + patient.account->name.str() + " than "
                + patient.file,
            reload(patient)
        );
    return wrong(
        "callback_key",
        "the server that runs answers " + std::to_string(answer->status),
        answer->status == 503 ? "Its store is out of order, or it stops: look at its log."
                              : "It may be of an older version: restart it with this one."
    );
}

}  // namespace

Task<Steps> examine_endpoint(Loop& loop, Patient patient, Time now, Patience patience)
{
    Steps steps;
    const auto skip = [&](std::initializer_list<const char*> names, const char* why) {
        for (const auto* name : names)
            steps.push_back(skipped(name, why));
    };
    if (patient.endpoint.port == 0) {
        steps.push_back(doubtful(
            "webhook",
            "the port is any free one, so that WeChat cannot know it",
            "Give \"listen\" in the channel's settings a port of its own."
        ));
        skip({"callback_token", "callback_key"}, "there is no port to ask at");
        co_return steps;
    }
    Endpoint endpoint(loop, patient, patience);
    auto right_query = check_query(patient, patient.account->callbacks->callback_token, now);
    const auto right = co_await endpoint.get(std::move(right_query));
    steps.push_back(examine_path(right, patient, endpoint.where()));
    if (steps.back().level != Examined::Level::ok) {
        skip({"callback_token", "callback_key"}, "the webhook does not answer as this channel does");
        co_return steps;
    }
    auto forged_query = check_query(patient, Secret("not the callback token"), now);
    const auto forged = co_await endpoint.get(std::move(forged_query));
    steps.push_back(examine_callback_token(*right, forged, patient));
    if (steps.back().level != Examined::Level::ok) {
        skip({"callback_key"}, "the callback token does not fit");
        co_return steps;
    }
    const auto document = codec::write_callback_xml(self_test(now));
    codec::Delivery delivery;
    delivery.to = "gh_doctor";
    delivery.openid = OpenId{"doctor"};
    delivery.timestamp = std::to_string(to_seconds(now));
    delivery.nonce = "doctor";
    delivery.random = codec::random_bytes();
    auto request = codec::make_request(*patient.account->callbacks, document, delivery);
    const auto opened = co_await endpoint.post(std::move(request));
    steps.push_back(examine_callback_key(opened, patient));
    co_return steps;
}

}  // namespace wechat::plugin
