// What an endpoint must stand (wechat-protocol.md 1.6 and 9.2): the platform's clock decides, nobody waits for a real one.
#include "called.hpp"
#include "codec/push.hpp"

#include <boost/json/array.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <atomic>
#include <future>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

const std::string contact = "/sim/accounts/wx1/contacts/o1/";

// Answers to a POST as told; passes every GET check.
Webhook::Answer posts_answered(std::function<Answering()> answer)
{
    return [answer = std::move(answer)](const Received& received) {
        return received.method == "POST" ? answer() : success(received);
    };
}

struct Delivering : Called {
    Delivering() : Called(success) {}

    boost::json::object act(const std::string& verb, const std::string& body)
    {
        const auto answer = server.control("POST", contact + verb, body);
        BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
        return object_in(answer.body);
    }
    std::string text_of(const Received& post)
    {
        return std::get<codec::ContactMessage>(opened(post).what).content.text;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(deadlines)

// The endpoint is slow by the platform's clock, which the test moves while the endpoint has the request.
BOOST_AUTO_TEST_CASE(five_seconds_of_the_platforms_clock_end_a_delivery)
{
    Server* server = nullptr;
    Rules rules{.clock = Clock::Kind::standing};
    Webhook hanging{posts_answered([&] {
        server->advance(5s);
        return Answering{.status = 0};
    })};
    Server patient{{.patience = 1h, .rules = rules}};
    server = &patient;
    auto account = an_account();
    account.callback_url = hanging.url();
    patient.put(account);
    patient.set_time(start);
    const auto delivered = patient.contact_sends("wx1", "o1", "Hello");

    BOOST_TEST(delivered.deliveries == 3);
    BOOST_CHECK(delivered.answered == Answered::timeout);
    BOOST_CHECK(patient.now() == start + 15s);
}

BOOST_AUTO_TEST_CASE(a_millisecond_less_does_not)
{
    Server* server = nullptr;
    Webhook late{posts_answered([&] {
        server->advance(5s - 1ms);
        return Answering{};
    })};
    Server patient{{.patience = 1h, .rules = {.clock = Clock::Kind::standing}}};
    server = &patient;
    auto account = an_account();
    account.callback_url = late.url();
    patient.put(account);

    BOOST_CHECK(patient.contact_sends("wx1", "o1", "Hello").answered == Answered::success);
}

BOOST_AUTO_TEST_CASE(a_running_clock_that_is_moved_ends_it_as_well)
{
    Server* server = nullptr;
    Webhook hanging{posts_answered([&] {
        server->advance(5s);
        return Answering{.status = 0};
    })};
    Server running{{.patience = 1h, .rules = {.push = {.deliveries = 1}}}};
    server = &running;
    auto account = an_account();
    account.callback_url = hanging.url();
    running.put(account);

    BOOST_CHECK(running.contact_sends("wx1", "o1", "Hello").answered == Answered::timeout);
}

BOOST_AUTO_TEST_CASE(where_the_clock_stands_patience_ends_it)
{
    Called called{posts_answered([] { return Answering{.status = 0}; })};

    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "Hello").answered == Answered::timeout);
    BOOST_CHECK(called.server.now() == start);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(delivering)

BOOST_AUTO_TEST_CASE(four_deliveries_are_the_documents_reading)
{
    Called called{
        posts_answered([] { return Answering{.status = 500}; }), "secure", {.push = {.deliveries = 4}}};

    BOOST_TEST(called.server.contact_sends("wx1", "o1", "Hello").deliveries == 4);
}

BOOST_AUTO_TEST_CASE(a_status_can_mean_the_notice_at_once)
{
    Called called{
        posts_answered([] { return Answering{.status = 500}; }),
        "secure",
        {.push = {.after_status = PushRules::AfterStatus::notice}}};
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

    BOOST_TEST(delivered.deliveries == 1);
    BOOST_CHECK(delivered.answered == Answered::status);
    BOOST_TEST(delivered.shown == "该公众号提供的服务出现故障，请稍后再试");
}

BOOST_FIXTURE_TEST_CASE(a_delivery_that_is_reset_was_handled_and_comes_again, Delivering)
{
    const auto answer = act("send", R"({"text":"Hello","push":{"resets":1}})");

    BOOST_TEST(answer.at("deliveries").as_int64() == 2);
    BOOST_TEST(answer.at("answered").as_string() == "success");
    BOOST_TEST_REQUIRE(posts().size() == 2U);
    BOOST_CHECK(opened(posts()[0]) == opened(posts()[1]));
}

BOOST_FIXTURE_TEST_CASE(a_body_may_come_in_chunks, Delivering)
{
    act("send", R"({"text":"你好 👋","push":{"chunked":true}})");

    BOOST_TEST(posts().at(0).chunked);
    BOOST_TEST(text_of(posts().at(0)) == "你好 👋");
}

BOOST_FIXTURE_TEST_CASE(the_platform_may_write_and_read_slowly, Delivering)
{
    const auto answer = act("send", R"({"text":"Hello","push":{"slow_write_ms":1,"slow_read_ms":1}})");

    BOOST_TEST(answer.at("answered").as_string() == "success");
    BOOST_TEST(text_of(posts().at(0)) == "Hello");
}

BOOST_FIXTURE_TEST_CASE(connections_are_kept_where_the_account_says_so, Delivering)
{
    act("send", R"({"text":"one"})");
    act("send", R"({"text":"two"})");
    settings.push = PushRules{.keep_alive = true};
    server.put(settings);
    act("send", R"({"text":"three"})");
    act("send", R"({"text":"four"})");

    const auto all = posts();
    BOOST_TEST_REQUIRE(all.size() == 4U);
    BOOST_TEST(all[0].connection != all[1].connection);
    BOOST_TEST(all[2].connection == all[3].connection);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_costs_no_delivery)
{
    Called called{
        posts_answered([] { return Answering{.closes = true}; }), "secure", {.push = {.keep_alive = true}}};
    called.server.contact_sends("wx1", "o1", "one");
    const auto second = called.server.contact_sends("wx1", "o1", "two");

    BOOST_TEST(second.deliveries == 1);
    BOOST_CHECK(second.answered == Answered::success);
    BOOST_TEST(called.posts().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(the_query_may_lack_the_openid, Delivering)
{
    act("send", R"({"text":"with"})");
    act("send", R"({"text":"without","push":{"openid":false}})");

    BOOST_TEST(codec::parse_query(posts().at(0).query).openid == "o1");
    BOOST_TEST(codec::parse_query(posts().at(1).query).openid == "");
    BOOST_TEST(text_of(posts().at(1)) == "without");
}

BOOST_FIXTURE_TEST_CASE(any_act_can_be_repeated_though_it_was_answered, Delivering)
{
    BOOST_TEST(act("follow", R"({"scene":"5","repeat":2})").at("deliveries").as_int64() == 3);
    BOOST_TEST(posts().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_callback_lost_to_a_marked_url_says_so)
{
    Called called{
        posts_answered([] { return Answering{.status = 500}; }),
        "secure",
        {.push = {.deliveries = 1, .mark_fail_after = 1}}};
    called.server.contact_sends("wx1", "o1", "one");
    const auto lost = object_in(called.server.control("POST", contact + "send", R"({"text":"two"})").body);

    BOOST_TEST(lost.at("answered").as_string() == "lost");
    BOOST_TEST(lost.at("deliveries").as_int64() == 0);
    const auto log = boost::json::parse(called.server.control("GET", "/sim/callbacks", "").body).as_array();
    BOOST_TEST(log.back().as_object().at("answered").as_string() == "lost");
    called.server.advance(60s);
    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "three").answered == Answered::status);
}

BOOST_FIXTURE_TEST_CASE(every_delivery_is_logged_with_its_answer, Delivering)
{
    act("send", R"({"text":"Hello"})");

    const auto log =
        boost::json::parse(server.control("GET", "/sim/callbacks?openid=o1", "").body).as_array();
    BOOST_TEST_REQUIRE(log.size() == 1U);
    const auto& line = log[0].as_object();
    BOOST_TEST(line.at("delivery").as_int64() == 1);
    BOOST_TEST(line.at("status").as_int64() == 200);
    BOOST_TEST(line.at("answer").as_string() == "success");
    BOOST_TEST(line.at("body").as_string() == posts().at(0).body);
    BOOST_TEST(
        boost::json::parse(server.control("GET", "/sim/callbacks?openid=o2", "").body).as_array().empty()
    );
}

BOOST_FIXTURE_TEST_CASE(what_nobody_waits_for_has_settled_in_the_end, Delivering)
{
    BOOST_TEST(act("send", R"({"text":"Hello","wait":false})").at("answered").as_string() == "under_way");

    server.settle();
    BOOST_TEST(posts().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_hangs_ends_with_the_simulator)
{
    std::promise<void> here;
    Webhook hanging{posts_answered([&] {
        here.set_value();
        return Answering{.status = 0};
    })};
    Server server{{.patience = 1h, .rules = {.clock = Clock::Kind::standing}}};
    auto account = an_account();
    account.callback_url = hanging.url();
    server.put(account);
    const auto answer = server.control("POST", contact + "send", R"({"text":"Hello","wait":false})");
    here.get_future().wait();
    server.stop();

    BOOST_TEST(answer.body == R"({"answered":"under_way"})");
    BOOST_TEST(server.phone("wx1", "o1").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_changed_key)

constexpr auto new_key = "ABCDEFGhijklmnopqrstuvwxyz0123456789abcdefg";

// The key is changed when the first delivery is with the endpoint, which fails it.
struct Changing {
    explicit Changing(bool old_key_under_way)
        : webhook([this](const Received& received) {
              if (received.method == "GET")
                  return success(received);
              if (++posts > 1)
                  return Answering{};
              server.with_platform([](Platform& platform) {
                  auto settings = platform.find("wx1")->settings;
                  settings.encoding_aes_key = new_key;
                  platform.put(settings);
              });
              return Answering{.status = 500};
          }),
          server({.rules = {.push = {.old_key_under_way = old_key_under_way}, .clock = Clock::Kind::standing}}
          )
    {
        account = an_account();
        account.callback_url = webhook.url();
        server.put(account);
    }

    // With which key the delivery can be opened.
    std::string key_of(const Received& post)
    {
        auto with = account;
        const auto opens = [&] {
            return codec::read_callback(*callback_account(with), codec::parse_query(post.query), post.body)
                .has_value();
        };
        if (opens())
            return "old";
        with.encoding_aes_key = new_key;
        return opens() ? "new" : "none";
    }

    std::vector<std::string> keys()
    {
        std::vector<std::string> all;
        for (const auto& received : webhook.received())
            if (received.method == "POST")
                all.push_back(key_of(received));
        return all;
    }

    int posts = 0;
    Account account;
    Webhook webhook;
    Server server;
};

BOOST_AUTO_TEST_CASE(is_not_yet_used_by_what_is_under_way)
{
    Changing changing{true};
    changing.server.contact_sends("wx1", "o1", "under way");
    changing.server.contact_sends("wx1", "o1", "after it");

    BOOST_TEST(
        changing.keys() == (std::vector<std::string>{"old", "old", "new"}), boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(can_be_used_at_once)
{
    Changing changing{false};
    changing.server.contact_sends("wx1", "o1", "under way");

    BOOST_TEST(changing.keys() == (std::vector<std::string>{"old", "new"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bursts)

struct Bursting : Delivering {
    std::vector<std::string> texts()
    {
        std::vector<std::string> all;
        for (const auto& post : posts())
            all.push_back(text_of(post));
        return all;
    }
    boost::json::array burst(const std::string& more)
    {
        const auto answer = server.control("POST", "/sim/accounts/wx1/burst", R"({"acts":[
            {"contact":"o1","send":{"text":"1"}},{"contact":"o2","send":{"text":"2"}},{"contact":"o1","send":{"text":"3"}}
            ])" + more + "}");
        BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
        return boost::json::parse(answer.body).as_array();
    }
};

BOOST_FIXTURE_TEST_CASE(come_in_the_order_given_or_in_another, Bursting)
{
    burst("");
    burst(R"(,"order":"reversed")");

    BOOST_TEST(
        texts() == (std::vector<std::string>{"1", "2", "3", "3", "2", "1"}), boost::test_tools::per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(were_made_in_the_order_given_however_they_come, Bursting)
{
    burst(R"(,"order":"reversed")");

    std::vector<std::uint64_t> ids;
    for (const auto& post : posts())
        ids.push_back(std::get<codec::ContactMessage>(opened(post).what).id);
    BOOST_TEST(std::ranges::is_sorted(ids, std::greater{}));
}

BOOST_FIXTURE_TEST_CASE(are_shuffled_by_the_seed, Bursting)
{
    burst(R"(,"order":"shuffled")");
    auto sorted = texts();
    std::ranges::sort(sorted);

    BOOST_TEST(sorted == (std::vector<std::string>{"1", "2", "3"}), boost::test_tools::per_element());
}

// None is answered, so that all of them are on their way together.
BOOST_AUTO_TEST_CASE(can_come_all_at_once)
{
    constexpr int all = 3;
    std::atomic<int> here = 0;
    Webhook one{posts_answered([&] {
        ++here;
        return Answering{.status = 0};
    })};
    Server server{{.patience = 100ms, .rules = {.push = {.deliveries = 1}, .clock = Clock::Kind::standing}}};
    auto account = an_account();
    account.callback_url = one.url();
    server.put(account);
    const auto answer = server.control(
        "POST", "/sim/accounts/wx1/burst", R"({"at_once":true,"acts":[
        {"contact":"o1","send":{"text":"1"}},{"contact":"o2","send":{"text":"2"}},{"contact":"o3","follow":{}}]})"
    );

    BOOST_TEST(here == all);
    const auto delivered_all = boost::json::parse(answer.body);
    BOOST_TEST_REQUIRE(delivered_all.as_array().size() == 3U);
    for (const auto& delivered : delivered_all.as_array())
        BOOST_TEST(delivered.as_object().at("answered").as_string() == "timeout");
}

BOOST_FIXTURE_TEST_CASE(that_cannot_be_read_are_refused, Bursting)
{
    const auto refused = [&](const std::string& body) {
        return server.control("POST", "/sim/accounts/wx1/burst", body).status == 400U;
    };

    BOOST_TEST(refused("{}"));
    BOOST_TEST(refused(R"({"acts":[{"contact":"o1"}]})"));
    BOOST_TEST(refused(R"({"acts":[{"contact":"o1","dance":{}}]})"));
    BOOST_TEST(refused(R"({"acts":[{"send":{"text":"x"}}]})"));
    BOOST_TEST(refused(R"({"acts":[],"order":"random"})"));
    BOOST_TEST(refused(R"({"acts":[{"contact":"o1","send":{"text":"x","push":{"deliveries":0}}}]})"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(answers_in_json)

struct InJson {
    explicit InJson(std::string answer)
        : called(posts_answered([answer = std::move(answer)] { return Answering{.body = answer}; }), "plain")
    {
        called.settings.data_format = "json";
        called.server.put(called.settings);
    }
    Answered answered() { return called.server.contact_sends("wx1", "o1", "Hello").answered; }
    Called called;
};

BOOST_AUTO_TEST_CASE(are_replies_where_the_callback_was_json)
{
    InJson one{
        R"({"ToUserName":"o1","FromUserName":"gh_1","CreateTime":1,"MsgType":"text","Content":"Welcome"})"};

    BOOST_CHECK(one.answered() == Answered::reply);
    BOOST_TEST(one.called.server.phone("wx1", "o1").back().text == "Welcome");
}

BOOST_AUTO_TEST_CASE(are_illegal_where_the_callback_was_xml)
{
    const std::string reply =
        R"({"ToUserName":"o1","FromUserName":"gh_1","CreateTime":1,"MsgType":"text","Content":"x"})";
    Called called{posts_answered([&] { return Answering{.body = reply}; }), "plain"};

    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "Hello").answered == Answered::illegal);
}

BOOST_AUTO_TEST_CASE(in_xml_are_illegal_where_the_callback_was_json)
{
    InJson one{codec::write_reply(
        {.to = wechat::OpenId{"o1"}, .from = "gh_1", .at = to_seconds(start), .what = codec::TextReply{"x"}}
    )};

    BOOST_CHECK(one.answered() == Answered::illegal);
}

BOOST_AUTO_TEST_SUITE_END()
