// The way to the platform: names, connections, certificates.
#include "platform/certificates.hpp"
#include "platform/on_a_loop.hpp"
#include "plugin/a_patient.hpp"
#include "plugin/doctor_way.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace wechat;
using namespace wechat::plugin;
using boost::test_tools::per_element;
using scripted::Certificates;

namespace {

// Certificates are checked against the system's store, which OpenSSL lets this variable name.
struct TrustedAuthority {
    TrustedAuthority()
    {
        setenv("SSL_CERT_FILE", certificates.authority().c_str(), 1);
    }  // NOLINT: no threads yet
    TrustedAuthority(const TrustedAuthority&) = delete;
    TrustedAuthority& operator=(const TrustedAuthority&) = delete;
    ~TrustedAuthority() { unsetenv("SSL_CERT_FILE"); }  // NOLINT: none any more

    channel::Examined connection(const scripted::Tls& tls, const std::string& host, Time now) const
    {
        const scripted::Server server{[](const scripted::Request&) { return scripted::json("{}"); }, tls};
        Loop loop;
        const platform::Url url{.tls = true, .host = host, .port = server.port()};
        return finished(loop, examine_connection(loop, url, now, Patience{}));
    }

    /// "wrong certificate has expired ...": with a certificate that is good for two days from now.
    std::string verdict(const scripted::Tls& tls, const std::string& host = "localhost") const
    {
        const auto step = connection(tls, host, today());
        return std::string{name_of(step.level)} + ' ' + step.text;
    }

    static Time today() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

    Certificates certificates;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_name_of_the_api)

BOOST_AUTO_TEST_CASE(may_be_an_address)
{
    Loop loop;
    for (const auto* address : {"127.0.0.1", "::1"})
        BOOST_TEST((finished(loop, examine_name(loop, address, 5s)).level == Found::ok), address);
}

BOOST_AUTO_TEST_CASE(is_looked_up)
{
    Loop loop;
    const auto found = finished(loop, examine_name(loop, "localhost", 5s));
    BOOST_TEST((found.level == Found::ok));
    BOOST_TEST(found.text.starts_with("localhost has "));
}

// Names that no resolver asks anybody about: RFC 1035 has labels of 1 to 63 bytes.
BOOST_AUTO_TEST_CASE(that_is_not_found_is_wrong)
{
    Loop loop;
    for (const auto& name : {std::string{"no..name"}, std::string(64, 'x') + ".example"}) {
        const auto step = finished(loop, examine_name(loop, name, 5s));
        BOOST_TEST((step.level == Found::wrong), name);
        BOOST_TEST(has(step.text, name));
        BOOST_TEST(has(step.remedy, "/etc/resolv.conf"));
    }
}

BOOST_AUTO_TEST_CASE(is_not_waited_for_beyond_the_limit)
{
    Loop loop;
    const auto step = finished(loop, examine_name(loop, "localhost", 0s));
    BOOST_TEST((step.level == Found::wrong));
    BOOST_TEST(has(step.text, "no answer within 0 ms"));
}

BOOST_FIXTURE_TEST_CASE(that_is_not_found_skips_all_that_needs_it, APatient)
{
    account.api.front().host = "no..name";
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"dns"}, per_element());
    BOOST_TEST(level("connection") == "skipped");
    BOOST_TEST(level("quota") == "skipped");
    BOOST_TEST(level("callback_key") == "ok");  // our own endpoint needs no name
}

BOOST_FIXTURE_TEST_CASE(may_fail_where_a_stand_in_serves, APatient)
{
    account.api.insert(account.api.begin(), {.tls = false, .host = "no..name", .port = "80"});
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong).empty());
    BOOST_TEST(level("dns") == "warning");
    BOOST_TEST(has(words("dns"), "127.0.0.1 serves in its place"));
    BOOST_TEST(level("token") == "ok");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_connection_to_the_api, TrustedAuthority)

BOOST_AUTO_TEST_CASE(is_good_with_a_certificate_for_the_name_or_the_address)
{
    const auto good = certificates.signed_for("good", "DNS:localhost,IP:127.0.0.1");
    const auto weeks_before = today() - 24h * 20;
    // OpenSSL judges by the system's clock; we only by ours, how long it is still good.
    const auto by_name = connection(good, "localhost", weeks_before);
    BOOST_TEST((by_name.level == Found::ok));
    BOOST_TEST(has(by_name.text, " over TLSv1."));
    BOOST_TEST(has(by_name.text, "its certificate is good until 20"));
    BOOST_TEST((connection(good, "127.0.0.1", weeks_before).level == Found::ok));
}

BOOST_AUTO_TEST_CASE(is_doubtful_when_the_certificate_ends_soon)
{
    BOOST_TEST(verdict(certificates.signed_for("soon", "DNS:localhost")).starts_with("warning localhost:"));
}

BOOST_AUTO_TEST_CASE(is_wrong_with_anybody_elses_certificate)
{
    const Certificates others;
    const auto foreign = verdict(others.signed_for("foreign", "DNS:localhost"));
    BOOST_TEST(foreign.starts_with("wrong localhost:"));
    BOOST_TEST(has(foreign, "its certificate is not believed: "));
    BOOST_TEST(has(
        verdict(certificates.signed_for("other", "DNS:api.example.com")), "not believed: hostname mismatch"
    ));
    BOOST_TEST(
        has(verdict(certificates.signed_for("named", "DNS:localhost"), "127.0.0.1"),
            "not believed: IP address mismatch")
    );
    BOOST_TEST(has(
        verdict(certificates.expired_for("old", "DNS:localhost")), "not believed: certificate has expired"
    ));
}

BOOST_AUTO_TEST_CASE(is_wrong_where_nobody_speaks_tls)
{
    const scripted::Server server{[](const scripted::Request&) { return scripted::json("{}"); }};
    Loop loop;
    const platform::Url url{.tls = true, .host = "localhost", .port = server.port()};
    const auto step = finished(loop, examine_connection(loop, url, today(), Patience{.connect = 300ms}));

    BOOST_TEST((step.level == Found::wrong));
    BOOST_TEST(has(step.text, "TLS fails"));
}

BOOST_AUTO_TEST_CASE(is_wrong_where_nobody_listens)
{
    std::string port;
    {
        const scripted::Server gone{[](const scripted::Request&) { return scripted::json("{}"); }};
        port = gone.port();
    }
    APatient patient;
    patient.account.api.front().port = port;
    patient.is_examined();

    BOOST_TEST(patient.steps_that_are(Found::wrong) == Steps{"connection"}, per_element());
    BOOST_TEST(has(patient.words("connection"), "Connection refused"));
    BOOST_TEST(patient.words("token") == "there is no connection to WeChat\n");
}

BOOST_AUTO_TEST_SUITE_END()
