#include "http/guard.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace host::http;

Request get(const std::string& path)
{
    return {.method = "GET", .path = path, .host = "localhost:8080"};
}

unsigned status(const Guard& guard, const Request& request)
{
    const auto refused = guard.refuse(request);
    return refused ? refused->status : 200;
}

const Guard local{.loopback = true, .token = ""};
const Guard remote{.loopback = false, .token = "secret"};

BOOST_AUTO_TEST_SUITE(a_request)

BOOST_AUTO_TEST_CASE(to_loopback_must_name_loopback)
{
    for (const auto* host : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"}) {
        auto request = get("/");
        request.host = host;
        BOOST_TEST(status(local, request) == 200U, host);
    }
    for (const auto* host :
         {"", "evil.example", "evil.example:8080", "localhost.evil.example", "[::1", "192.168.0.1"}) {
        auto request = get("/");
        request.host = host;
        BOOST_TEST(status(local, request) == 403U, host);
    }
}

BOOST_AUTO_TEST_CASE(that_changes_something_must_come_from_our_own_page)
{
    auto request = get("/api/reload");
    request.method = "POST";
    BOOST_TEST(status(local, request) == 200U);
    request.origin = "http://localhost:8080";
    BOOST_TEST(status(local, request) == 200U);
    for (const auto* origin :
         {"http://evil.example", "null", "http://localhost:9999", "http://localhost:8080.evil.example"}) {
        request.origin = origin;
        BOOST_TEST(status(local, request) == 403U, origin);
    }
}

BOOST_AUTO_TEST_CASE(for_the_socket_must_come_from_our_own_page_too)
{
    auto request = get("/api/events");
    request.origin = "http://evil.example";
    BOOST_TEST(status(local, request) == 403U);
}

BOOST_AUTO_TEST_CASE(needs_the_token_where_there_is_one)
{
    auto request = get("/api/channels");
    BOOST_TEST(status(remote, request) == 401U);
    for (const auto* wrong :
         {"secret", "Bearer ", "Bearer secre", "Bearer secrets", "Bearer Secret", "Basic secret"}) {
        request.authorization = wrong;
        BOOST_TEST(status(remote, request) == 401U, wrong);
    }
    request.authorization = "Bearer secret";
    BOOST_TEST(status(remote, request) == 200U);
    BOOST_TEST(status(remote, get("/metrics")) == 401U);
    BOOST_TEST(status(remote, get("/console.js")) == 200U);
}

BOOST_AUTO_TEST_CASE(for_the_socket_may_carry_the_token_as_a_protocol)
{
    auto request = get("/api/events");
    request.protocol = "bearer, secret";
    BOOST_TEST(status(remote, request) == 200U);
    request.protocol = "bearer, wrong";
    BOOST_TEST(status(remote, request) == 401U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
