#include "platform/certificates.hpp"
#include "webhook/a_server.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::webhook;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(a_connection)

BOOST_FIXTURE_TEST_CASE(carries_one_callback_after_another, AServer)
{
    Peer peer{port};
    for (int i = 0; i < 3; ++i) {
        peer.write(message("Hello"));
        BOOST_TEST(peer.status() == 200);
        BOOST_TEST(peer.answer().ends_with("success"));
    }
    BOOST_TEST(applied == 3);
    BOOST_TEST(figures().acknowledged == 3U);
}

BOOST_FIXTURE_TEST_CASE(may_bring_several_requests_at_once, AServer)
{
    Peer peer{port};
    peer.write(message("One") + message("Two"));

    BOOST_TEST(peer.status() == 200);
    BOOST_TEST(peer.status() == 200);
    BOOST_TEST(applied == 2);
}

BOOST_FIXTURE_TEST_CASE(ends_when_the_peer_says_so, AServer)
{
    Peer peer{port};
    peer.write(message("Hello", "Connection: close\r\n"));

    BOOST_TEST(peer.status() == 200);
    BOOST_TEST(peer.closed());
}

BOOST_FIXTURE_TEST_CASE(ends_after_a_refusal, AServer)
{
    Peer peer{port};
    peer.write("POST /wechat/unknown HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");

    BOOST_TEST(peer.status() == 404);
    BOOST_TEST(peer.closed());
}

BOOST_FIXTURE_TEST_CASE(may_bring_a_body_in_chunks, AServer)
{
    const auto request = a_message(*account, "Hello");
    const auto half = request.body.size() / 2;
    const auto chunk = [](const std::string& part) {
        std::string size(20, '\0');
        size.resize(static_cast<std::size_t>(std::snprintf(size.data(), size.size(), "%zx\r\n", part.size()))
        );
        return size + part + "\r\n";
    };
    Peer peer{port};
    peer.write(
        "POST /wechat/harbour-bank?" + request.query
        + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(request.body.substr(0, half))
    );
    peer.write(chunk(request.body.substr(half)) + "0\r\n\r\n");

    BOOST_TEST(peer.status() == 200);
    BOOST_TEST(applied == 1);
}

BOOST_FIXTURE_TEST_CASE(that_brings_no_http_is_told_so, AServer)
{
    Peer peer{port};
    peer.write("\x16\x03\x01 no HTTP\r\n\r\n");

    BOOST_TEST(peer.status() == 400);
    BOOST_TEST(peer.closed());
}

