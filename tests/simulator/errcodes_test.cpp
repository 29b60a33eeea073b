// The simulator's share of wechat-protocol.md 5.2: which of the platform's errcodes it answers with by itself, and when;
// and that it can be told to answer with any of them. And the table of 5.1.
#include "a_form.hpp"
#include "rows.hpp"
#include "simulator/errmsg.hpp"

#include <functional>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;

namespace {

struct Row {
    const char* name;
    std::int64_t errcode;
    std::function<std::int64_t(Talking&)> ask;
};
const std::vector<Row> provoked{
    {"5.2 0 ok", 0, [](Talking& one) { return one.send("Hi"); }},
    {"5.2 40001 invalid credential, not latest",
     40001,
     [](Talking& one) {
         const auto old = one.with_token();
         one.token(true);
         return one.errcode(one.ask("POST", send_path, old, message("text", R"({"content":"x"})")));
     }},
    {"5.2 40014 invalid access_token",
     40014,
     [](Talking& one) { return one.errcode(one.ask("POST", send_path, "access_token=x", "{}")); }},
    {"5.2 42001 access_token expired",
     42001,
     [](Talking& one) {
         const auto old = one.with_token();
         one.pass(2h);
         return one.errcode(one.ask("POST", send_path, old, "{}"));
     }},
    {"5.2 40003 invalid openid", 40003, [](Talking& one) { return one.send("x", "nobody"); }},
    {"5.2 40007 media id",
     40007,
     [](Talking& one) { return one.send_body(message("image", R"({"media_id":"x"})")); }},
    {"5.2 40008 invalid message type",
     40008,
     [](Talking& one) { return one.send_body(message("smell", "{}")); }},
    {"5.2 40033 uXXXX",
     40033,
     [](Talking& one) { return one.send_body(message("text", R"({"content":"\u4f60"})")); }},
    {"5.2 47001 JSON", 47001, [](Talking& one) { return one.send_body("{"); }},
    {"5.2 44002 empty body", 44002, [](Talking& one) { return one.send_body(""); }},
    {"5.2 41001 access_token missing",
     41001,
     [](Talking& one) { return one.errcode(one.ask("POST", send_path, "")); }},
    {"5.2 41006 media_id missing",
     41006,
     [](Talking& one) { return one.errcode(one.ask("GET", "/cgi-bin/media/get", one.with_token())); }},
    {"5.2 41009 openid missing", 41009, [](Talking& one) { return one.send("x", ""); }},
    {"5.2 43001 needs GET", 43001, [](Talking& one) { return one.post("media/get", "{}"); }},
    {"5.2 43002 needs POST",
     43002,
     [](Talking& one) { return one.errcode(one.ask("GET", send_path, one.with_token())); }},
    {"5.2 43004 recipient must follow",
     43004,
     [](Talking& one) {
         (void)one.contact_unfollows();
         return one.send("x");
     }},
    {"5.2 44003 empty news",
     44003,
     [](Talking& one) { return one.send_body(message("news", R"({"articles":[]})")); }},
    {"5.2 44004 empty text", 44004, [](Talking& one) { return one.send(""); }},
    {"5.2 45002 size", 45002, [](Talking& one) { return one.send(std::string(2049, 'x')); }},
    {"5.2 45009 reach max api daily quota limit",
     45009,
     [](Talking& one) {
         one.account->settings.quotas[send_path] = {.per_day = 1};
         one.send("x");
         return one.send("y");
     }},
    {"5.2 45011 api minute-quota",
     45011,
     [](Talking& one) {
         one.account->settings.quotas[send_path] = {.per_minute = 1};
         one.send("x");
         return one.send("y");
     }},
    {"5.2 45015 response out of time limit",
     45015,
     [](Talking& one) {
         one.pass(48h);
         return one.send("x");
     }},
    {"5.2 45047 out of response count limit",
     45047,
     [](Talking& one) {
         for (int i = 0; i < 5; ++i)
             one.send("x");
         return one.send("y");
     }},
    {"5.2 48001 api unauthorized",
     48001,
     [](Talking& one) {
         one.account->settings.certified = false;
         return one.send("x");
     }},
    {"5.2 61452 kf_account",
     61452,
     [](Talking& one) {
         return one.send_body(
             R"({"touser":"o1","msgtype":"text","text":{"content":"x"},"customservice":{"kf_account":"ana"}})"
         );
     }},
};

// By when an endpoint may send, and how often (5.1).
struct Opening {
    const char* name;
    std::function<void(Talking&)> act;
    int messages;
    Milliseconds lifetime;
};
const std::vector<Opening> openings{
    {"5.1 user sends a message: 5 in 48 h", [](Talking& one) { (void)one.contact_writes("x"); }, 5, 48h},
    {"5.1 custom menu: 3 in 1 min", [](Talking& one) { (void)one.contact_clicks("help"); }, 3, 1min},
    {"5.1 follow: 3 in 1 min",
     [](Talking& one) {
         (void)one.contact_unfollows();
         (void)one.contact_follows("");
     },
     3,
     1min},
    {"5.1 scan parametric QR: 3 in 1 min", [](Talking& one) { (void)one.contact_scans("desk"); }, 3, 1min},
    {"5.1 msgmenu item clicked: counts as the menu row",
     [](Talking& one) {
         Saying tap{.menu_id = "1"};
         tap.content.text = "Yes";
         (void)one.contact_says(tap);
     },
     3,
     1min},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(errcodes)

const Cases answered_by_itself{provoked, [](const Row& row) {
                                   Talking one;
                                   BOOST_TEST(row.ask(one) == row.errcode);
                                   BOOST_TEST(errmsg_of(row.errcode) != "error");
                               }};

BOOST_FIXTURE_TEST_CASE(any_other_is_answered_as_told_without_an_effect, Talking)
{
    for (const std::int64_t told :
         {-1, 43019, 45035, 45065, 45087, 45102, 46001, 48002, 48004, 50002, 61450, 87014, 99999}) {
        platform.faults.add({.path = send_path, .errcode = told, .times = 1});
        BOOST_TEST(send("x") == told);
    }
    BOOST_TEST(phone().size() == 1U);
    BOOST_TEST(slots_left() == 5);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(triggers_of_a_window)

// On its own: what the first message granted is over.
const Cases each{openings, [](const Opening& trigger) {
                     Talking one;
                     one.pass(48h);
                     trigger.act(one);
                     for (int i = 0; i < trigger.messages; ++i)
                         BOOST_TEST(one.send("x") == 0);
                     BOOST_TEST(one.send("y") == 45047);

                     Talking other;
                     other.pass(48h);
                     trigger.act(other);
                     other.pass(trigger.lifetime - 1ms);
                     BOOST_TEST(other.send("x") == 0);
                     other.pass(1ms);
                     BOOST_TEST(other.send("y") == 45015);
                 }};

// Both models, over one message with one slot used and one click a minute before its end.
BOOST_AUTO_TEST_CASE(count_apart_or_merge)
{
    using Model = GrantRules::Model;
    for (const auto& [model, at_once, after_a_minute] :
         {std::tuple{Model::per_class, 7, 4}, std::tuple{Model::maximum, 4, 4}}) {
        Rules rules{.clock = Clock::Kind::standing};
        rules.grants.model = model;
        Talking one{rules};
        one.send("one");
        (void)one.contact_clicks("help");
        BOOST_TEST(one.slots_left() == at_once);
        one.pass(1min);
        BOOST_TEST(one.slots_left() == after_a_minute);
    }
}

BOOST_AUTO_TEST_SUITE_END()
