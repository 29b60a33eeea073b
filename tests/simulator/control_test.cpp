// The simulator over HTTP, as interfaces.md 5 describes it to people with curl.
#include "one_account.hpp"
#include "webhook.hpp"

#include "simulator/server.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/array.hpp>

using namespace simulator;
using namespace simulator::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct Reached {
    Reached() : server(Options{.rules = {.clock = Clock::Kind::standing}}) { server.set_time(start); }

    // Throws where the connection ends before the answer does.
    http::response<http::string_body> request(http::verb method, const std::string& target, const std::string& body = {})
    {
        asio::io_context loop;
        asio::ip::tcp::socket socket{loop};
        socket.connect({asio::ip::make_address("127.0.0.1"), server.port()});
        http::request<http::string_body> message{method, target, 11};
        message.set(http::field::host, "simulator");
        message.body() = body;
        message.prepare_payload();
        http::write(socket, message);
        boost::beast::flat_buffer buffer;
        http::response<http::string_body> response;
        http::read(socket, buffer, response);
        return response;
    }

    boost::json::value get(const std::string& target) { return boost::json::parse(request(http::verb::get, target).body()); }
    boost::json::object post(const std::string& target, const std::string& body = {})
    {
        return object_in(request(http::verb::post, target, body).body());
    }

    void put_account()
    {
        request(http::verb::put, "/sim/accounts/wx1",
            R"({"app_secret":"s","token":"t","callback_url":"","callback_mode":"plain","original_id":"gh_1","customer":"bank"})");
    }

    std::string token()
    {
        return std::string{post(token_path, R"({"grant_type":"client_credential","appid":"wx1","secret":"s"})").at("access_token").as_string()};
    }

    static std::int64_t errcode_of(const boost::json::object& answer) { return answer.at("errcode").as_int64(); }

    Server server;
};

const std::string contact = "/sim/accounts/wx1/contacts/o1/";
const std::string text = R"({"touser":"o1","msgtype":"text","text":{"content":"Hi"}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(hands_on_the_platform)

BOOST_FIXTURE_TEST_CASE(an_account_is_made_checked_and_shown, Reached)
{
    Webhook webhook{[](const Received& received) {
        return Answering{.body = wechat::codec::parse_query(received.query).echostr};
    }};
    auto account = to_json(an_account());
    account["callback_url"] = webhook.url();
    const auto answer = request(http::verb::put, "/sim/accounts/wx1", boost::json::serialize(account));

    BOOST_TEST(answer.body() == R"({"verified":true})");
    BOOST_CHECK(get("/sim/accounts") == boost::json::value(boost::json::array{account}));
}

