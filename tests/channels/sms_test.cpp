// The plugin in a host, with a gateway around it.
#include "gateway.hpp"
#include "running.hpp"

namespace {

using namespace channels::test;
using boost::test_tools::per_element;

const std::string ours = "+4930555010";
const std::string kim = "+491701234567";

struct Sms : Running {
    explicit Sms(const std::string& more = {})
    {
        start(
            "sms",
            R"({"gateway":")" + gateway.url() + R"(","listen":"127.0.0.1:0","numbers":[")" + ours
                + R"("],"store":"out.txt")" + more + "}"
        );
    }

    std::uint16_t port()
    {
        return boost::json::parse(running->inspect("it", "state")).at("port").to_number<std::uint16_t>();
    }

    unsigned contact_writes(const std::string& id, const std::string& words)
    {
        boost::json::object body;
        body["id"] = id;
        body["from"] = kim;
        body["to"] = ours;
        body["text"] = words;
        const auto status = post(port(), "/sms", boost::json::serialize(body));
        settle();
        return status;
    }

    unsigned receipt(const std::string& client_id, const std::string& state)
    {
        const auto id = running->public_id(with_kim()) + "/" + client_id;
        const auto status = post(
            port(),
            "/receipts",
            R"({"id":")" + id + R"(","from":")" + ours + R"(","to":")" + kim + R"(","state":")" + state
                + R"("})"
        );
        settle();
        return status;
    }

    host::ConversationId with_kim() { return conversation(ours, kim); }

    Gateway gateway;
};

struct WithKim : Sms {
    WithKim() { contact_writes("i1", "Hello"); }
};

struct WithToken : Sms {
    WithToken() : Sms(R"(,"token":"shared")") {}
};

BOOST_AUTO_TEST_SUITE(sms_channel)

