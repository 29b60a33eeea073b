#include "plugin/doctor_account.hpp"

#include "codec/api.hpp"
#include "platform/client.hpp"

#include <array>

namespace wechat::plugin {
namespace {

using Steps = std::vector<channel::Examined>;

constexpr std::array after_token{"callback_url", "permission_to_send", "permission_to_invite", "quota"};

/// Calls of one account with the token that the first of them brings.
class Caller {
public:
    Caller(Loop& loop, const Patient& patient, const Patience& patience)
        : client_(loop, patient.account->api, limits(patience)), account_(patient.account)
    {}

    Task<Answered> ask_for_token()
    {
        auto body = codec::stable_token_body(account_->app_id, account_->app_secret, false);
        const auto answer = co_await client_.post("/cgi-bin/stable_token", std::move(body));
        if (answer)
            if (const auto fresh = codec::read_access_token(answer->body))
                token_ = fresh->token;
        co_return answered(answer);
    }

    Task<Answered> post(std::string path, std::string body)
    {
        auto target = path + "?access_token=" + std::string{token_.reveal()};
        const auto answer = co_await client_.post(std::move(target), std::move(body));
        co_return answered(answer);
    }

    [[nodiscard]] bool has_token() const { return !token_.empty(); }

private:
    static platform::Limits limits(const Patience& patience)
    {
        return {.connect = patience.connect, .answer = patience.answer};
    }

    platform::Client client_;
    std::shared_ptr<const engine::CustomerAccount> account_;
    Secret token_ = {};
};

constexpr auto all_checks = R"({"action":"all","check_operator":"DEFAULT"})";
constexpr auto quota_of_messages = R"({"cgi_path":"/cgi-bin/message/custom/send"})";
// The scene is one that WeChat refuses (40129).
constexpr auto code_without_scene =
    R"({"expire_seconds":60,"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":0}}})";

}  // namespace

Task<Steps> examine_account(Loop& loop, Patient patient, std::function<Time()> now, Patience patience)
{
    Caller caller(loop, patient, patience);
    const auto token = co_await caller.ask_for_token();
    auto steps = examine_token(token, now());
    if (!caller.has_token()) {
        for (const auto* step : after_token)
            steps.push_back(skipped(step, "there is no token"));
        co_return steps;
    }
    const auto check = co_await caller.post("/cgi-bin/callback/check", all_checks);
    steps.push_back(examine_callback_url(check, patient));
    // No contact has such an openid (40003).
    auto to_nobody = codec::typing_body(OpenId("doctor"), false);
    const auto typing = co_await caller.post("/cgi-bin/message/custom/typing", std::move(to_nobody));
    steps.push_back(examine_permission("permission_to_send", "send messages to contacts", typing));
    const auto code = co_await caller.post("/cgi-bin/qrcode/create", code_without_scene);
    steps.push_back(examine_permission("permission_to_invite", "make QR codes", code));
    const auto quota = co_await caller.post("/cgi-bin/openapi/quota/get", quota_of_messages);
    steps.push_back(examine_quota(quota));
    co_return steps;
}

}  // namespace wechat::plugin
