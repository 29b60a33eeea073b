#include "platform/an_account.hpp"
#include "platform/certificates.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace wechat;
using namespace wechat::platform;
using scripted::Certificates;
using scripted::Tls;

namespace {

// Certificates are checked against the system's store, which OpenSSL lets this variable name.
struct ATrustedAuthority {
    ATrustedAuthority()
    {
        setenv("SSL_CERT_FILE", certificates.authority().c_str(), 1);
    }  // NOLINT: no threads yet
    ATrustedAuthority(const ATrustedAuthority&) = delete;
    ATrustedAuthority& operator=(const ATrustedAuthority&) = delete;
    ~ATrustedAuthority() { unsetenv("SSL_CERT_FILE"); }  // NOLINT: none any more

    static Result<Answer> ask(const Server& server, const std::string& host)
    {
        Loop loop;
        Client client{loop, {Url{.tls = true, .host = host, .port = server.port()}}, Limits{}};
        return finished(loop, client.post("/call", "x"));
    }
    static void is_refused(const Tls& tls, const std::string& host)
    {
        Server server{[](const Request&) { return scripted::json("{}"); }, tls};
        const auto answer = ask(server, host);
        BOOST_TEST_REQUIRE(!answer.has_value());
        BOOST_TEST((answer.error().code == errc::tls));
        BOOST_TEST(answer.error().detail.find(host) != std::string::npos);
        BOOST_TEST(server.wait_for_closed(1));
        BOOST_TEST(server.requests().empty());
    }

    Certificates certificates;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(https, ATrustedAuthority)

BOOST_AUTO_TEST_CASE(a_good_certificate_is_accepted_by_name_and_by_address)
{
    Server server{
        [](const Request& request) { return scripted::json(request.body); },
        certificates.signed_for("good", "DNS:localhost,IP:127.0.0.1")};
    BOOST_TEST(ask(server, "localhost").value().body == "x");
    BOOST_TEST(ask(server, "127.0.0.1").value().body == "x");
}

BOOST_AUTO_TEST_CASE(connections_are_kept)
{
    Server server{
        [](const Request& request) { return scripted::json(request.body); },
        certificates.signed_for("good", "DNS:localhost")};
    Loop loop;
    Client client{loop, {Url{.tls = true, .host = "localhost", .port = server.port()}}, Limits{}};
    for (const auto* body : {"1", "2", "3"})
        BOOST_TEST(finished(loop, client.post("/call", body)).value().body == body);

    BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(another_host_s_certificate_is_refused)
{
    is_refused(certificates.signed_for("other", "DNS:api.example.com"), "localhost");
}

BOOST_AUTO_TEST_CASE(an_expired_one_is_refused)
{
    is_refused(certificates.expired_for("old", "DNS:localhost"), "localhost");
}

BOOST_AUTO_TEST_CASE(an_unknown_authority_s_is_refused)
{
    const Certificates others;
    is_refused(others.signed_for("unknown", "DNS:localhost"), "localhost");
}

BOOST_AUTO_TEST_CASE(a_server_without_tls_is_refused)
{
    Server server{[](const Request&) { return scripted::json("{}"); }};
    // Its answer to a TLS greeting never comes; it hangs up when it is gone.
    Loop loop;
    Limits limits;
    limits.connect = std::chrono::milliseconds{300};
    Client client{loop, {Url{.tls = true, .host = "localhost", .port = server.port()}}, limits};

    BOOST_TEST((finished(loop, client.post("/call", "x")).error().code == errc::tls));
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(the_next_host_serves_where_the_first_one_s_certificate_is_refused)
{
    Server forged{
        [](const Request&) { return scripted::json("forged"); },
        certificates.signed_for("other", "DNS:api.example.com")};
    Server good{
        [](const Request&) { return scripted::json("good"); },
        certificates.signed_for("good", "DNS:localhost")};
    Loop loop;
    Client client{
        loop,
        {Url{.tls = true, .host = "localhost", .port = forged.port()},
         Url{.tls = true, .host = "localhost", .port = good.port()}},
        Limits{}};

    BOOST_TEST(finished(loop, client.post("/call", "x")).value().body == "good");
    BOOST_TEST(forged.requests().empty());
    BOOST_TEST(client.figures().failovers == 1U);
}

BOOST_AUTO_TEST_CASE(a_video_is_fetched_over_it_from_a_host_whose_certificate_is_good)
{
    Server elsewhere{
        [](const Request&) { return scripted::json("a video"); },
        certificates.signed_for("good", "DNS:localhost")};
    AnAccount it{[&](const Request&) {
        return scripted::json(R"({"video_url":"https://localhost:)" + elsewhere.port() + R"(/1"})");
    }};

    BOOST_TEST(finished(it.loop, it.account.download("M1", noon)).bytes == "a video");
}

BOOST_AUTO_TEST_CASE(a_video_from_a_host_whose_certificate_is_refused_is_none)
{
    for (const auto& tls :
         {certificates.signed_for("other", "DNS:api.example.com"),
          certificates.expired_for("old", "DNS:localhost")}) {
        Server elsewhere{[](const Request&) { return scripted::json("forged"); }, tls};
        AnAccount it{[&](const Request&) {
            return scripted::json(R"({"video_url":"https://localhost:)" + elsewhere.port() + R"(/1"})");
        }};
        const auto downloaded = finished(it.loop, it.account.download("M1", noon));

        BOOST_TEST((downloaded.outcome.meaning == codec::Meaning::try_later));
        BOOST_TEST(!downloaded.outcome.uncertain);
        BOOST_TEST(downloaded.outcome.words.starts_with("tls"));
        BOOST_TEST(downloaded.bytes.empty());
        BOOST_TEST(elsewhere.requests().empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
