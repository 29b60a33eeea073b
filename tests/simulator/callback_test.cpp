#include "called.hpp"

#include "codec/push.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <atomic>
#include <set>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

std::string sealed(const Received& received, std::string_view reply)
{
    const auto query = codec::parse_query(received.query);
    return codec::seal_reply(
        *callback_account(an_account()), reply, query.timestamp, query.nonce, codec::random_bytes()
    );
}

}  // namespace

BOOST_AUTO_TEST_SUITE(callbacks)

BOOST_AUTO_TEST_CASE(the_get_check_wants_the_echostr_verbatim)
{
    Called good{success};
    BOOST_TEST(good.verified);
    BOOST_TEST(codec::answer_check(*callback_account(good.settings), codec::parse_query(good.webhook.received()[0].query)).has_value());

    Called quoting{[](const Received& received) { return Answering{.body = '"' + success(received).body + '"'}; }};
    BOOST_TEST(!quoting.verified);
}

BOOST_DATA_TEST_CASE(a_text_arrives_in_every_mode, data::make({"plain", "compatible", "secure"}), mode)
{
    Called called{success, mode};
    const auto delivered = called.server.contact_sends("wx1", "o1", "你好 👋");

    BOOST_TEST(delivered.deliveries == 1);
    BOOST_CHECK(delivered.answered == Answered::success);
    const auto callback = called.opened(called.posts().at(0));
    BOOST_TEST(callback.from.str() == "o1");
    BOOST_TEST(callback.to == "gh_1");
    BOOST_CHECK(callback.at == to_seconds(start));
    const auto& message = std::get<codec::ContactMessage>(callback.what);
    BOOST_TEST(message.content.text == "你好 👋");
    BOOST_TEST(message.id > (1ULL << 53U));
}

BOOST_AUTO_TEST_CASE(every_act_is_an_event_of_its_own)
{
    Called called{success};
    auto& server = called.server;
    server.contact_follows("wx1", "o1", "desk-12");
    server.contact_scans("wx1", "o1", "desk-13");
    server.contact_clicks_menu("wx1", "o1", "help");
    server.contact_unfollows("wx1", "o1");
    server.contact_scans("wx1", "o1", "desk-14");

    using Type = codec::AccountEvent::Type;
    const std::vector<std::pair<Type, std::string>> expected{
        {Type::followed, "desk-12"}, {Type::scanned, "desk-13"}, {Type::menu_clicked, ""}, {Type::unfollowed, ""},
        {Type::followed, "desk-14"}
    };
    const auto posts = called.posts();
    BOOST_TEST_REQUIRE(posts.size() == expected.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const auto callback = called.opened(posts[i]);
        const auto& event = std::get<codec::AccountEvent>(callback.what);
        BOOST_CHECK(event.type == expected[i].first);
        BOOST_TEST(event.scene == expected[i].second);
    }
}

BOOST_AUTO_TEST_CASE(without_an_answer_it_is_delivered_three_times_and_the_phone_shows_the_notice)
{
    Called called{[](const Received&) { return Answering{.status = 0}; }};
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

    BOOST_TEST(delivered.deliveries == 3);
    BOOST_CHECK(delivered.answered == Answered::timeout);
    BOOST_TEST(delivered.shown == "该公众号提供的服务出现故障，请稍后再试");
    BOOST_CHECK(called.server.phone("wx1", "o1").back().from == PhoneEntry::From::system);
}

