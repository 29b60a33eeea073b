// The API of interfaces.md 4 over loopback.
#include "web.hpp"

namespace {

using namespace host;
using namespace host::test;
using channel::State;

struct WithContact : Web {
    WithContact()
    {
        contact_says("i1", "Hello");
        // Its own copy of the answers: the puppet is asked until the base has ended the host.
        puppet().on_send = [this, answers = answers](const channel::Message& message) {
            if (const auto answer = answers.find(message.content->text); answer != answers.end())
                puppet().reports(
                    message.client_id, answer->second, 1, answer->second == State::sent ? "" : "on_hold"
                );
        };
    }

    WebAnswer send(const std::string& client_id, const std::string& text)
    {
        return ask(
            "POST",
            path("/messages"),
            R"({"employee":"ana","client_id":")" + client_id + R"(","text":")" + text + "\"}"
        );
    }

    const std::map<std::string, State> answers{
        {"now", State::sent}, {"later", State::queued}, {"no", State::refused}, {"in hand", State::accepted}};
};

BOOST_AUTO_TEST_SUITE(the_api)

BOOST_FIXTURE_TEST_CASE(lists_channels_and_conversations, WithContact)
{
    const auto channels = ask("GET", "/api/channels").json().as_array();
    BOOST_TEST(channels.at(0).at("type").as_string() == "puppet");
    BOOST_TEST(channels.at(0).at("health").at("level").as_string() == "ok");
    BOOST_TEST(channels.at(0).at("capabilities").is_object());

    contact_says("i2", "Hi", "lee");
    const auto all = ask("GET", "/api/conversations").json().as_array();
    BOOST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].at("contact").as_string() == "lee");
    BOOST_TEST(all[1].at("participants").as_array().at(0).as_string() == "ana");
    BOOST_TEST(ask("GET", "/api/conversations?channel=two").json().as_array().empty());
    BOOST_TEST(ask("GET", "/api/conversations?customer=bank&limit=1").json().as_array().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(shows_a_conversation_with_its_messages, WithContact)
{
    send("m1", "now");
    const auto view = ask("GET", path()).json();
    const auto& messages = view.at("messages").as_array();

    BOOST_REQUIRE(messages.size() == 2U);
    BOOST_TEST(messages[0].at("from").as_string() == "contact");
    BOOST_TEST(messages[0].at("text").as_string() == "Hello");
    BOOST_TEST(messages[1].at("client_id").as_string() == "m1");
    BOOST_TEST(messages[1].at("state").as_string() == "sent");
}

BOOST_FIXTURE_TEST_CASE(answers_a_message_with_its_receipt, WithContact)
{
    const auto accepted = send("m1", "in hand");
    BOOST_TEST(accepted.status == 202U);
    BOOST_TEST(accepted.text("state") == "accepted");

    const auto sent = send("m2", "now");
    BOOST_TEST(sent.status == 202U);
    BOOST_TEST(sent.text("state") == "accepted");
    BOOST_TEST(sent.text("now") == "sent");

    const auto queued = send("m3", "later");
    BOOST_TEST(queued.status == 202U);
    BOOST_TEST(queued.text("state") == "queued");
    BOOST_TEST(queued.text("reason") == "on_hold");
    BOOST_TEST(queued.json().at("position").to_number<int>() == 1);

    const auto refused = send("m4", "no");
    BOOST_TEST(refused.status == 409U);
    BOOST_TEST(refused.text("state") == "refused");
    BOOST_TEST(refused.text("client_id") == "m4");
}

BOOST_FIXTURE_TEST_CASE(
    answers_the_same_message_the_same_and_sends_it_once, WithContact, *boost::unit_test::label("S8")
)
{
    const auto first = send("m1", "later");
    const auto second = send("m1", "later");
    BOOST_TEST(first.body == second.body);
    BOOST_TEST(puppet().ids.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(answers_without_a_receipt_once_the_message_is_durable, WithContact)
{
    const auto answer = send("m1", "silence");
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.text("state") == "accepted");
    BOOST_TEST(answer.text("now") == "pending");
}

BOOST_FIXTURE_TEST_CASE(takes_and_shows_a_picture, WithContact)
{
    const auto sent = ask(
        "POST",
        path("/messages"),
        R"({"employee":"ana","client_id":"p1","media":{"kind":"image","mime":"image/png","name":"a.png","base64":"aGVsbG8="}})"
    );
    BOOST_TEST(sent.status == 202U);
    const auto message = ask("GET", path()).json().at("messages").as_array().at(1);
    const auto media = ask("GET", std::string{message.at("media").as_string()});
    BOOST_TEST(media.status == 200U);
    BOOST_TEST(media.body == "hello");
    BOOST_TEST(media.type == "image/png");
    BOOST_TEST(ask("GET", "/api/media/1").status == 404U);
    BOOST_TEST(ask("GET", "/api/media/..%2Fhost.sqlite").status == 404U);
}

BOOST_FIXTURE_TEST_CASE(checks_without_sending, WithContact)
{
    const auto good = ask("POST", path("/check"), R"({"employee":"ana","text":"Hello"})");
    BOOST_TEST(good.status == 200U);
    BOOST_TEST(good.text("verdict") == "send");
    BOOST_TEST(good.json().at("slots_left").to_number<int>() == 3);
    const auto bad = ask("POST", path("/check"), R"({"employee":"ana","text":"never"})");
    BOOST_TEST(bad.text("verdict") == "refuse");
    BOOST_TEST(bad.text("reason") == "contact_must_start");
    BOOST_TEST(ask("POST", path("/check"), R"({"employee":"ana"})").status == 200U);
    BOOST_TEST(puppet().ids.empty());
}

BOOST_FIXTURE_TEST_CASE(cancels_what_waits, WithContact, *boost::unit_test::label("Q6"))
{
    puppet().on_cancel = [this](const std::string& id) { puppet().reports(id, State::cancelled, 2); };
    send("m1", "later");
    const auto cancelled = ask("DELETE", path("/messages/m1"));
    BOOST_TEST(cancelled.status == 200U);
    BOOST_TEST(cancelled.text("state") == "cancelled");

    send("m2", "now");
    BOOST_TEST(ask("DELETE", path("/messages/m2")).status == 409U);
    BOOST_TEST(ask("DELETE", path("/messages/none")).text("error") == "unknown_message");
}

BOOST_FIXTURE_TEST_CASE(sets_participants, WithContact)
{
    const auto answer = ask("PUT", path("/participants"), R"(["ben","cem"])");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.json().at("participants").as_array().size() == 2U);
    settle();
    BOOST_TEST(puppet().calls.back() == "participants ben,cem");
}

BOOST_FIXTURE_TEST_CASE(moves_the_clock_timer_by_timer, WithContact)
{
    // What each one sees on the clock: its own time, not that at the end of the way.
    std::vector<std::int64_t> fired;
    const auto before = host->now();
    const auto note = [&] {
        fired.push_back(std::chrono::floor<std::chrono::hours>(host->now() - before).count());
    };
    on_lane([&](Puppet& puppet) {
        for (const auto hours : {30, 10, 50})
            puppet.after(std::chrono::hours{hours}, note);
    });
    BOOST_TEST(ask("POST", "/api/clock", R"({"advance":"48h"})").status == 200U);

    BOOST_TEST(fired == (std::vector<std::int64_t>{10, 30}), boost::test_tools::per_element());
    BOOST_TEST((host->now() - before >= std::chrono::hours{48}));
    BOOST_TEST(ask("GET", "/api/clock").json().at("adjustable").as_bool());
    for (const auto* wrong :
         {"{}", R"({"advance":"2"})", R"({"advance":"-2h"})", R"({"advance":"1y"})", R"({"advance":3})"})
        BOOST_TEST(ask("POST", "/api/clock", wrong).status == 400U, wrong);
}

BOOST_FIXTURE_TEST_CASE(reloads_and_names_each_customer, WithContact)
{
    puppet().findings = {{channel::Level::error, "customers/shop.yaml", 2, 3, "x", "not so"}};
    const auto customers = ask("POST", "/api/reload").json().at("customers").as_array();

    BOOST_REQUIRE(customers.size() == 2U);
    BOOST_TEST(customers[0].at("customer").as_string() == "bank");
    BOOST_TEST(customers[0].at("ok").as_bool());
    BOOST_TEST(!customers[1].at("ok").as_bool());
    BOOST_TEST(customers[1].at("errors").as_array().at(0).as_string() == "customers/shop.yaml:2:3: not so");
}

BOOST_FIXTURE_TEST_CASE(tells_health_and_metrics, WithContact)
{
    BOOST_TEST(ask("GET", "/health").status == 200U);
    on_lane([](Puppet& puppet) { puppet.is(channel::Health::down, "the provider is gone"); });
    const auto down = ask("GET", "/health");
    BOOST_TEST(down.status == 503U);
    BOOST_TEST(down.json().at("reasons").as_array().at(0).as_string() == "one: the provider is gone");

    const auto metrics = ask("GET", "/metrics");
    BOOST_TEST(metrics.type.starts_with("application/openmetrics-text"));
    BOOST_TEST(metrics.body.find("puppet_strings{channel=\"one\"} 4\n") != std::string::npos);
    BOOST_TEST(metrics.body.find("host_offers_total{channel=\"one\"} 1\n") != std::string::npos);
    BOOST_TEST(metrics.body.ends_with("# EOF\n"));
}

BOOST_FIXTURE_TEST_CASE(serves_a_page_that_may_do_nothing_but_talk_to_it, WithContact)
{
    for (const auto* file : {"/", "/index.html", "/app.js", "/base.css", "/icons.svg"}) {
        const auto page = ask("GET", file);
        BOOST_TEST(page.status == 200U, file);
        BOOST_TEST(page.headers.at("Content-Security-Policy").starts_with("default-src 'self'"), file);
        BOOST_TEST(page.headers.at("X-Content-Type-Options") == "nosniff", file);
    }
    BOOST_TEST(ask("GET", "/").type.starts_with("text/html"));
    BOOST_TEST(ask("HEAD", "/").body.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bad_input)

void is_refused(const WebAnswer& answer, unsigned status)
{
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.type == "application/json");
    BOOST_TEST(!answer.text("error").empty());
    BOOST_TEST(!answer.text("text").empty());
}

BOOST_FIXTURE_TEST_CASE(in_a_body_is_named, WithContact)
{
    for (const auto* body :
         {"",
          "{",
          "[]",
          "null",
          "\xff",
          "{}",
          R"({"employee":"ana","text":"x"})",
          R"({"client_id":"m","text":"x"})",
          R"({"employee":"ana","client_id":"m"})",
          R"({"employee":"ana","client_id":"m","text":""})",
          R"({"employee":"ana","client_id":"m","text":5})",
          R"({"employee":"ana","client_id":"a\nb","text":"x"})",
          R"({"employee":"ana","client_id":"m","text":"x","media":{}})",
          R"({"employee":"ana","client_id":"m","media":{"kind":"image","base64":"%%%%"}})",
          R"({"employee":"ana","client_id":"m","media":[]})",
          R"([[[[[[[[[[[[]]]]]]]]]]]])"}) {
        BOOST_TEST_CONTEXT(body) is_refused(ask("POST", path("/messages"), body), 400);
    }
    for (const auto* body : {"", "{}", "[5]", R"(["ana","ana"])", R"([""])"}) {
        BOOST_TEST_CONTEXT(body) is_refused(ask("PUT", path("/participants"), body), 400);
    }
    BOOST_TEST(puppet().ids.empty());
}

BOOST_FIXTURE_TEST_CASE(in_an_address_is_named, WithContact)
{
    is_refused(ask("GET", "/nothing"), 404);
    is_refused(ask("GET", "/api/conversations/none"), 404);
    is_refused(ask("GET", "/api/conversations/" + host->public_id(99)), 404);
    is_refused(ask("POST", "/api/conversations/none/messages", "{}"), 404);
    is_refused(ask("GET", "/api/conversations/"), 404);
    is_refused(ask("GET", "/api/events"), 426);
    is_refused(ask("PUT", "/api/conversations/none/participants", "[]"), 404);
}

BOOST_FIXTURE_TEST_CASE(in_a_method_is_named_with_what_is_allowed, WithContact)
{
    const auto wrong = ask("DELETE", "/api/clock");
    is_refused(wrong, 405);
    BOOST_TEST(wrong.headers.at("Allow") == "GET, POST");
    is_refused(ask("POST", "/"), 405);
    is_refused(ask("BREW", "/api/channels"), 405);
}

BOOST_FIXTURE_TEST_CASE(of_another_origin_or_host_is_turned_away, WithContact)
{
    is_refused(ask("POST", "/api/reload", "", {{"Origin", "http://evil.example"}}), 403);
    is_refused(ask("GET", "/api/channels", "", {{"Host", "evil.example"}}), 403);
    BOOST_TEST(ask("POST", "/api/reload", "", {{"Origin", "http://" + authority()}}).status == 200U);
}

BOOST_FIXTURE_TEST_CASE(that_is_too_large_is_not_read, WithContact)
{
    is_refused(ask("POST", path("/messages"), std::string(300 * 1024, 'x')), 413);
    is_refused(ask("GET", "/api/channels", "", {{"X-Large", std::string(20 * 1024, 'x')}}), 431);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
