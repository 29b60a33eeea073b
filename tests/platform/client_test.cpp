#include "platform/client.hpp"
#include "platform/on_a_loop.hpp"
#include "platform/scripted_server.hpp"

#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::platform;
using namespace std::chrono_literals;
using scripted::Request;
using scripted::Server;

namespace {

Limits short_limits()
{
    Limits limits;
    limits.connect = 5s;
    limits.answer = 300ms;  // nothing that answers takes as long; what does not is waited for no longer
    limits.connections = 4;
    limits.body = 1000;
    return limits;
}

struct AClient {
    explicit AClient(Server::Script script) : server(std::move(script)) {}

    Result<Answer> post(const std::string& body) { return finished(loop, client.post("/call", body)); }
    void post_beside(std::vector<Result<Answer>>& answers, const std::string& body)
    {
        asio::co_spawn(
            loop,
            client.post("/call", body),
            [&answers](const std::exception_ptr&, Result<Answer> answer) {
                answers.push_back(std::move(answer));
            }
        );
    }
    errc fault_of_post()
    {
        const auto answer = post("x");
        BOOST_TEST_REQUIRE(!answer.has_value());
        return answer.error().code;
    }

    Server server;
    Loop loop;
    Limits limits = short_limits();
    Client client{loop, {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}}, limits};
};

