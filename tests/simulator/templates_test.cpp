// Messages that need no window (wechat-protocol.md 4.4), and the events that report on them.
#include "a_form.hpp"
#include "called.hpp"

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;

namespace {

struct Approved : Talking {
    Approved()
    {
        account->settings.templates = {
            {"ready", {.content = "{{what.DATA}} is ready at {{place.DATA}}."}},
            {"free", {}},
            {"offer", {.subscription = true, .content = "Offer: {{what.DATA}}"}},
        };
        platform.due.clear();
    }

    static std::string
    to(const std::string& openid, const std::string& id, const std::string& data, const std::string& more = ""
    )
    {
        return R"({"touser":")" + openid + R"(","template_id":")" + id + R"(","data":)" + data + more + "}";
    }
    std::int64_t send_template(const std::string& body) { return post("message/template/send", body); }
    std::int64_t send_offer(const std::string& body) { return post("message/subscribe/bizsend", body); }
    // The one event that is due.
    codec::Callback told()
    {
        BOOST_TEST_REQUIRE(platform.due.size() == 1U);
        return codec::parse_callback(platform.due.front().document).value();
    }
};

const std::string both =
    R"({"what":{"value":"Your card","color":"#173177"},"place":{"value":"the harbour"}})";
const std::string offer = R"({"what":{"value":"5 %"}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(template_messages)

BOOST_FIXTURE_TEST_CASE(need_no_window_and_read_as_they_were_approved, Approved)
{
    pass(48h);
    const auto answer = ask("POST", "/cgi-bin/message/template/send", with_token(), to("o1", "ready", both));

    BOOST_TEST(errcode(answer) == 0);
    BOOST_TEST(phone().back().kind == "template");
    BOOST_TEST(phone().back().text == "Your card is ready at the harbour.");
    BOOST_TEST(told().fields.at("MsgID") == std::to_string(answer.at("msgid").as_int64()));
    BOOST_TEST(told().fields.at("Status") == "success");
}

BOOST_FIXTURE_TEST_CASE(with_any_names_where_no_words_are_known, Approved)
{
    BOOST_TEST(send_template(to("o1", "free", R"({"a":{"value":"1"},"b":{"value":"2"}})")) == 0);
    BOOST_TEST(phone().back().text == "1\n2");
}

BOOST_FIXTURE_TEST_CASE(that_the_contact_has_blocked_are_reported_and_not_shown, Approved)
{
    account->contacts["o1"].template_status = "failed:user block";
    BOOST_TEST(send_template(to("o1", "ready", both)) == 0);

    BOOST_TEST(phone().size() == 1U);
    BOOST_TEST(told().fields.at("Status") == "failed:user block");
}

BOOST_FIXTURE_TEST_CASE(with_the_same_client_msg_id_are_one, Approved)
{
    const auto body = to("o1", "ready", both, R"(,"client_msg_id":"m1")");
    const auto send_it = [&] {
        return ask("POST", "/cgi-bin/message/template/send", with_token(), body).at("msgid").as_int64();
    };
    const auto first = send_it();

    BOOST_TEST(send_it() == first);
    BOOST_TEST(phone().size() == 2U);
    pass(10min);
    BOOST_TEST(send_it() != first);
    BOOST_TEST(phone().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(without_a_client_msg_id_are_two, Approved)
{
    send_template(to("o1", "ready", both));
    send_template(to("o1", "ready", both));

    BOOST_TEST(phone().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(are_refused_with_what_is_wrong, Approved)
{
    BOOST_TEST(send_template(to("o9", "ready", both)) == 40003);
    BOOST_TEST(send_template(to("o1", "unknown", both)) == 40037);
    BOOST_TEST(send_template(to("o1", "offer", offer)) == 40037);
    BOOST_TEST(send_template(to("o1", "ready", R"({"what":{"value":"x"}})")) == 47003);
    BOOST_TEST(
        send_template(
            to("o1", "ready", R"({"what":{"value":"x"},"place":{"value":"y"},"more":{"value":"z"}})")
        )
        == 47003
    );
    BOOST_TEST(send_template(to("o1", "ready", R"({"what":"x","place":"y"})")) == 47003);
    BOOST_TEST(send_template(to("o1", "ready", both, R"(,"topcolor":"#FF0000")")) == 47001);
    BOOST_TEST(
        send_template(to("o1", "ready", both, R"(,"miniprogram":{"appid":"wx9","pagepath":"p"})")) == 40166
    );
    account->settings.mini_programs = {"wx9"};
    BOOST_TEST(
        send_template(to("o1", "ready", both, R"(,"miniprogram":{"appid":"wx9","pagepath":""})")) == 40165
    );
    contact_unfollows();
    BOOST_TEST(send_template(to("o1", "ready", both)) == 43004);
    BOOST_TEST(platform.due.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(subscription_messages)

BOOST_FIXTURE_TEST_CASE(need_a_yes_each, Approved)
{
    BOOST_TEST(send_offer(to("o1", "offer", offer)) == 43101);
    (void)subscribes(platform, *account, "o1", "offer", false);
    BOOST_TEST(send_offer(to("o1", "offer", offer)) == 43101);
    (void)subscribes(platform, *account, "o1", "offer", true);

    BOOST_TEST(send_offer(to("o1", "offer", offer)) == 0);
    BOOST_TEST(phone().back().kind == "subscription");
    BOOST_TEST(phone().back().text == "Offer: 5 %");
    BOOST_TEST(told().fields.at("SubscribeMsgSentEvent.List.TemplateId") == "offer");
    BOOST_TEST(told().fields.at("SubscribeMsgSentEvent.List.ErrorStatus") == "success");
    BOOST_TEST(send_offer(to("o1", "offer", offer)) == 43101);
}

BOOST_FIXTURE_TEST_CASE(are_refused_with_what_is_wrong, Approved)
{
    BOOST_TEST(send_offer(to("o9", "offer", offer)) == 40003);
    BOOST_TEST(send_offer(to("o1", "ready", both)) == 40037);
    BOOST_TEST(send_offer(to("o1", "offer", R"({"what":{"value":"x","color":"#173177"}})")) == 47003);
    BOOST_TEST(send_offer(to("o1", "offer", offer, R"(,"url":"http://x")")) == 47001);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reports)

// Over HTTP, for there they are delivered.
BOOST_AUTO_TEST_CASE(come_behind_the_answer)
{
    Called called{success};
    called.settings.templates = {{"free", {}}};
    called.server.put(called.settings);
    called.server.contact_follows("wx1", "o1", "");
    const auto job = called.server.with_platform([](Platform& platform) {
        auto& account = *platform.find("wx1");
        const auto token = account.tokens.stable(false, platform.clock.now(), platform.random).value;
        platform.remember(token, account);
        const Request request{
            .method = "POST",
            .path = "/cgi-bin/message/template/send",
            .query = "access_token=" + token,
            .body = R"({"touser":"o1","template_id":"free","data":{"a":{"value":"x"}}})",
        };
        return object_in(answer_api(platform, request).body).at("msgid").as_int64();
    });
    called.server.settle();

    const auto report = called.opened(called.posts().at(1));
    BOOST_TEST(report.fields.at("Event") == "TEMPLATESENDJOBFINISH");
    BOOST_TEST(report.fields.at("MsgID") == std::to_string(job));
    BOOST_TEST(called.server.slots_left("wx1", "o1") == 3);
}

BOOST_AUTO_TEST_SUITE_END()
