#include "codec/errcode.hpp"
#include "codec/json_text.hpp"
#include "plugin/doctor_account.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <charconv>
#include <optional>

namespace wechat::plugin {
namespace {

namespace json = boost::json;
using channel::Examined;
using codec::Meaning;

// What an answer that is not what we asked for means for the operator.
Examined trouble(std::string step, const Answered& answer)
{
    if (!answer.fault.empty())
        return doubtful(std::move(step), answer.fault, "Run doctor again.");
    const auto row = codec::row_of(answer.errcode);
    const auto remedy = sentence(row.words);
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

}  // namespace

Examined examine_callback_url(const Answered& answer, const Patient& patient)
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

Examined examine_permission(std::string step, std::string_view what, const Answered& answer)
{
    const auto meaning = codec::row_of(answer.errcode).meaning;
    const bool tells_nothing = !answer.fault.empty() || meaning == Meaning::hold_account
                            || meaning == Meaning::renew_token || meaning == Meaning::slow_down
                            || meaning == Meaning::try_later;
    if (tells_nothing)
        return trouble(std::move(step), answer);
    return healthy(std::move(step), "the account may " + std::string{what});
}

Examined examine_quota(const Answered& answer)
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

}  // namespace wechat::plugin