BOOST_AUTO_TEST_CASE(deliveries_differ_in_nonce_and_ciphertext_but_not_in_what_they_say)
{
    Called called{[](const Received&) { return Answering{.status = 500, .body = "no"}; }};
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");
    const auto posts = called.posts();
    BOOST_TEST_REQUIRE(posts.size() == 3U);

    BOOST_CHECK(delivered.answered == Answered::status);
    std::set<std::string> bodies;
    std::set<std::string> nonces;
    for (const auto& post : posts) {
        bodies.insert(post.body);
        nonces.insert(codec::parse_query(post.query).nonce);
        BOOST_CHECK(called.opened(post) == called.opened(posts[0]));
    }
    BOOST_TEST(bodies.size() == 3U);
    BOOST_TEST(nonces.size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_answer_to_the_second_delivery_is_enough)
{
    int posts = 0;
    Called called{[&](const Received& received) {
        return received.method == "POST" && ++posts == 1 ? Answering{.status = 502} : success(received);
    }};
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

    BOOST_TEST(delivered.deliveries == 2);
    BOOST_CHECK(delivered.answered == Answered::success);
    BOOST_TEST(delivered.shown == "");
}

BOOST_AUTO_TEST_CASE(a_passive_reply_is_shown_on_the_phone)
{
    Called called{[&](const Received& received) {
        const auto reply = codec::write_reply(
            {.to = wechat::OpenId{"o1"}, .from = "gh_1", .at = to_seconds(start), .what = codec::TextReply{"Welcome"}}
        );
        return received.method == "POST" ? Answering{.body = sealed(received, reply)} : success(received);
    }};
    const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

    BOOST_CHECK(delivered.answered == Answered::reply);
    BOOST_TEST(delivered.shown == "Welcome");
    BOOST_TEST(called.server.phone("wx1", "o1").back().text == "Welcome");
    BOOST_TEST(called.server.slots_left("wx1", "o1") == 5);
}

BOOST_AUTO_TEST_CASE(an_illegal_answer_is_the_notice_at_once)
{
    const std::vector<std::string> illegal{
        "Success", "success\n", "{}", "<xml></xml>",
        codec::write_reply(
            {.to = wechat::OpenId{"o1"}, .from = "gh_1", .at = to_seconds(start), .what = codec::TextReply{"plain"}}
        ),
    };
    for (const auto& body : illegal) {
        Called called{[&](const Received& received) {
            return received.method == "POST" ? Answering{.body = body} : success(received);
        }};
        const auto delivered = called.server.contact_sends("wx1", "o1", "Hello");

        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(delivered.deliveries == 1);
            BOOST_CHECK(delivered.answered == Answered::illegal);
            BOOST_TEST(!delivered.shown.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_reply_to_somebody_else_is_illegal)
{
    Called called{
        [](const Received& received) {
            const auto reply = codec::write_reply(
                {.to = wechat::OpenId{"o2"}, .from = "gh_1", .at = to_seconds(start), .what = codec::TextReply{"Hm"}}
            );
            return received.method == "POST" ? Answering{.body = reply} : success(received);
        },
        "plain"
    };

    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "Hello").answered == Answered::illegal);
    BOOST_CHECK(called.server.contact_sends("wx1", "o2", "Hello").answered == Answered::reply);
}

BOOST_AUTO_TEST_CASE(an_empty_answer_is_as_good_as_success)
{
    Called called{[](const Received&) { return Answering{.body = ""}; }};

    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "Hello").answered == Answered::empty);
    BOOST_TEST(called.server.phone("wx1", "o1").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_callback_can_be_repeated_though_it_was_answered)
{
    Called called{success};
    Saying saying{.repeat = 2};
    saying.content.text = "Hello";

    BOOST_TEST(called.server.contact_sends("wx1", "o1", saying).deliveries == 3);
    const auto posts = called.posts();
    BOOST_CHECK(called.opened(posts.at(0)) == called.opened(posts.at(2)));
}

BOOST_AUTO_TEST_CASE(a_url_that_failed_often_gets_nothing_for_a_minute)
{
    std::atomic<bool> up = false;
    Called called{
        [&](const Received& received) { return up ? success(received) : Answering{.status = 500}; }, "secure",
        Rules{.push = {.deliveries = 1, .mark_fail_after = 2}}
    };
    called.server.contact_sends("wx1", "o1", "one");
    called.server.contact_sends("wx1", "o1", "two");
    up = true;

    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "lost").answered == Answered::lost);
    called.server.advance(60s);
    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "heard").answered == Answered::success);
    BOOST_TEST(called.posts().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_document_as_it_stands_opens_what_it_says)
{
    Called called{success};
    const auto document = codec::write_callback_xml(
        {.to = "gh_1", .from = wechat::OpenId{"o1"}, .at = to_seconds(start), .what = codec::ContactMessage{.id = 7}}
    );
    Saying raw{.raw = document};
    called.server.contact_sends("wx1", "o1", raw);

    BOOST_TEST(called.server.slots_left("wx1", "o1") == 5);
    BOOST_TEST(std::get<codec::ContactMessage>(called.opened(called.posts().at(0)).what).id == 7U);
}

BOOST_AUTO_TEST_CASE(who_is_not_there_cannot_be_asked_about)
{
    Called called{success};

    BOOST_CHECK_THROW(called.server.contact_sends("wx2", "o1", "Hello"), std::out_of_range);
}

BOOST_AUTO_TEST_CASE(without_an_endpoint_nobody_answers)
{
    Called called{success};
    Account nowhere = called.settings;
    {
        Webhook gone{success};
        nowhere.callback_url = gone.url();
    }

    BOOST_TEST(!called.server.put(nowhere));
    BOOST_CHECK(called.server.contact_sends("wx1", "o1", "Hello").answered == Answered::timeout);
}

BOOST_AUTO_TEST_SUITE_END()