struct AnEcho : AClient {
    AnEcho() : AClient([](const Request& request) { return scripted::json(request.body); }) {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_request)

BOOST_FIXTURE_TEST_CASE(says_where_it_goes_and_what_it_brings, AnEcho)
{
    BOOST_TEST(post("{\"a\":1}").value().body == "{\"a\":1}");

    const auto request = server.requests().at(0);
    BOOST_TEST(request.head.starts_with("POST /call HTTP/1.1\r\n"));
    BOOST_TEST(request.head.find("\r\nHost: 127.0.0.1:" + server.port() + "\r\n") != std::string::npos);
    BOOST_TEST(request.head.find("application/json") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(to_get_has_no_body, AnEcho)
{
    BOOST_TEST(finished(loop, client.get("/get?x=1")).value().status == 200U);
    BOOST_TEST(server.requests().at(0).head.starts_with("GET /get?x=1 HTTP/1.1\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(connections)

BOOST_FIXTURE_TEST_CASE(one_is_kept_for_the_next_request, AnEcho)
{
    for (const auto* body : {"1", "2", "3"})
        BOOST_TEST(post(body).value().body == body);

    BOOST_TEST(server.connections() == 1);
    BOOST_TEST(client.figures().connections == 1U);
    BOOST_TEST(client.figures().requests == 3U);
}

BOOST_AUTO_TEST_CASE(one_that_the_server_has_closed_is_not_used_again)
{
    AClient it{[](const Request& request) {
        auto reply = scripted::json(request.body);  // no "Connection: close": it goes without a word
        reply.close = true;
        return reply;
    }};
    BOOST_TEST(it.post("1").value().body == "1");
    BOOST_TEST(it.server.wait_for_closed(1));

    BOOST_TEST(it.post("2").value().body == "2");
    BOOST_TEST(it.server.connections() == 2);
}

BOOST_AUTO_TEST_CASE(one_that_is_to_be_closed_is_not_kept)
{
    AClient it{
        [](const Request& request) { return scripted::http(200, request.body, "Connection: close\r\n"); }};
    BOOST_TEST(it.post("1").value().body == "1");
    BOOST_TEST(it.post("2").value().body == "2");

    BOOST_TEST(it.server.connections() == 2);
}

BOOST_AUTO_TEST_CASE(one_with_words_behind_its_answer_is_not_used_again)
{
    AClient it{[](const Request& request) {
        auto reply = scripted::json(request.body);
        reply.bytes += "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        return reply;
    }};
    BOOST_TEST(it.post("1").value().body == "1");

    BOOST_TEST(it.post("2").value().body == "2");
    BOOST_TEST(it.server.connections() == 2);
}

BOOST_AUTO_TEST_CASE(there_are_never_more_than_the_limit)
{
    scripted::Gate gate;
    AClient it{[&](const Request& request) {
        gate.wait();
        return scripted::json(request.body);
    }};
    std::vector<Result<Answer>> answers;
    for (int i = 0; i < 20; ++i)
        it.post_beside(answers, "x");
    while (it.client.figures().requests < 4)
        it.loop.run_one();
    it.loop.poll();
    BOOST_TEST(it.server.wait_for_requests(4));
    gate.open();
    it.loop.restart();
    it.loop.run();

    BOOST_TEST(answers.size() == 20U);
    BOOST_TEST(std::ranges::all_of(answers, [](const auto& answer) { return answer.has_value(); }));
    BOOST_TEST(it.server.connections() == 4);
}

BOOST_AUTO_TEST_CASE(those_that_fail_make_room_for_others)
{
    AClient it{[](const Request&) { return scripted::hang_up(); }};
    std::vector<Result<Answer>> answers;
    for (int i = 0; i < 20; ++i)
        it.post_beside(answers, "x");
    it.loop.run();

    BOOST_TEST(answers.size() == 20U);
    BOOST_TEST(it.server.connections() == 20);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(nobody_listens)
{
    std::string port;
    {
        const Server gone{[](const Request&) { return scripted::silence(); }};
        port = gone.port();
    }
    Loop loop;
    Client client{loop, {Url{.tls = false, .host = "127.0.0.1", .port = port}}, short_limits()};

    BOOST_TEST((finished(loop, client.post("/call", "x")).error().code == errc::not_connected));
}

BOOST_AUTO_TEST_CASE(the_server_hangs_up_instead_of_an_answer)
{
    AClient it{[](const Request&) { return scripted::hang_up(); }};
    BOOST_TEST((it.fault_of_post() == errc::no_answer));
    BOOST_TEST(it.server.requests().size() == 1U);  // once: it may have been carried out
}

BOOST_AUTO_TEST_CASE(the_answer_does_not_come_in_time)
{
    AClient it{[](const Request&) { return scripted::silence(); }};
    BOOST_TEST((it.fault_of_post() == errc::no_answer));
}

BOOST_AUTO_TEST_CASE(the_answer_is_cut_short)
{
    for (const auto* bytes :
         {"HTTP/1.1 200",
          "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"errcode\"",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"er"}) {
        AClient it{[&](const Request&) { return scripted::raw(bytes); }};
        BOOST_TEST((it.fault_of_post() == errc::no_answer), bytes);
    }
}

BOOST_AUTO_TEST_CASE(the_answer_is_no_http)
{
    for (const auto* bytes :
         {"SSH-2.0-OpenSSH_9\r\n\r\n",
          "HTTP/1.1 two OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"}) {
        AClient it{[&](const Request&) { return scripted::raw(bytes); }};
        BOOST_TEST((it.fault_of_post() == errc::bad_answer), bytes);
    }
}

BOOST_AUTO_TEST_CASE(the_answer_is_beyond_the_limit)
{
    AClient it{[](const Request&) { return scripted::json(std::string(1001, ' ')); }};
    BOOST_TEST((it.fault_of_post() == errc::bad_answer));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(ends_requests_under_way_and_those_that_wait)
{
    AClient it{[](const Request&) { return scripted::silence(); }};
    it.limits.answer = 1h;
    Client patient{it.loop, {Url{.tls = false, .host = "127.0.0.1", .port = it.server.port()}}, it.limits};
    std::vector<errc> faults;
    const auto told = [&](const std::exception_ptr&, const Result<Answer>& answer) {
        faults.push_back(answer.error().code);
    };
    for (int i = 0; i < 6; ++i)
        asio::co_spawn(it.loop, patient.post("/call", "x"), told);
    while (patient.figures().requests < 4)
        it.loop.run_one();

    patient.stop();
    it.loop.run();

    BOOST_TEST(std::ranges::count(faults, errc::no_answer) == 4);
    BOOST_TEST(std::ranges::count(faults, errc::not_connected) == 2);
}

BOOST_FIXTURE_TEST_CASE(ends_connecting_too_and_nothing_goes_out_any_more, AnEcho)
{
    std::vector<Result<Answer>> answers;
    post_beside(answers, "x");
    loop.run_one();  // it has begun
    client.stop();
    loop.run();

    BOOST_TEST_REQUIRE(answers.size() == 1U);
    BOOST_TEST((answers.at(0).error().code == errc::not_connected));
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(the_client_may_go_before_its_requests)
{
    const Server server{[](const Request&) { return scripted::silence(); }};
    Loop loop;
    errc fault{};
    {
        Client client{loop, {Url{.tls = false, .host = "127.0.0.1", .port = server.port()}}, short_limits()};
        asio::co_spawn(
            loop,
            client.post("/", ""),
            [&](const std::exception_ptr&, const Result<Answer>& answer) { fault = answer.error().code; }
        );
        while (client.figures().requests < 1)
            loop.run_one();
    }
    loop.run();

    BOOST_TEST((fault == errc::no_answer));
}

BOOST_AUTO_TEST_SUITE_END()
