// One platform under several names (wechat-protocol.md 7): which of them is asked, and what is never asked twice.
#include "platform/client.hpp"
#include "platform/on_a_loop.hpp"
#include "platform/scripted_server.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>

using namespace wechat;
using namespace wechat::platform;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using boost::unit_test::label;
using scripted::Reply;
using scripted::Request;
using scripted::Server;

namespace {

Url at(const std::string& port)
{
    return {.tls = false, .host = "127.0.0.1", .port = port};
}

// A port at which nobody listens any more.
std::string nobody()
{
    const Server gone{[](const Request&) { return scripted::silence(); }};
    return gone.port();
}

// A host that answers as the case says, and counts.
struct AHost {
    explicit AHost(Reply first) : reply(std::move(first)) {}

    [[nodiscard]] std::size_t asked() { return server.requests().size(); }
    void answers(const Reply& next)
    {
        const std::lock_guard lock{mutex};
        reply = next;
    }

    std::mutex mutex;
    Reply reply;
    Server server{[this](const Request&) {
        const std::lock_guard lock{mutex};
        return reply;
    }};
};

struct Hosts {
    AHost first{scripted::json("first")}, second{scripted::json("second")};
    Loop loop;
    Limits limits = {.answer = 300ms};

    [[nodiscard]] Client client_of(std::initializer_list<std::string> ports)
    {
        std::vector<Url> urls;
        for (const auto& port : ports)
            urls.push_back(at(port));
        return {loop, urls, limits};
    }
    /// The body that came, or the fault's name.
    std::string ask(Client& client)
    {
        const auto answer = finished(loop, client.post("/call", "x"));
        return answer ? answer->body : std::string{name_of(answer.error().code)};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_next_host_serves, Hosts)

BOOST_AUTO_TEST_CASE(where_the_first_cannot_be_reached, *label("A5"))
{
    auto client = client_of({nobody(), second.server.port()});

    BOOST_TEST(ask(client) == "second");
    BOOST_TEST(ask(client) == "second");
    BOOST_TEST(client.figures().failovers == 1U);
    BOOST_TEST(second.server.connections() == 1);  // kept, and the first is not tried meanwhile
}

BOOST_AUTO_TEST_CASE(where_all_before_it_cannot_be_reached)
{
    auto client = client_of({nobody(), nobody(), nobody(), second.server.port()});

    BOOST_TEST(ask(client) == "second");
    BOOST_TEST(client.figures().failovers == 3U);
}

BOOST_AUTO_TEST_CASE(with_the_next_request_where_the_first_answers_5xx, *label("A5"))
{
    for (const int status : {500, 502, 503, 504}) {
        first.answers(scripted::http(status, "out of order"));
        auto client = client_of({first.server.port(), second.server.port()});
        const auto asked = first.asked();

        BOOST_TEST(ask(client) == "out of order");
        BOOST_TEST(ask(client) == "second");
        BOOST_TEST(first.asked() == asked + 1U);  // the request itself is not repeated elsewhere
        BOOST_TEST(client.figures().failovers == 1U);
    }
    BOOST_TEST(second.asked() == 4U);
}

BOOST_AUTO_TEST_CASE(and_the_first_again_where_the_next_fails_too)
{
    first.answers(scripted::http(503, "out of order"));
    second.answers(scripted::http(503, "out of order, too"));
    auto client = client_of({first.server.port(), second.server.port()});
    BOOST_TEST(ask(client) == "out of order");
    BOOST_TEST(ask(client) == "out of order, too");
    first.answers(scripted::json("first"));

    BOOST_TEST(ask(client) == "first");
}

BOOST_AUTO_TEST_CASE(for_a_while_then_the_first_one_again)
{
    limits.away = 20ms;
    first.answers(scripted::http(503, "out of order"));
    auto client = client_of({first.server.port(), second.server.port()});
    BOOST_TEST(ask(client) == "out of order");
    first.answers(scripted::json("first"));

    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (ask(client) != "first")
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < deadline));
    BOOST_TEST(ask(client) == "first");
}

BOOST_AUTO_TEST_CASE(and_what_is_kept_open_to_it_does_not_bar_the_way_back)
{
    limits.away = 20ms;
    limits.connections = 1;
    first.answers(scripted::http(503, "out of order"));
    auto client = client_of({first.server.port(), second.server.port()});
    BOOST_TEST(ask(client) == "out of order");
    first.answers(scripted::json("first"));
    const auto once = [&](const std::exception_ptr&, const Result<Answer>& answer) {
        BOOST_TEST((answer && (answer->body == "first" || answer->body == "second")));
    };

    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (first.asked() < 2) {
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < deadline));
        asio::co_spawn(loop, client.post("/call", "x"), once);
        loop.restart();
        loop.run_for(10s);  // ends when all is done
        BOOST_TEST_REQUIRE(loop.stopped());
    }
    BOOST_TEST(first.asked() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(no_other_host_is_asked, Hosts)

BOOST_AUTO_TEST_CASE(for_what_the_platform_says_itself)
{
    auto client = client_of({first.server.port(), second.server.port()});
    for (const auto& reply :
         {scripted::errcode(-1),
          scripted::errcode(45009),
          scripted::errcode(40001),
          scripted::http(404, "{}"),
          scripted::http(429, "{}"),
          scripted::json("<html>")}) {
        first.answers(reply);
        BOOST_TEST(ask(client) != "second");
    }
    BOOST_TEST(first.asked() == 6U);
    BOOST_TEST(second.asked() == 0U);
    BOOST_TEST(client.figures().failovers == 0U);
}

BOOST_AUTO_TEST_CASE(for_a_request_that_was_written_and_never_answered, *label("A7"))
{
    for (const auto& reply :
         {scripted::hang_up(),
          scripted::silence(),
          scripted::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"err")}) {
        first.answers(reply);
        auto client = client_of({first.server.port(), second.server.port()});
        BOOST_TEST(ask(client) == "no_answer");
    }
    BOOST_TEST(first.asked() == 3U);
    BOOST_TEST(second.asked() == 0U);
}

BOOST_AUTO_TEST_CASE(twice_where_none_can_be_reached)
{
    auto client = client_of({nobody(), nobody()});

    BOOST_TEST(ask(client) == "not_connected");
    BOOST_TEST(client.figures().connections == 2U);
}

BOOST_AUTO_TEST_CASE(after_a_stop)
{
    auto client = client_of({nobody(), second.server.port()});
    client.stop();

    BOOST_TEST(ask(client) == "not_connected");
    BOOST_TEST(second.asked() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
