// What the API adds for a page that shows everything at once.
#include "web.hpp"

namespace {

using namespace host;
using namespace host::test;
using channel::State;

struct WithContact : Web {
    WithContact() { contact_says("i1", "Hello"); }
};

BOOST_AUTO_TEST_SUITE(for_a_page)

BOOST_FIXTURE_TEST_CASE(the_host_says_where_its_events_stand, WithContact)
{
    const auto before = ask("GET", "/api/host").json();
    BOOST_TEST(before.at("adjustable").as_bool());
    BOOST_TEST(!before.at("simulator").as_bool());

    contact_says("i2", "Again");

    const auto after = ask("GET", "/api/host").json();
    BOOST_TEST(after.at("store") == before.at("store"));
    BOOST_TEST(
        after.at("last_event").to_number<std::int64_t>() > before.at("last_event").to_number<std::int64_t>()
    );
}

BOOST_FIXTURE_TEST_CASE(a_conversation_has_its_last_words_and_how_many_wait, WithContact)
{
    puppet().on_send = [this](const channel::Message& message) {
        puppet().reports(message.client_id, State::queued, 1, "on_hold");
    };
    employee_sends("m1");
    on_lane([](Puppet& puppet) { puppet.tells(channel::ItemKind::notice, "n1", "limit_reached"); });

    const auto view = ask("GET", "/api/conversations").json().as_array().at(0);
    BOOST_TEST(view.at("waiting").to_number<int>() == 1);
    BOOST_TEST(view.at("last").at("text").as_string() == "Hello");
    BOOST_TEST(view.at("last").at("employee").as_string() == "ana");
}

BOOST_FIXTURE_TEST_CASE(last_words_are_cut_between_characters, WithContact)
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "你";  // 3 bytes: 200 is no multiple of that
    contact_says("i2", text);

    const auto view = ask("GET", "/api/conversations").json().as_array().at(0);
    BOOST_TEST(view.at("last").at("text").as_string().size() == 198U);
}

BOOST_FIXTURE_TEST_CASE(who_has_no_simulator_hears_so, WithContact)
{
    const auto answer = ask("GET", "/api/simulator/accounts");
    BOOST_TEST(answer.status == 404U);
    BOOST_TEST(answer.text("error") == "no_simulator");
}

BOOST_FIXTURE_TEST_CASE(a_channel_without_texts_has_no_part_in_them, WithContact)
{
    BOOST_TEST(ask("GET", "/api/texts").json().as_array().empty());
}

BOOST_FIXTURE_TEST_CASE(operators_see_what_goes_through, WithContact)
{
    puppet().on_send = [this](const channel::Message& message) {
        puppet().reports(message.client_id, State::sent, 1);
    };
    employee_sends("m1");

    const auto metrics = ask("GET", "/metrics").body;
    for (const auto* line :
         {"host_messages_received_total{channel=\"one\"} 1\n",
          "host_message_states_total{channel=\"one\",state=\"sent\"} 1\n",
          "host_messages_waiting{channel=\"one\"} 0\n",
          "# TYPE host_send_seconds summary\n",
          "host_send_seconds_count{channel=\"one\"} 1\n"})
        BOOST_TEST(metrics.find(line) != std::string::npos, line);
}

struct WithSilentSimulator : Web {
    WithSilentSimulator() : Web(std::chrono::milliseconds{300}, {}, "http://127.0.0.1:1") {}
};

BOOST_FIXTURE_TEST_CASE(a_simulator_that_is_silent_is_said_to_be, WithSilentSimulator)
{
    BOOST_TEST(ask("GET", "/api/host").json().at("simulator").as_bool());
    const auto answer = ask("GET", "/api/simulator/accounts");
    BOOST_TEST(answer.status == 502U);
    BOOST_TEST(answer.text("error") == "simulator_silent");
}

BOOST_FIXTURE_TEST_CASE(a_simulator_is_asked_for_nothing_but_what_contacts_do, WithSilentSimulator)
{
    using Asked = std::pair<std::string, std::string>;
    for (const auto& [method, path] :
         {Asked{"POST", "/clock"},
          Asked{"POST", "/faults"},
          Asked{"GET", "/requests"},
          Asked{"PUT", "/accounts/wx1"},
          Asked{"POST", "/accounts"},
          Asked{"POST", "/accounts/a/contacts/b/phone"},
          Asked{"GET", "/accounts/a/contacts/b/send"},
          Asked{"GET", "/media/"},
          Asked{"GET", "/media/../clock"}})
        BOOST_TEST(ask(method, "/api/simulator" + path, method == "GET" ? "" : "{}").status == 404U, path);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
