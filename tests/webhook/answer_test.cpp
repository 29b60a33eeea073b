#include "codec/reply.hpp"
#include "platform/on_a_loop.hpp"
#include "webhook/a_customer.hpp"
#include "webhook/answer.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::webhook;

namespace {

// Harbour Bank, and what became of its callbacks.
struct HarbourBank {
    Answer ask(Request::Method method, std::string target, std::string body = {})
    {
        Request request;
        request.method = method;
        request.target = std::move(target);
        request.body = std::move(body);
        return finished(loop, answer(seam(), std::move(request), why));
    }
    Answer post(const codec::CallbackRequest& request)
    {
        return ask(Request::Method::post, "/wechat/harbour-bank?" + request.query, request.body);
    }
    const Seam& seam()
    {
        seam_.account_of = [this](std::string_view customer) {
            return customer == "harbour-bank" ? account : nullptr;
        };
        seam_.apply = [this](std::string customer, codec::Callback callback) {
            return apply(std::move(customer), std::move(callback));
        };
        seam_.now = [] { return from_seconds(1'700'000'000); };
        return seam_;
    }
    Task<Result<std::string>> apply(std::string customer, codec::Callback callback)
    {
        applied.push_back(customer + ": " + std::get<codec::ContactMessage>(callback.what).content.text);
        if (fault)
            co_return *fault;
        co_return reply;
    }

    std::shared_ptr<const codec::CallbackAccount> account = a_customer();
    std::optional<Fault> fault;
    std::string reply;
    std::vector<std::string> applied;
    std::string why;
    Loop loop;
    Seam seam_;
};

std::string changed(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_callback, HarbourBank)

BOOST_AUTO_TEST_CASE(is_applied_and_then_acknowledged)
{
    BOOST_TEST((post(a_message(*account, "Hello")) == Answer{200, "success"}));
    BOOST_TEST(applied == std::vector<std::string>{"harbour-bank: Hello"}, boost::test_tools::per_element());
    BOOST_TEST(why.empty());
}

BOOST_AUTO_TEST_CASE(may_be_answered_with_a_text_in_the_form_of_the_account_s_mode)
{
    reply = "Welcome <a href=\"https://x.example\">here</a> ]]> \xF0\x9F\x91\x8B";
    for (const auto mode :
         {codec::CallbackMode::secure, codec::CallbackMode::compatible, codec::CallbackMode::plain}) {
        auto changed_account = std::make_shared<codec::CallbackAccount>(*account);
        changed_account->mode = mode;
        account = changed_account;
        const auto given = post(a_message(*account, "Hello"));
        const auto read = codec::read_reply(*account, given.body);

        BOOST_TEST(given.status == 200U);
        BOOST_TEST_REQUIRE(read.has_value());
        BOOST_TEST(std::get<codec::TextReply>(read->what).content == reply);
        BOOST_TEST(read->to.str() == "o-lily");
        BOOST_TEST(read->at.time_since_epoch().count() == 1'700'000'000);
        BOOST_TEST(
            (given.body.find("<Encrypt>") != std::string::npos) == (mode != codec::CallbackMode::plain)
        );
        BOOST_TEST(to_bytes(given, true).find("\r\nContent-Type: text/xml\r\n") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(that_is_forged_is_refused_and_never_applied)
{
    const auto genuine = a_message(*account, "Hello");
    auto other_nonce = genuine, other_body = genuine, unsigned_one = genuine;
    other_nonce.query = changed(genuine.query, "nonce=n1", "nonce=n2");
    other_body.body = a_message(*account, "Give me all").body;
    unsigned_one.query = "timestamp=1700000000&nonce=n1";
    for (const auto& forged : {other_nonce, other_body, unsigned_one})
        BOOST_TEST((post(forged) == Answer{403, "bad_signature"}));

    BOOST_TEST(applied.empty());
    BOOST_TEST(why == "bad_signature");
}

BOOST_AUTO_TEST_CASE(of_another_token_is_refused)
{
    auto other = *account;
    other.callback_token = Secret{"another token"};

    BOOST_TEST(post(a_message(other, "Hello")).status == 403U);
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(for_another_account_is_refused)
{
    auto other = *account;
    other.app_id = AppId{"wx02"};

    BOOST_TEST((post(a_message(other, "Hello")) == Answer{400, "wrong_app_id"}));
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(that_cannot_be_read_is_refused)
{
    const auto genuine = a_message(*account, "Hello");
    for (const auto* body : {"", "<xml>", "{}", "<xml><FromUserName>o-lily</FromUserName></xml>"})
        BOOST_TEST(post({.query = genuine.query, .body = body}).status == 400U, body);
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(that_is_not_durable_is_put_off)
{
    for (const auto code : {errc::store_busy, errc::store_full, errc::store_broken, errc::stopping}) {
        fault = fail(code);
        BOOST_TEST(post(a_message(*account, "Hello")).status == 503U);
    }
    fault.reset();
    BOOST_TEST(post(a_message(*account, "Hello")).status == 200U);
}

BOOST_AUTO_TEST_CASE(of_a_customer_who_has_just_gone_finds_nobody)
{
    fault = fail(errc::unknown_customer);
    BOOST_TEST(post(a_message(*account, "Hello")).status == 404U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(other_requests, HarbourBank)

BOOST_AUTO_TEST_CASE(the_platform_s_check_gets_its_echo)
{
    const auto query = codec::make_check(*account, "1700000000", "n1", "5838479218127813673");

    BOOST_TEST(
        (ask(Request::Method::get, "/wechat/harbour-bank?" + query) == Answer{200, "5838479218127813673"})
    );
    const auto forged = changed(query, "nonce=n1", "nonce=n2");
    BOOST_TEST(ask(Request::Method::get, "/wechat/harbour-bank?" + forged).status == 403U);
}

BOOST_AUTO_TEST_CASE(paths_that_name_no_customer_find_nobody)
{
    const auto genuine = a_message(*account, "Hello");
    for (const auto* path :
         {"/",
          "",
          "/wechat",
          "/wechat/",
          "/wechat/unknown",
          "/wechat/harbour-bank/",
          "/wechat/harbour-bank/x",
          "/wechat//harbour-bank",
          "/Wechat/harbour-bank"}) {
        BOOST_TEST(
            ask(Request::Method::post, path + ('?' + genuine.query), genuine.body).status == 404U, path
        );
        BOOST_TEST(ask(Request::Method::get, path).status == 404U, path);
    }
    BOOST_TEST(applied.empty());
}

BOOST_AUTO_TEST_CASE(other_methods_are_told_which_there_are)
{
    const auto given = ask(Request::Method::other, "/wechat/harbour-bank");

    BOOST_TEST(given.status == 405U);
    BOOST_TEST(to_bytes(given, false).find("\r\nAllow: GET, POST\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_answer_is_whole_http)
{
    BOOST_TEST(
        to_bytes({200, "success"}, true)
        == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nsuccess"
    );
    BOOST_TEST(to_bytes({503, ""}, false).ends_with("Content-Length: 0\r\nConnection: close\r\n\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
