// What the doctor finds at our own endpoint, where WeChat would call.
#include "platform/certificates.hpp"
#include "plugin/a_patient.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::plugin;
using boost::test_tools::per_element;

namespace {

struct Endpoint : APatient {
    /// Something that is not this channel listens where the webhook should be.
    void is_somebody_elses(scripted::Server::Script script)
    {
        stranger = std::make_unique<scripted::Server>(std::move(script));
        patient.endpoint.port = static_cast<std::uint16_t>(std::stoi(stranger->port()));
        patient.endpoint.tls.reset();
    }

    std::unique_ptr<scripted::Server> stranger;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(our_endpoint, Endpoint)

BOOST_AUTO_TEST_CASE(opens_what_is_sealed_and_applies_nothing)
{
    is_examined();

    BOOST_TEST(level("callback_key") == "ok");
    BOOST_TEST(has(words("callback_key"), "mode secure"));
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(may_listen_everywhere)
{
    patient.endpoint.address = "0.0.0.0";
    is_examined();

    BOOST_TEST(level("callback_key") == "ok");
    BOOST_TEST(has(words("webhook"), "http://127.0.0.1:"));
}

BOOST_AUTO_TEST_CASE(may_speak_tls_with_a_certificate_for_its_public_name)
{
    const scripted::Certificates certificates;
    const auto own = certificates.signed_for("own", "DNS:wechat.example.com");
    listen(callbacks(), webhook::Certificate{.chain_file = own.certificate, .key_file = own.key});
    is_examined();

    BOOST_TEST(level("callback_key") == "ok");
    BOOST_TEST(has(words("webhook"), "https://127.0.0.1:"));
}

BOOST_AUTO_TEST_CASE(that_speaks_no_tls_where_it_should_is_wrong)
{
    patient.endpoint.tls.emplace();
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"webhook"}, per_element());
    BOOST_TEST(steps_that_are(Found::skipped) == (Steps{"callback_token", "callback_key"}), per_element());
}

BOOST_AUTO_TEST_CASE(where_nobody_listens_is_only_a_warning)
{
    {
        const scripted::Server gone{[](const scripted::Request&) { return scripted::hang_up(); }};
        patient.endpoint.port = static_cast<std::uint16_t>(std::stoi(gone.port()));
    }
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong).empty());
    BOOST_TEST(steps_that_are(Found::warning) == Steps{"webhook"}, per_element());
    BOOST_TEST(has(words("webhook"), "nobody listens at http://127.0.0.1:"));
    BOOST_TEST(has(words("webhook"), "Start the server, and run doctor again"));
}

BOOST_AUTO_TEST_CASE(on_any_free_port_cannot_be_found)
{
    patient.endpoint.port = 0;
    is_examined();

    BOOST_TEST(level("webhook") == "warning");
    BOOST_TEST(level("callback_key") == "skipped");
}

BOOST_AUTO_TEST_CASE(that_does_not_serve_the_customer_answers_404)
{
    account.name = Customer{"other-bank"};
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"webhook"}, per_element());
    BOOST_TEST(has(words("webhook"), "does not serve other-bank"));
}

BOOST_AUTO_TEST_CASE(with_another_callback_token_is_found)
{
    listen(callbacks("another"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_token"}, per_element());
    BOOST_TEST(level("callback_key") == "skipped");
}

BOOST_AUTO_TEST_CASE(with_another_aes_key_is_found)
{
    listen(callbacks("callback-token-7c1", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"));
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_key"}, per_element());
    BOOST_TEST(has(words("callback_key"), "another encoding_aes_key"));
    BOOST_TEST(has(words("callback_key"), "harbour-bank.yaml"));
}

BOOST_AUTO_TEST_CASE(with_another_app_id_is_found)
{
    auto served = callbacks();
    served.app_id = AppId{"wx02"};
    listen(served);
    is_examined();

    BOOST_TEST(has(words("callback_key"), "another app_id"));
}

BOOST_AUTO_TEST_CASE(in_another_mode_is_found)
{
    auto plain = callbacks();
    plain.mode = codec::CallbackMode::plain;
    listen(plain);
    is_examined();
    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_key"}, per_element());
    BOOST_TEST(has(words("callback_key"), "another callback_mode"));

    listen(callbacks());
    account.callbacks = std::make_shared<const codec::CallbackAccount>(plain);
    is_examined();
    BOOST_TEST(has(words("callback_key"), "another callback_mode"));
}

BOOST_AUTO_TEST_CASE(of_somebody_else_who_answers_anything_is_found)
{
    is_somebody_elses([](const scripted::Request&) { return scripted::http(200, "success"); });
    is_examined();
    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_token"}, per_element());

    // It echoes whatever it is asked to.
    is_somebody_elses([](const scripted::Request& request) {
        const auto at = request.target.find("echostr=");
        return scripted::http(200, at == std::string::npos ? "success" : request.target.substr(at + 8));
    });
    is_examined();
    BOOST_TEST(steps_that_are(Found::wrong) == Steps{"callback_token"}, per_element());
    BOOST_TEST(has(words("callback_token"), "believes a forged signature"));

    for (const auto& odd : {scripted::http(500, "oops"), scripted::raw("SSH-2.0\r\n"), scripted::hang_up()}) {
        is_somebody_elses([odd](const scripted::Request&) { return odd; });
        is_examined();
        BOOST_TEST(steps_that_are(Found::wrong) == Steps{"webhook"}, per_element());
    }
}

BOOST_AUTO_TEST_CASE(that_keeps_silent_is_not_waited_for)
{
    patience.answer = 100ms;
    is_somebody_elses([](const scripted::Request&) { return scripted::silence(); });
    is_examined();

    BOOST_TEST(steps_that_are(Found::wrong) == (Steps{"webhook"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
