/// One account, one contact, a clock that stands still; the API as a function.
#pragma once

#include "simulator/acts.hpp"
#include "simulator/api.hpp"
#include "simulator/platform.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace simulator::test {

inline constexpr auto send_path = "/cgi-bin/message/custom/send";
inline constexpr auto token_path = "/cgi-bin/stable_token";
inline const Moment start = to_moment(1'767'225'600'000);  // 2026-01-01T00:00:00Z

inline Account an_account()
{
    return {
        .app_id = "wx1",
        .app_secret = "secret-1",
        .token = "callback-token",
        .encoding_aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        .callback_mode = "secure",
        .original_id = "gh_1",
    };
}

inline boost::json::object object_in(std::string_view text)
{
    return boost::json::parse({text.data(), text.size()}).as_object();
}

struct OneAccount {
    explicit OneAccount(Rules rules = {.clock = Clock::Kind::standing}) : platform(rules)
    {
        platform.clock.set(start);
        account = &platform.put(an_account());
        platform.public_url = "http://127.0.0.1:9300";
    }

    Response call(const char* method, std::string path, std::string query, std::string body = {})
    {
        return answer_api(
            platform,
            {.method = method, .path = std::move(path), .query = std::move(query), .body = std::move(body), .peer = "127.0.0.1"}
        );
    }

    boost::json::object ask(const char* method, std::string path, std::string query, std::string body = {})
    {
        return object_in(call(method, std::move(path), std::move(query), std::move(body)).body);
    }

    std::int64_t errcode(const boost::json::object& answer)
    {
        const auto* const code = answer.if_contains("errcode");
        return code == nullptr ? 0 : code->as_int64();
    }

    boost::json::object ask_for_token(bool force = false, std::string secret = "secret-1")
    {
        boost::json::object body;
        body["grant_type"] = "client_credential";
        body["appid"] = "wx1";
        body["secret"] = secret;
        body["force_refresh"] = force;
        return ask("POST", token_path, "", boost::json::serialize(body));
    }

    std::string token(bool force = false)
    {
        return std::string{ask_for_token(force).at("access_token").as_string()};
    }

    std::string with_token() { return "access_token=" + token(); }

    std::int64_t send_body(std::string body) { return errcode(ask("POST", send_path, with_token(), std::move(body))); }

    std::int64_t send(const std::string& text, const std::string& openid = "o1")
    {
        boost::json::object content;
        content["content"] = text;
        boost::json::object body;
        body["touser"] = openid;
        body["msgtype"] = "text";
        body["text"] = content;
        return send_body(boost::json::serialize(body));
    }

    Push contact_writes(const std::string& text)
    {
        Saying saying;
        saying.content.text = text;
        return says(platform, *account, "o1", saying);
    }

    Push contact_says(const Saying& saying) { return says(platform, *account, "o1", saying); }
    Push contact_follows(const std::string& scene) { return follows(platform, *account, "o1", scene); }
    Push contact_unfollows() { return unfollows(platform, *account, "o1"); }
    Push contact_scans(const std::string& scene) { return scans(platform, *account, "o1", scene, ""); }
    Push contact_clicks(const std::string& key) { return clicks_menu(platform, *account, "o1", key); }

    int slots_left() { return account->contacts["o1"].grants.slots_left(platform.clock.now()); }
    const std::vector<PhoneEntry>& phone() { return account->contacts["o1"].phone; }
    void pass(Milliseconds time) { platform.clock.advance(time); }

    Platform platform;
    OfficialAccount* account = nullptr;
};

}  // namespace simulator::test