BOOST_FIXTURE_TEST_CASE(brings_what_the_contact_writes_once_and_then_says_200, Sms)
{
    BOOST_TEST(contact_writes("i1", "Hello") == 200U);
    BOOST_TEST(contact_writes("i1", "Hello") == 200U);
    run();
    BOOST_TEST(contact_writes("i1", "Hello") == 200U);

    BOOST_TEST(shown(with_kim()) == Words{"text Hello"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(sends_in_order_and_tells_what_became_of_it, WithKim)
{
    send(with_kim(), "m1", text("One"));
    send(with_kim(), "m2", text("Two"));

    BOOST_TEST(gateway.texts() == (Words{kim + " One", kim + " Two"}), per_element());
    BOOST_TEST(state_of(with_kim(), "m1") == "sent");
    BOOST_TEST(receipt("m1", "delivered") == 200U);
    BOOST_TEST(state_of(with_kim(), "m1") == "delivered");
    BOOST_TEST(receipt("m2", "failed") == 200U);
    BOOST_TEST(state_of(with_kim(), "m2") == "failed");
}

BOOST_FIXTURE_TEST_CASE(
    tries_again_on_the_hosts_clock_what_the_gateway_could_not_take, WithKim, *boost::unit_test::label("D8")
)
{
    gateway.will_answer({503, 429});
    send(with_kim(), "m1", text("One"));
    send(with_kim(), "m2", text("Two"));
    BOOST_TEST(state_of(with_kim(), "m1") == "pending");
    BOOST_TEST(gateway.texts().empty());
    running->advance(std::chrono::seconds{10});

    BOOST_TEST(gateway.texts() == (Words{kim + " One", kim + " Two"}), per_element());
    BOOST_TEST(state_of(with_kim(), "m2") == "sent");
}

BOOST_FIXTURE_TEST_CASE(fails_what_the_gateway_will_never_take, WithKim, *boost::unit_test::label("D8"))
{
    gateway.will_answer({400});
    send(with_kim(), "m1", text("One"));

    BOOST_TEST(state_of(with_kim(), "m1") == "failed wrong_number");
    BOOST_TEST(gateway.requests() == 1);
}

BOOST_FIXTURE_TEST_CASE(
    sends_once_what_a_restart_finds_without_a_report, WithKim, *boost::unit_test::label("D3")
)
{
    gateway.will_answer({503});
    send(with_kim(), "m1", text("One"));
    run();

    BOOST_TEST(gateway.texts() == Words{kim + " One"}, per_element());
    BOOST_TEST(state_of(with_kim(), "m1") == "sent");
}

BOOST_FIXTURE_TEST_CASE(cancels_what_waits_and_not_what_is_sent, WithKim, *boost::unit_test::label("D9"))
{
    gateway.will_answer({503});
    send(with_kim(), "m1", text("One"));
    send(with_kim(), "m2", text("Two"));
    running->cancel(with_kim(), "m2", [](const auto&) {});
    running->advance(std::chrono::seconds{10});

    BOOST_TEST(gateway.texts() == Words{kim + " One"}, per_element());
    BOOST_TEST(state_of(with_kim(), "m2") == "cancelled");
}

BOOST_FIXTURE_TEST_CASE(sends_nothing_to_who_has_said_stop_until_he_says_start, WithKim)
{
    contact_writes("i2", "stop");
    run();
    send(with_kim(), "m1", text("Still there?"));
    BOOST_TEST(state_of(with_kim(), "m1") == "refused opted_out");
    contact_writes("i3", "START");
    send(with_kim(), "m2", text("Welcome back"));

    BOOST_TEST(gateway.texts() == Words{kim + " Welcome back"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(
    says_beforehand_what_a_text_costs_and_why_it_will_not_go, WithKim, *boost::unit_test::label("D7")
)
{
    const auto contact = *host::Reader{running->store_file()}.conversation(with_kim());
    const auto ask = [&](channel::Content content) {
        return running->check(contact, {.employee = "ana", .client_id = "x", .content = std::move(content)});
    };
    BOOST_TEST(ask(text("Hello")).cost == 1U);
    BOOST_TEST(ask(text(std::string(161, 'a'))).cost == 2U);
    BOOST_TEST(ask(text(std::string(1531, 'a'))).reason == "text_too_long");
    BOOST_TEST(ask({.kind = "image"}).reason == "unsupported_content");
    BOOST_TEST(gateway.requests() == 0);
}

BOOST_FIXTURE_TEST_CASE(is_down_while_nobody_answers, WithKim, *boost::unit_test::label("O2"))
{
    {
        const auto gone = std::make_unique<Gateway>();
        config.channels[0].settings.replace(
            config.channels[0].settings.find(gateway.url()), gateway.url().size(), gone->url()
        );
    }
    run();
    contact_writes("i2", "Hi");
    send(with_kim(), "m1", text("One"));
    BOOST_TEST((running->channels()[0].health == channel::Health::down));
    BOOST_TEST(running->ailments().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(turns_hostile_requests_away, Sms, *boost::unit_test::label("R8"))
{
    const auto valid = R"({"id":"i1","from":")" + kim + R"(","to":")" + ours + R"(","text":")";
    for (const auto& body :
         {std::string{},
          std::string{"[]"},
          std::string{"{"},
          std::string{"{}"},
          valid + "\xff\"}",
          std::string(1000, '['),
          R"({"id":"","from":"+491701234567","to":"+4930555010","text":"x"})" + std::string{},
          std::string{R"({"id":"i","from":"Kim","to":"+4930555010","text":"x"})"}})
        BOOST_TEST(post(port(), "/sms", body) == 400U);
    BOOST_TEST(post(port(), "/other", "{}") == 404U);
    BOOST_TEST(post(port(), "/sms", R"({"id":"i","from":"+491701234567","to":"+4930","text":"x"})") == 404U);
    BOOST_TEST(post(port(), "/receipts", R"({"id":"i","state":"odd"})") == 400U);
    BOOST_TEST(post(port(), "/sms", std::string(70'000, 'x')) == 0U);  // cut off
    settle();
    BOOST_TEST(!host::Reader{running->store_file()}.find("it", ours, kim).has_value());
}

BOOST_FIXTURE_TEST_CASE(
    takes_nothing_without_the_token_and_shows_it_to_nobody, WithToken, *boost::unit_test::label("C5")
)
{
    const auto body = R"({"id":"i1","from":")" + kim + R"(","to":")" + ours + R"(","text":"Hello"})";
    BOOST_TEST(post(port(), "/sms", body) == 401U);
    BOOST_TEST(post(port(), "/sms", body, "wrong") == 401U);
    BOOST_TEST(post(port(), "/sms", body, "shared") == 200U);
    for (const auto* topic : {"config", "state", "health", "metrics"})
        BOOST_TEST(running->inspect("it", topic).find("shared") == std::string::npos, topic);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
