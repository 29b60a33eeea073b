// QR codes with a scene, as a host asks for them: what the platform is asked, and what its answers mean.
#include "engine/an_engine.hpp"
#include "engine/invitations.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using channel::Status;
using scripted::errcode;

namespace {

struct Inviting : AnEngine {
    Inviting() : invitations(engine->accounts(), [this] { return now; }) {}

    Invitations::Result
    asks(const std::string& scene, channel::Milliseconds lifetime = {}, const AppId& account = harbour_bank)
    {
        std::optional<Invitations::Result> result;
        const auto told = [&](const std::exception_ptr&, const Invitations::Result& made) { result = made; };
        asio::co_spawn(loop, invitations.make(account, scene, lifetime), told);
        until([&] { return result.has_value(); });
        return *result;
    }

    /// "-5 bad_scene": the class and code of a refusal; "made" if there was none.
    std::string refusal(const std::string& scene, channel::Milliseconds lifetime = {})
    {
        const auto result = asks(scene, lifetime);
        const auto* const error = std::get_if<channel::Error>(&result);
        return error ? std::to_string(static_cast<int>(error->status())) + ' ' + error->code() : "made";
    }

    void makes(const std::string& answer) { platform.answers({scripted::json(answer)}); }
    std::size_t calls() { return platform.server().requests_to("/cgi-bin/qrcode/create").size(); }

    Invitations invitations;
};

constexpr auto permanent = R"({"ticket":"t","url":"http://weixin.qq.com/q/02permanent"})";
constexpr auto for_a_day = R"({"ticket":"t","expire_seconds":86400,"url":"http://weixin.qq.com/q/02day"})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_invitation, Inviting)

BOOST_AUTO_TEST_CASE(for_ever_is_asked_for_once)
{
    makes(permanent);

    const auto first = std::get<Invited>(asks("desk-12"));
    const auto again = std::get<Invited>(asks("desk-12"));

    BOOST_TEST(first.url == "http://weixin.qq.com/q/02permanent");
    BOOST_TEST(!first.ends.has_value());
    BOOST_TEST((again == first));
    const auto requests = platform.server().requests_to("/cgi-bin/qrcode/create");
    BOOST_REQUIRE(requests.size() == 1U);
    BOOST_TEST(
        requests[0].body
        == R"({"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"desk-12"}}})"
    );
}

BOOST_AUTO_TEST_CASE(that_ends_says_when_and_is_made_anew)
{
    makes(for_a_day);
    makes(for_a_day);

    const auto made = std::get<Invited>(asks("desk-12", 24h));

    BOOST_TEST((made.ends == now + 24h));
    BOOST_TEST(refusal("desk-12", 24h) == "made");
    BOOST_TEST(calls() == 2U);
    BOOST_TEST(platform.server().requests_to("/cgi-bin/qrcode/create")[0].body.starts_with(
        R"({"expire_seconds":86400,)"
    ));
}

BOOST_AUTO_TEST_CASE(is_rounded_up_to_whole_seconds)
{
    makes(for_a_day);
    BOOST_TEST(refusal("a", 1500ms) == "made");
    BOOST_TEST(
        platform.server().requests_to("/cgi-bin/qrcode/create")[0].body.starts_with(R"({"expire_seconds":2,)")
    );
}

BOOST_AUTO_TEST_CASE(ends_after_30_days_at_the_latest_or_never)
{
    makes(for_a_day);
    BOOST_TEST(refusal("a", 30 * 24h) == "made");
    BOOST_TEST(refusal("a", 30 * 24h + 1ms) == "-5 lifetime_too_long");
    BOOST_TEST(refusal("a", -1ms) == "-5 bad_lifetime");
    BOOST_TEST(calls() == 1U);
}

BOOST_AUTO_TEST_CASE(with_a_scene_that_wechat_would_refuse_is_not_asked_for)
{
    BOOST_TEST(refusal("") == "-5 bad_scene");
    BOOST_TEST(refusal(std::string(65, 'x')) == "-5 bad_scene");
    BOOST_TEST(calls() == 0U);
}

BOOST_AUTO_TEST_CASE(that_wechat_refuses_says_why)
{
    platform.answers({errcode(40129), errcode(45029), errcode(48001), errcode(40097)});

    BOOST_TEST(refusal("a") == "-5 bad_scene");
    BOOST_TEST(refusal("a") == "-5 too_many_invitations");
    BOOST_TEST(refusal("a") == "-5 not_permitted");
    BOOST_TEST(refusal("a") == "-5 errcode_40097");
}

BOOST_AUTO_TEST_CASE(that_cannot_be_made_now_may_be_later)
{
    platform.answers(
        {errcode(-1),
         errcode(45009),
         errcode(40164),
         scripted::http(502, "<html>"),
         scripted::silence(),
         scripted::json(R"({"ticket":"without a link"})")}
    );

    BOOST_TEST(refusal("a") == "-6 unavailable");
    BOOST_TEST(refusal("a") == "-6 account_held");
    BOOST_TEST(refusal("a") == "-6 account_held");
    BOOST_TEST(refusal("a") == "-6 unavailable");
    BOOST_TEST(refusal("a") == "-6 unavailable");
    BOOST_TEST(refusal("a") == "-6 bad_answer");
    makes(permanent);
    BOOST_TEST(refusal("a") == "made");
}

BOOST_AUTO_TEST_CASE(of_an_account_that_is_not_served_is_refused)
{
    const auto result = asks("a", {}, AppId{"wx99"});

    BOOST_TEST(std::get<channel::Error>(result).code() == "unknown_customer");
}

BOOST_AUTO_TEST_SUITE_END()
