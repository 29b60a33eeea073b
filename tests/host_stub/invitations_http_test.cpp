// Invitations and typing as interfaces of the API, over loopback.
#include "inviter.hpp"
#include "web.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace {

using namespace host;
using namespace host::test;

const ChannelConfig two{.id = "two", .library = {}, .linked = &channel::plugin_table<Inviter>};

struct Invitations : Web {
    Invitations() : Web(std::chrono::milliseconds{300}, {two}) {}

    WebAnswer invite(const std::string& body) { return ask("POST", "/api/invitations", body); }
    Inviter& inviter() { return Inviter::named("two"); }

    std::string typing_path(const std::string& channel)
    {
        Puppet::named(channel).says("i-" + channel, "kim", "Hello");
        settle();
        const auto id = reader().find(channel, "bank", "kim");
        return "/api/conversations/" + host->public_id(id.value()) + "/typing";
    }
};

constexpr auto of_dora = R"({"channel":"two","customer":"bank","employee":"dora"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(invitations_over_http)

BOOST_FIXTURE_TEST_CASE(are_made_once_and_shown, Invitations)
{
    const auto made = invite(of_dora);
    BOOST_TEST(made.status == 201U);
    BOOST_TEST(made.text("employee") == "dora");
    BOOST_TEST(made.text("url") == "http://example.com/q/" + made.text("scene"));
    BOOST_TEST(made.json().at("expires_at").is_null());
    BOOST_TEST(made.json().at("expired").as_bool() == false);
    BOOST_TEST(made.text("qr") == "/api/invitations/1/qr.svg");

    const auto again = invite(of_dora);
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(again.body == made.body);
    BOOST_TEST(ask("GET", "/api/invitations/1").body == made.body);
}

BOOST_FIXTURE_TEST_CASE(are_listed_by_channel_and_customer_newest_first, Invitations)
{
    invite(of_dora);
    invite(R"({"channel":"two","customer":"bank","scene":"desk-12","lifetime":"7d"})");
    invite(R"({"channel":"two","customer":"shop","scene":"till"})");

    const auto scenes = [&](const std::string& query) {
        std::string all;
        const auto answer = ask("GET", "/api/invitations" + query).json();
        for (const auto& one : answer.as_array())
            all += std::string{one.at("scene").as_string()} + " ";
        return all;
    };
    const auto dora = ask("GET", "/api/invitations/1").text("scene");
    BOOST_TEST(scenes("") == "till desk-12 " + dora + " ");
    BOOST_TEST(scenes("?channel=two&customer=bank") == "desk-12 " + dora + " ");
    BOOST_TEST(scenes("?customer=shop") == "till ");
    BOOST_TEST(scenes("?channel=one") == "");
    const auto ending = ask("GET", "/api/invitations/2");
    BOOST_TEST(ending.json().at("employee").is_null());
    BOOST_TEST(ending.text("expires_at") == "2030-01-01T00:00:00.000Z");
    BOOST_TEST((inviter().invitations.at(1).lifetime == std::chrono::hours{7 * 24}));
}