BOOST_FIXTURE_TEST_CASE(what_makes_no_account_is_refused_with_a_reason, Reached)
{
    const auto refused = [&](const std::string& body) {
        const auto answer = request(http::verb::put, "/sim/accounts/wx1", body);
        return answer.result_int() == 400 && object_in(answer.body()).contains("text");
    };

    BOOST_TEST(refused("{"));
    BOOST_TEST(refused(R"({"callback_mode":"secure","encoding_aes_key":"short"})"));
    BOOST_TEST(refused(R"({"callback_mode":"open"})"));
    BOOST_TEST(refused(R"({"callback_mode":"plain","callback_url":"ftp://x"})"));
    BOOST_TEST(refused(R"({"callback_mode":"plain","colour":"red"})"));
    BOOST_TEST(refused(R"({"callback_mode":"plain","app_id":"wx2"})"));
    BOOST_TEST(server.accounts().empty());
}

BOOST_FIXTURE_TEST_CASE(a_conversation_is_seen_on_phone_window_and_requests, Reached)
{
    put_account();
    post(contact + "send", R"({"text":"Hello"})");
    post("/cgi-bin/message/custom/send?access_token=" + token(), text);

    BOOST_TEST(boost::json::serialize(get(contact + "phone"))
        == R"([{"from":"contact","kind":"text","text":"Hello","media":null,"at":1767225600000},)"
           R"({"from":"account","kind":"text","text":"Hi","media":null,"at":1767225600000}])");
    BOOST_TEST(boost::json::serialize(get(contact + "window")) == R"({"slots_left":4,"ends_at":1767398400000,"following":true,"typing":false})");
    const auto requests = get("/sim/requests?path=/cgi-bin/message/custom/send").as_array();
    BOOST_TEST_REQUIRE(requests.size() == 1U);
    BOOST_TEST(requests[0].as_object().at("body").as_string() == text);
}

BOOST_FIXTURE_TEST_CASE(contacts_follow_scan_click_and_leave, Reached)
{
    put_account();
    const auto slots = [&] { return get(contact + "window").as_object().at("slots_left").as_int64(); };

    post(contact + "follow", R"({"scene":"desk-12"})");
    BOOST_TEST(slots() == 3);
    post(contact + "menu", R"({"key":"help"})");
    BOOST_TEST(slots() == 6);
    post(contact + "scan", R"({"scene":"desk-13"})");
    BOOST_TEST(slots() == 9);
    post(contact + "send", R"({"text":"Yes","menu_id":"1"})");
    BOOST_TEST(slots() == 9);
    post(contact + "unfollow");
    BOOST_TEST(slots() == 0);
}

BOOST_FIXTURE_TEST_CASE(contacts_send_whatever_wechat_can, Reached)
{
    put_account();
    post(contact + "send", R"({"image":"/9j/4AAQ"})");
    post(contact + "send", R"({"location":{"latitude":31.2,"longitude":"121.5","scale":15,"label":"Harbour"}})");
    post(contact + "send", R"({"link":{"title":"News","description":"D","url":"http://x"}})");

    const auto phone = server.phone("wx1", "o1");
    BOOST_TEST_REQUIRE(phone.size() == 3U);
    BOOST_TEST(phone[0].media_name == "image.jpg");
    BOOST_TEST(request(http::verb::get, "/sim/media/" + phone[0].media).body().starts_with("\xff\xd8\xff"));
    BOOST_TEST(phone[1].text == "Harbour");
    BOOST_TEST(phone[2].kind == "link");
    BOOST_TEST(post(contact + "send", R"({"text":"a","link":{}})").contains("error"));
    BOOST_TEST(post(contact + "send", R"({"image":"no base64!"})").contains("error"));
    BOOST_TEST(post(contact + "send", "{}").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(the_clock_moves_by_words_and_by_milliseconds, Reached)
{
    BOOST_TEST(post("/sim/clock", R"({"advance":"48h"})").at("now").as_int64() == to_number(start + 48h));
    BOOST_TEST(post("/sim/clock", R"({"advance":1})").at("now").as_int64() == to_number(start + 48h + 1ms));
    BOOST_TEST(get("/sim/clock").as_object().at("text").as_string() == "2026-01-03T00:00:00Z");
    BOOST_TEST(post("/sim/clock", R"({"advance":"soon"})").contains("error"));
    BOOST_TEST(post("/sim/clock", R"({"advance":"9999999999999999d"})").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(faults_are_ordered_and_cleared, Reached)
{
    put_account();
    post(contact + "send", R"({"text":"Hello"})");
    const auto target = "/cgi-bin/message/custom/send?access_token=" + token();
    const auto errcode = [&] { return post(target, text).at("errcode").as_int64(); };

    post("/sim/faults", R"({"path":"/cgi-bin/message/custom/send","errcode":45015,"times":1})");
    BOOST_TEST(errcode() == 45015);
    BOOST_TEST(errcode() == 0);
    post("/sim/faults", R"({"path":"*","errcode":-1})");
    BOOST_TEST(errcode() == -1);
    request(http::verb::delete_, "/sim/faults");
    BOOST_TEST(errcode() == 0);
    BOOST_TEST(post("/sim/faults", R"({"path":"x","errcode":1})").contains("error"));
    BOOST_TEST(post("/sim/faults", R"({"path":"/x"})").contains("error"));
    BOOST_TEST(post("/sim/faults", R"({"path":"/x","timeout":"later"})").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(an_answer_can_be_lost_or_cut_in_half, Reached)
{
    put_account();
    post(contact + "send", R"({"text":"Hello"})");
    const auto target = "/cgi-bin/message/custom/send?access_token=" + token();
    const auto fault = [&](const std::string& what) {
        post("/sim/faults", R"({"path":"/cgi-bin/message/custom/send","times":1,)" + what + "}");
    };

    fault(R"("timeout":"after_write")");
    BOOST_CHECK_THROW(post(target, text), boost::system::system_error);
    BOOST_TEST(server.phone("wx1", "o1").size() == 2U);
    fault(R"("timeout":"before")");
    BOOST_CHECK_THROW(post(target, text), boost::system::system_error);
    BOOST_TEST(server.phone("wx1", "o1").size() == 2U);
    fault(R"("truncate":true)");
    BOOST_CHECK_THROW(post(target, text), boost::system::system_error);
    BOOST_TEST(server.phone("wx1", "o1").size() == 3U);
    fault(R"("http_status":502)");
    BOOST_TEST(request(http::verb::post, target, text).result_int() == 502U);
}

BOOST_FIXTURE_TEST_CASE(an_answer_can_be_reset_or_of_another_length_than_it_says, Reached)
{
    put_account();
    post(contact + "send", R"({"text":"Hello"})");
    const auto target = "/cgi-bin/message/custom/send?access_token=" + token();
    const auto fault = [&](const std::string& what) {
        post("/sim/faults", R"({"path":"/cgi-bin/message/custom/send","times":1,)" + what + "}");
    };
    const auto reset = [](const boost::system::system_error& error) {
        return error.code() == boost::asio::error::connection_reset;
    };

    fault(R"("reset":true)");
    BOOST_CHECK_EXCEPTION(post(target, text), boost::system::system_error, reset);
    BOOST_TEST(server.phone("wx1", "o1").size() == 1U);
    fault(R"("content_length":1000)");
    BOOST_CHECK_THROW(post(target, text), boost::system::system_error);
    BOOST_TEST(server.phone("wx1", "o1").size() == 2U);
    fault(R"("content_length":1)");
    BOOST_TEST(request(http::verb::post, target, text).body() == "{");
    BOOST_TEST(errcode_of(post(target, text)) == 0);
}

BOOST_FIXTURE_TEST_CASE(what_stands_of_the_faults_is_shown_and_read_again, Reached)
{
    const std::string all = R"({"path":"*","app_id":"wx1","after":1,"times":2,"http_status":200,"timeout":"after_write",)"
                            R"("reset":true,"truncate":true,"control_characters":true,"without_errcode":true,)"
                            R"("extra_fields":true,"content_length":3,"content_type":"text/plain","body":"x","latency_ms":4})";
    post("/sim/faults", all);
    post("/sim/faults", R"({"path":"/x","errcode":-1})");

    BOOST_TEST(boost::json::serialize(get("/sim/faults")) == "[" + all + R"(,{"path":"/x","errcode":-1}])");
    request(http::verb::delete_, "/sim/faults?path=*");
    BOOST_TEST(get("/sim/faults").as_array().size() == 1U);
    for (const auto* const wrong : {R"("times":0)", R"("after":-1)", R"("http_status":199)", R"("reset":1)", R"("body":1)",
                                    R"("content_type":"a\r\nb")", R"("content_length":-1)", R"("colour":1)"})
        BOOST_TEST(post("/sim/faults", std::string{R"({"path":"/x","errcode":1,)"} + wrong + "}").contains("error"), wrong);
}

BOOST_FIXTURE_TEST_CASE(connections_are_refused_for_a_time, Reached)
{
    put_account();
    asio::io_context loop;
    asio::ip::tcp::socket open{loop};
    open.connect({asio::ip::make_address("127.0.0.1"), server.port()});
    post("/sim/refuse", R"({"for_ms":300})");
    const auto refused = [](const boost::system::system_error& error) {
        return error.code() == boost::asio::error::connection_refused;
    };

    BOOST_CHECK_EXCEPTION(get("/sim/clock"), boost::system::system_error, refused);
    http::write(open, http::request<http::string_body>{http::verb::get, "/sim/clock", 11});
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    BOOST_CHECK_THROW(http::read(open, buffer, response), boost::system::system_error);
    bool back = false;
    while (!back) {
        boost::system::error_code error;
        asio::ip::tcp::socket again{loop};
        again.connect({asio::ip::make_address("127.0.0.1"), server.port()}, error);
        back = !error;
    }
    BOOST_TEST(get("/sim/accounts").as_array().size() == 1U);
    BOOST_TEST(post("/sim/refuse", R"({"for_ms":0})").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(a_code_is_scanned_by_ticket_or_by_what_its_picture_says, Reached)
{
    put_account();
    const auto made = post("/cgi-bin/qrcode/create?access_token=" + token(),
        R"({"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"desk-12"}}})");
    const auto scanned = [&](const char* by) {
        const boost::json::object body{{by, made.at(by)}};
        return !post(contact + "scan", boost::json::serialize(body)).contains("error");
    };

    BOOST_TEST(scanned("ticket"));
    BOOST_TEST(scanned("url"));
    const auto followed = server.with_platform([](Platform& platform) { return platform.find("wx1")->contacts["o1"].scene; });
    BOOST_TEST(followed == "desk-12");
    server.advance(60s);
    BOOST_TEST(!scanned("ticket"));
    BOOST_TEST(request(http::verb::post, contact + "scan", R"({"ticket":"x"})").result_int() == 404U);
    BOOST_TEST(post(contact + "scan", R"({"ticket":"x","scene":"y"})").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(a_file_of_the_phone_is_nothing_that_a_browser_runs, Reached)
{
    put_account();
    const auto id_of = [&](const std::string& body) {
        return std::string{post("/sim/accounts/wx1/media", body).at("media_id").as_string()};
    };
    const auto page = request(http::verb::get, "/sim/media/" + id_of(R"({"type":"image","file":"PGh0bWw+","name":"a.html"})"));

    BOOST_TEST(page.body() == "<html>");
    BOOST_TEST(page[http::field::content_type] == "application/octet-stream");
    BOOST_TEST(page["X-Content-Type-Options"] == "nosniff");
    BOOST_TEST(!id_of(R"({"type":"news"})").empty());
    BOOST_TEST(post("/sim/accounts/wx1/media", R"({"type":"sound","file":"eA=="})").contains("error"));
    BOOST_TEST(post("/sim/accounts/wx1/media", R"({"type":"image"})").contains("error"));
}

BOOST_FIXTURE_TEST_CASE(an_account_is_read_again_as_it_was_shown, Reached)
{
    const std::string all = R"({"app_id":"wx1","app_secret":"s","token":"t","encoding_aes_key":"","callback_url":"",)"
        R"("callback_mode":"plain","original_id":"gh_1","customer":"bank","data_format":"json","open_platform":"p",)"
        R"("allowed_ips":["10.0.0.0/8"],"mini_programs":["wx9"],"certified":false,"token_errcode":40243,)"
        R"("templates":{"a":{"kind":"subscription","content":"{{x.DATA}}"}},"quotas":{"/x":{"per_day":1,"per_minute":2}},)"
        R"("push":{"deliveries":4,"mark_fail_after":2,"old_key_under_way":false,"openid":false,"keep_alive":true,)"
        R"("chunked":true,"resets":1,"slow_write_ms":2,"slow_read_ms":3,"repeat":1,"after_status":"notice"}})";
    request(http::verb::put, "/sim/accounts/wx1", all);

    BOOST_TEST(request(http::verb::get, "/sim/accounts/wx1").body() == all);
    request(http::verb::put, "/sim/accounts/wx1", R"({"push":null,"templates":{}})");
    BOOST_TEST(!get("/sim/accounts/wx1").as_object().contains("push"));
    BOOST_TEST(!get("/sim/accounts/wx1").as_object().contains("templates"));
    for (const auto* const wrong : {R"({"push":{"deliveries":11}})", R"({"push":{"openid":1}})", R"({"push":{"x":1}})",
                                    R"({"push":1})", R"({"quotas":{"x":{}}})", R"({"quotas":{"/x":{"per_day":-1}}})",
                                    R"({"templates":{"a":{"kind":"song"}}})", R"({"data_format":"yaml"})",
                                    R"({"allowed_ips":[1]})", R"({"token_errcode":"x"})"})
        BOOST_TEST(request(http::verb::put, "/sim/accounts/wx1", wrong).result_int() == 400U, wrong);
}

BOOST_FIXTURE_TEST_CASE(an_unknown_way_is_an_error_in_json, Reached)
{
    const auto answer = request(http::verb::get, "/sim/weather");

    BOOST_TEST(answer.result_int() == 404U);
    BOOST_TEST(object_in(answer.body()).at("error").as_string() == "not_found");
    BOOST_TEST(request(http::verb::delete_, "/sim/clock").result_int() == 405U);
    BOOST_TEST(request(http::verb::get, contact + "phone").result_int() == 404U);
}

BOOST_FIXTURE_TEST_CASE(a_body_over_its_limit_ends_the_connection, Reached)
{
    BOOST_CHECK_THROW(post(send_path, std::string(1024 * 1024 + 1, 'x')), boost::system::system_error);
    BOOST_TEST(server.requests_received() == 0U);
}

BOOST_FIXTURE_TEST_CASE(after_stop_its_state_can_still_be_read, Reached)
{
    put_account();
    server.stop();

    BOOST_TEST(server.accounts().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