BOOST_AUTO_TEST_CASE(over_tls_is_as_good)
{
    const scripted::Certificates certificates;
    const auto tls = certificates.signed_for("hook", "DNS:localhost");
    AServer it{{}, Certificate{.chain_file = tls.certificate, .key_file = tls.key}};
    Peer peer{it.port, true};
    BOOST_TEST_REQUIRE(peer.connected());
    for (int i = 0; i < 2; ++i) {
        peer.write(it.message("Hello"));
        BOOST_TEST(peer.status() == 200);
    }
    BOOST_TEST(it.applied == 2);

    Peer plain{it.port};
    plain.write(it.message("Hello"));
    BOOST_TEST(plain.status() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(limits)

BOOST_FIXTURE_TEST_CASE(a_body_beyond_64_kib_is_too_large, AServer)
{
    Peer announced{port};
    announced.write("POST /wechat/harbour-bank HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n");
    BOOST_TEST(announced.status() == 413);

    Peer chunked{port};
    chunked.write(
        "POST /wechat/harbour-bank HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n"
        + std::string(0x10001, 'x')
    );
    BOOST_TEST(chunked.status() == 413);

    Peer largest{port};
    largest.write(http({.query = "x=1", .body = std::string(65536, 'x')}));
    BOOST_TEST(largest.status() == 400);
    BOOST_TEST(figures().unreadable == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_flood_of_fields_is_too_large, AServer)
{
    Peer peer{port};
    peer.write("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");

    BOOST_TEST(peer.status() == 431);
    BOOST_TEST(peer.closed());
}

BOOST_AUTO_TEST_CASE(who_sends_too_slowly_is_cut_off_while_others_are_served)
{
    Limits limits;
    limits.arrival = 1s;
    AServer it{limits};
    Peer slow{it.port};
    slow.write("POST /wechat/harbour-bank HTTP/1.1\r\n");
    it.until([](const Figures& figures) { return figures.requests == 1; });

    Peer other{it.port};
    other.write(it.message("Hello"));
    BOOST_TEST(other.status() == 200);

    BOOST_TEST(slow.closed());  // by the server: nothing else ends this wait
    BOOST_TEST(it.figures().cut_off == 1U);
}

BOOST_AUTO_TEST_CASE(who_says_nothing_is_cut_off)
{
    Limits limits;
    limits.idle = 1s;
    AServer it{limits};
    Peer peer{it.port};

    BOOST_TEST(peer.closed());
    BOOST_TEST(it.figures().requests == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_too_much_in_hand_is_put_off)
{
    AServer it{with(&Limits::in_hand, 1)};
    Peer first{it.port}, second{it.port};
    first.write(it.message("Wait"));
    while (it.in_hand < 1)
        std::this_thread::yield();

    second.write(it.message("Hello"));
    BOOST_TEST(second.status() == 503);
    it.let_go();
    BOOST_TEST(first.status() == 200);
    BOOST_TEST(it.figures().put_off == 1U);
    BOOST_TEST(it.applied == 1);
}

BOOST_AUTO_TEST_CASE(one_connection_too_many_is_closed_at_once)
{
    AServer it{with(&Limits::connections, 2)};
    Peer one{it.port}, two{it.port};
    it.until([](const Figures& figures) { return figures.connections == 2; });

    Peer three{it.port};
    BOOST_TEST(three.closed());
    one.write(it.message("Hello"));
    BOOST_TEST(one.status() == 200);
}

BOOST_AUTO_TEST_CASE(who_leaves_makes_room)
{
    AServer it{with(&Limits::connections, 1)};
    {
        const Peer one{it.port};
        it.until([](const Figures& figures) { return figures.connections == 1; });
    }
    it.until([](const Figures& figures) { return figures.connections == 0; });

    Peer two{it.port};
    two.write(it.message("Hello"));
    BOOST_TEST(two.status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(starting_and_stopping)

BOOST_FIXTURE_TEST_CASE(a_port_that_is_taken_is_a_fault, AServer)
{
    Loop loop;
    Options options;
    options.port = port;
    Server other{loop, options, {}, Log{}, busy};

    const auto fault = other.start().error();
    BOOST_TEST((fault.code == errc::port_unavailable));
    BOOST_TEST(fault.detail.find(std::to_string(port)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_cannot_be_read_is_a_fault)
{
    Loop loop;
    Busy busy;
    Options options;
    options.port = 0;
    options.tls = Certificate{.chain_file = "/no/chain.pem", .key_file = "/no/key.pem"};
    Server server{loop, options, {}, Log{}, busy};

    BOOST_TEST((server.start().error().code == errc::bad_settings));
}

BOOST_FIXTURE_TEST_CASE(stop_lets_what_is_in_hand_finish_and_ends_the_rest, AServer)
{
    Peer idle{port}, busy_one{port};
    busy_one.write(message("Wait"));
    while (in_hand < 1)
        std::this_thread::yield();

    auto stopped = stop(30s);
    until([](const Figures& figures) { return figures.requests == 1; });
    BOOST_TEST(!Peer{port}.connected());
    let_go();
    stopped.wait();

    BOOST_TEST(busy_one.status() == 200);
    BOOST_TEST(busy_one.closed());
    BOOST_TEST(idle.closed());
    BOOST_TEST(figures().connections == 0U);
    BOOST_TEST(busy.count() == 0);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_busy_between_requests, AServer)
{
    Peer peer{port};
    peer.write(message("Wait"));
    while (in_hand < 1)
        std::this_thread::yield();
    BOOST_TEST(busy.count() == 1);

    let_go();
    BOOST_TEST(peer.status() == 200);
    while (busy.count() != 0)
        std::this_thread::yield();
    BOOST_TEST(figures().connections == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