BOOST_FIXTURE_TEST_CASE(have_a_picture_that_a_page_may_show_and_that_runs_nothing, Invitations)
{
    invite(of_dora);

    const auto picture = ask("GET", "/api/invitations/1/qr.svg");

    BOOST_TEST(picture.status == 200U);
    BOOST_TEST(picture.type == "image/svg+xml");
    BOOST_TEST(picture.headers.at("Content-Security-Policy") == "default-src 'none'; sandbox");
    BOOST_TEST(picture.headers.at("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(picture.body.starts_with("<svg xmlns="));
    for (const auto* id : {"0", "2", "1x", "x", "99999999999999999999"}) {
        BOOST_TEST(ask("GET", std::string{"/api/invitations/"} + id + "/qr.svg").status == 404U, id);
        BOOST_TEST(
            ask("GET", std::string{"/api/invitations/"} + id).text("error") == "unknown_invitation", id
        );
    }
}

BOOST_FIXTURE_TEST_CASE(that_cannot_be_made_say_why, Invitations)
{
    const auto unsupported = invite(R"({"channel":"one","customer":"bank","scene":"a"})");
    BOOST_TEST(unsupported.status == 409U);
    BOOST_TEST(unsupported.text("text") == "The channel one has no invitations.");
    BOOST_TEST(invite(R"({"channel":"three","customer":"bank","scene":"a"})").status == 404U);

    inviter().on_invite = [](const auto&, channel::Completion& done) {
        done.fail(channel::Error{channel::Status::refused, "lifetime_too_long", "At most 30 days."});
    };
    const auto refused = invite(of_dora);
    BOOST_TEST(refused.status == 409U);
    BOOST_TEST(refused.text("error") == "lifetime_too_long");
    BOOST_TEST(refused.text("text") == "At most 30 days.");

    inviter().on_invite = [](const auto&, channel::Completion& done) {
        done.fail(channel::Error{channel::Status::unavailable, "not_connected", "no way there"});
    };
    BOOST_TEST(invite(of_dora).status == 503U);
}

BOOST_FIXTURE_TEST_CASE(that_are_asked_for_wrongly_say_what_is_wrong, Invitations)
{
    for (const auto* wrong :
         {"",
          "[]",
          R"({"customer":"bank","scene":"a"})",
          R"({"channel":"two","scene":"a"})",
          R"({"channel":"two","customer":"bank"})",
          R"({"channel":"two","customer":"bank","scene":"a","employee":"dora"})",
          R"({"channel":"two","customer":"bank","employee":""})",
          R"({"channel":"two","customer":"bank","scene":"a\nb"})",
          R"({"channel":"two","customer":"bank","scene":"a","lifetime":"soon"})",
          R"({"channel":"two","customer":"bank","scene":"a","lifetime":"0s"})",
          R"({"channel":"two","customer":"bank","scene":"a","lifetime":7})"})
        BOOST_TEST(invite(wrong).status == 400U, wrong);
    BOOST_TEST(inviter().invitations.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(typing_over_http)

BOOST_FIXTURE_TEST_CASE(is_passed_on, Invitations)
{
    const auto path = typing_path("two");
    BOOST_TEST(ask("PUT", path, R"({"employee":"ana","typing":true})").status == 202U);
    const auto off = ask("PUT", path, R"({"employee":"ana","typing":false})");
    settle();

    BOOST_TEST(off.body == R"({"typing":false})");
    BOOST_TEST(
        inviter().calls == (Words{"participants ana", "typing bank/kim on", "typing bank/kim off"}),
        boost::test_tools::per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(is_nothing_where_the_channel_cannot_show_it, Invitations)
{
    const auto answer = ask("PUT", typing_path("one"), R"({"employee":"ana","typing":true})");

    BOOST_TEST(answer.status == 204U);
    BOOST_TEST(answer.body == "");
    BOOST_TEST(answer.headers.count("Content-Length") == 0U);
}

BOOST_FIXTURE_TEST_CASE(that_the_channel_does_not_take_is_nobodys_business, Invitations)
{
    inviter().fails_to_type = true;

    BOOST_TEST(ask("PUT", typing_path("two"), R"({"employee":"ana","typing":true})").status == 202U);
    settle();
}

BOOST_FIXTURE_TEST_CASE(is_of_participants_only, Invitations)
{
    const auto path = typing_path("two");
    const auto stranger = ask("PUT", path, R"({"employee":"eve","typing":true})");

    BOOST_TEST(stranger.status == 409U);
    BOOST_TEST(stranger.text("error") == "not_a_participant");
    BOOST_TEST(ask("PUT", path, R"({"typing":true})").status == 400U);
    BOOST_TEST(ask("PUT", path, R"({"employee":"ana","typing":1})").status == 400U);
    BOOST_TEST(
        ask("PUT", "/api/conversations/x-1/typing", R"({"employee":"ana","typing":true})").status == 404U
    );
}

BOOST_AUTO_TEST_SUITE_END()
