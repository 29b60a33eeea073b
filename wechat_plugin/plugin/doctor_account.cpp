#include "plugin/doctor_account.hpp"

#include "codec/api.hpp"
#include "codec/errcode.hpp"
#include "codec/http_date.hpp"
#include "codec/json_text.hpp"
#include "platform/client.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace wechat::plugin {
namespace {

namespace json = boost::json;
using channel::Examined;
using codec::Meaning;
using Steps = std::vector<Examined>;

// R6: we stop sending 60 s before a window ends; a clock that is off by more sends into closed windows.
constexpr Duration most_skew = std::chrono::seconds{60};
constexpr Duration noted_skew = std::chrono::seconds{5};

constexpr std::array after_token{"callback_url", "permission_to_send", "permission_to_invite", "quota"};

/// What became of one call, in words an operator reads; errcode 0 and nothing else is success.
struct Said {
    std::string fault = {};  // no answer at all, or none of the platform's; else empty
    std::int64_t errcode = 0;
    std::string words = {};
    std::string date = {};
    std::string body = {};

    [[nodiscard]] std::string in_words() const
    {
        if (!fault.empty())
            return fault;
        return "WeChat answers " + std::to_string(errcode) + " (" + words + ")";
    }
};

Said said(const Result<platform::Answer>& answer)
{
    if (!answer)
        return {.fault = describe(answer.error())};
    const auto verdict = codec::read_verdict(answer->body);
    if (!verdict || answer->status >= 500)
        return {
            .fault = "HTTP " + std::to_string(answer->status) + " that is no answer of WeChat's API",
            .date = answer->date};
    return {.errcode = verdict->errcode, .words = verdict->text, .date = answer->date, .body = answer->body};
}

Examined examine_clock(const Said& answer, Time now)
{
    const auto theirs = codec::read_http_date(answer.date);
    if (!theirs)
        return skipped("clock", "WeChat's answer says no time");
    const auto skew = now - *theirs;
    const auto size = std::chrono::abs(skew);
    const auto text = "our clock is " + std::to_string(size.count()) + " s "
                    + (skew.count() < 0 ? "behind" : "ahead of") + " WeChat's";
    const auto remedy =
        "Let this machine keep time (systemd-timesyncd, chrony): windows are counted by WeChat's clock.";
    if (size > most_skew)
        return wrong("clock", text, remedy);
    if (size > noted_skew)
        return doubtful("clock", text, remedy);
    return healthy("clock", text);
}

// "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist": the address; empty where the words have changed.
std::string address_in(std::string_view words)
{
    constexpr std::string_view mark = "invalid ip ";
    const auto at = words.find(mark);
    if (at == std::string_view::npos)
        return {};
    const auto rest = words.substr(at + mark.size());
    return std::string{rest.substr(0, rest.find_first_not_of("0123456789abcdefABCDEF.:"))};
}

bool is_about_our_address(std::int64_t errcode)
{
    return errcode == 40164 || errcode == 61004 || (errcode >= 89501 && errcode <= 89507);
}

Examined refused_address(const Said& answer)
{
    const auto address = address_in(answer.words);
    const auto which = address.empty() ? "this machine's public address" : address;
    if (answer.errcode >= 89501)
        return wrong(
            "allow_list",
            answer.in_words(),
            "Have an administrator of the account confirm " + which + " in WeChat; "
                + std::string{codec::row_of(answer.errcode).words} + "."
        );
    return wrong(
        "allow_list",
        answer.in_words(),
        "Add " + which + " to the account's IP allow-list (WeChat developer platform, account, keys)."
    );
}

// One call answers three questions: whose clock is right, is our address allowed, is the secret good.
Steps examine_token(const Said& answer, Time now)
{
    Steps steps{examine_clock(answer, now)};
    if (is_about_our_address(answer.errcode)) {
        steps.push_back(refused_address(answer));
        steps.push_back(skipped("token", "WeChat gives none to an address that is not allowed"));
        return steps;
    }
    if (!answer.fault.empty()) {
        steps.push_back(skipped("allow_list", "WeChat has not answered"));
        steps.push_back(wrong("token", answer.fault, "Look at what stands between this machine and WeChat."));
        return steps;
    }
    if (answer.errcode != 0) {
        steps.push_back(skipped("allow_list", "WeChat does not say, as it refuses the account"));
        steps.push_back(wrong(
            "token", answer.in_words(), std::string{codec::row_of_token_fault(answer.errcode).words} + "."
        ));
        return steps;
    }
    steps.push_back(healthy("allow_list", "WeChat takes calls from this machine's address"));
    if (codec::read_access_token(answer.body))
        steps.push_back(healthy("token", "WeChat takes app_id and app_secret"));
    else
        steps.push_back(wrong(
            "token", "WeChat's answer has no token", "Look at what stands between this machine and WeChat."
        ));
    return steps;
}

// What an answer that is not what we asked for means for the operator.
Examined trouble(std::string step, const Said& answer)
{
    if (!answer.fault.empty())
        return doubtful(std::move(step), answer.fault, "Run doctor again.");
    const auto row = codec::row_of(answer.errcode);
    const auto remedy = std::string{row.words} + ".";
    switch (row.meaning) {
    case Meaning::renew_token:
        return wrong(
            std::move(step),
            answer.in_words() + " to the token that it has just given",
            "Another program asks for this account's tokens by /cgi-bin/token: let it use "
            "/cgi-bin/stable_token."
        );
    case Meaning::hold_account: return wrong(std::move(step), answer.in_words(), remedy);
    default: return doubtful(std::move(step), answer.in_words(), remedy);
    }
}

std::string text_at(const json::object& object, std::string_view key)
{
    const auto* const found = object.if_contains(key);
    return found == nullptr ? std::string{} : codec::text_of(*found);
}

std::optional<std::int64_t> number_at(const json::object& object, std::string_view key)
{
    const auto text = text_at(object, key);
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc{} && rest == end ? std::optional{number} : std::nullopt;
}

json::object object_in(const std::string& body)
{
    const auto object = codec::read_object(body);
    return object ? *object : json::object{};
}

// {"dns": [{"ip", ...}], "ping": [{"ip", "package_loss": "0%", ...}]} (wechat-protocol.md 4.8)
json::array list_at(const json::object& object, std::string_view key)
{
    const auto* const found = object.if_contains(key);
    return found != nullptr && found->is_array() ? found->get_array() : json::array{};
}

Examined examine_callback_url(const Said& answer, const Patient& patient)
{
    const auto path = "/wechat/" + patient.account->name.str();
    if (answer.errcode == 40201)
        return wrong(
            "callback_url",
            "WeChat's console has no callback URL for the account",
            "Enter there https://YOUR-HOST" + path + ", with the token, AES key and mode of " + patient.file
                + "."
        );
    if (!answer.fault.empty() || answer.errcode != 0)
        return trouble("callback_url", answer);
    const auto object = object_in(answer.body);
    if (list_at(object, "dns").empty())
        return wrong(
            "callback_url",
            "WeChat does not find the host of the callback URL",
            "Give its name a public address, or correct the URL in WeChat's console; its path is " + path
                + "."
        );
    std::string silent;
    for (const auto& ping : list_at(object, "ping"))
        if (ping.is_object() && text_at(ping.get_object(), "package_loss") == "100%")
            silent += (silent.empty() ? "" : ", ") + text_at(ping.get_object(), "ip");
    if (!silent.empty())
        return doubtful(
            "callback_url",
            "WeChat's pings to " + silent + " get no answer",
            "If messages arrive all is well, as pings may be blocked; else open the firewall for WeChat."
        );
    return healthy("callback_url", "WeChat reaches the host of the callback URL; its path must be " + path);
}

// The call was one that nobody can feel, so that what matters is only whether it was refused for lack of the right.
Examined examine_permission(std::string step, std::string_view what, const Said& answer)
{
    const auto meaning = codec::row_of(answer.errcode).meaning;
    const bool tells_nothing = !answer.fault.empty() || meaning == Meaning::hold_account
                            || meaning == Meaning::renew_token || meaning == Meaning::slow_down
                            || meaning == Meaning::try_later;
    if (tells_nothing)
        return trouble(std::move(step), answer);
    return healthy(std::move(step), "the account may " + std::string{what});
}

Examined examine_quota(const Said& answer)
{
    if (!answer.fault.empty() || answer.errcode != 0)
        return skipped("quota", "WeChat does not tell: " + answer.in_words());
    const auto object = object_in(answer.body);
    const auto* const quota = object.if_contains("quota");
    const auto limit =
        quota && quota->is_object() ? number_at(quota->get_object(), "daily_limit") : std::nullopt;
    const auto left = quota && quota->is_object() ? number_at(quota->get_object(), "remain") : std::nullopt;
    if (!limit || !left)
        return skipped("quota", "WeChat does not tell");
    const auto text = std::to_string(*left) + " of " + std::to_string(*limit)
                    + " messages a day are left until midnight in Beijing";
    if (*limit > 0 && *left <= 0)
        return wrong(
            "quota", text, "Wait until then, or clear the quota in WeChat's console (10 times a month)."
        );
    if (*left < *limit / 10)
        return doubtful(
            "quota", text, "Clear the quota in WeChat's console (10 times a month) if it will not do."
        );
    return healthy("quota", text);
}

/// Calls of one account with the token that the first of them brings.
class Caller {
public:
    Caller(Loop& loop, const Patient& patient, const Patience& patience)
        : client_(loop, patient.account->api, limits(patience)), account_(patient.account)
    {}

    Task<Said> ask_for_token()
    {
        auto body = codec::stable_token_body(account_->app_id, account_->app_secret, false);
        const auto answer = co_await client_.post("/cgi-bin/stable_token", std::move(body));
        if (answer)
            if (const auto fresh = codec::read_access_token(answer->body))
                token_ = fresh->token;
        co_return said(answer);
    }

    Task<Said> post(std::string path, std::string body)
    {
        auto target = path + "?access_token=" + std::string{token_.reveal()};
        const auto answer = co_await client_.post(std::move(target), std::move(body));
        co_return said(answer);
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
