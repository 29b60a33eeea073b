// Faults on order: which call they meet, and what is left of its answer (wechat-protocol.md 9.5).
#include "a_form.hpp"

#include <boost/json/array.hpp>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;

namespace {

struct Suffering : Talking {
    Response suffer(Fault fault)
    {
        fault.path = send_path;
        fault.times = 1;
        platform.faults.add(std::move(fault));
        return call("POST", send_path, with_token(), message("text", R"({"content":"x"})"));
    }
    std::size_t shown() { return phone().size() - 1; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(whom_a_fault_meets)

BOOST_FIXTURE_TEST_CASE(the_nth_call_from_now, Talking)
{
    platform.faults.add({.path = send_path, .after = 2, .errcode = -1, .times = 1});

    BOOST_TEST(send("one") == 0);
    BOOST_TEST(send("two") == 0);
    BOOST_TEST(send("three") == -1);
    BOOST_TEST(send("four") == 0);
}

BOOST_FIXTURE_TEST_CASE(the_nth_call_of_whatever_path, Talking)
{
    // Each send asks for a token first.
    platform.faults.add({.path = "*", .after = 3, .errcode = -1, .times = 1});

    BOOST_TEST(send("one") == 0);
    BOOST_TEST(send("two") == -1);
}

BOOST_FIXTURE_TEST_CASE(one_account_and_no_other, Talking)
{
    auto other = an_account();
    other.app_id = "wx2";
    other.app_secret = "secret-2";
    platform.put(other);
    platform.faults.add({.path = token_path, .app_id = "wx2", .errcode = 40013});
    platform.faults.add({.path = "/cgi-bin/token", .app_id = "wx2", .errcode = 40013});
    platform.faults.add({.path = send_path, .app_id = "wx1", .errcode = 48004});
    const auto stable = R"({"grant_type":"client_credential","appid":"wx2","secret":"secret-2"})";
    const auto classic = "grant_type=client_credential&appid=wx2&secret=secret-2";

    BOOST_TEST(errcode(ask("POST", token_path, "", stable)) == 40013);
    BOOST_TEST(errcode(ask("GET", "/cgi-bin/token", classic)) == 40013);
    BOOST_TEST(errcode(ask_for_token()) == 0);
    BOOST_TEST(send("x") == 48004);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_is_left_of_an_answer)

BOOST_FIXTURE_TEST_CASE(a_connection_that_is_reset_before_the_effect, Suffering)
{
    BOOST_CHECK(suffer({.reset = true}).manner == Response::Manner::reset);
    BOOST_TEST(shown() == 0U);
    BOOST_TEST(platform.requests().back().status == 0U);
}

BOOST_FIXTURE_TEST_CASE(half_of_it_after_the_effect, Suffering)
{
    BOOST_CHECK(suffer({.truncate = true}).manner == Response::Manner::cut);
    BOOST_TEST(shown() == 1U);
}

BOOST_FIXTURE_TEST_CASE(another_length_than_it_has, Suffering)
{
    const auto answer = suffer({.content_length = 1000});

    BOOST_TEST(answer.content_length.value() == 1000U);
    BOOST_TEST(answer.body == R"({"errcode":0,"errmsg":"ok"})");
    BOOST_TEST(shown() == 1U);
}

BOOST_FIXTURE_TEST_CASE(raw_control_characters_in_the_json, Suffering)
{
    BOOST_TEST(suffer({.control_characters = true}).body == "{\"errcode\":0,\"errmsg\":\"\x10\x1dok\"}");
}

BOOST_FIXTURE_TEST_CASE(another_content_type, Suffering)
{
    BOOST_TEST(suffer({.content_type = "text/plain"}).content_type == "text/plain");
}

BOOST_FIXTURE_TEST_CASE(no_errcode, Suffering)
{
    BOOST_TEST(suffer({.without_errcode = true}).body == "{}");
    BOOST_TEST(shown() == 1U);
}

BOOST_FIXTURE_TEST_CASE(fields_that_nobody_knows_around_the_right_ones, Suffering)
{
    const auto answer = object_in(suffer({.errcode = 45015, .extra_fields = true}).body);

    BOOST_TEST(errcode(answer) == 45015);
    BOOST_TEST(answer.size() == 5U);
    BOOST_TEST(answer.at("ext_info").as_object().at("errcode").as_int64() == 40001);
}

BOOST_FIXTURE_TEST_CASE(any_body, Suffering)
{
    BOOST_TEST(suffer({.body = "<html>busy</html>"}).body == "<html>busy</html>");
    BOOST_TEST(shown() == 1U);
    BOOST_TEST(suffer({.body = ""}).body == "");
}

BOOST_FIXTURE_TEST_CASE(a_gateways_page_with_any_status, Suffering)
{
    for (const unsigned status : {200U, 413U, 429U, 500U, 502U}) {
        const auto answer = suffer({.http_status = status});
        BOOST_TEST(answer.status == status);
        BOOST_TEST(answer.content_type == "text/html");
    }
    BOOST_TEST(shown() == 0U);
}

BOOST_FIXTURE_TEST_CASE(several_things_at_once, Suffering)
{
    const auto answer =
        suffer({.errcode = 45047, .truncate = true, .content_type = "text/plain", .latency = 7ms});

    BOOST_CHECK(answer.manner == Response::Manner::cut);
    BOOST_TEST(answer.content_type == "text/plain");
    BOOST_TEST(answer.latency.count() == 7);
    BOOST_TEST(shown() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
