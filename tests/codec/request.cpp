#include "codec/request.hpp"

#include "codec/push.hpp"
#include "codec/signature.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

constexpr std::string_view hello = "<xml><ToUserName>gh_1</ToUserName><FromUserName>oA</FromUserName>"
                                   "<CreateTime>1700000000</CreateTime><MsgType>text</MsgType>"
                                   "<Content><![CDATA[Hello \x1d😂]]></Content><MsgId>1</MsgId></xml>";

struct OneAccount {
    CallbackAccount account{
        .app_id = AppId{"wx0123456789abcdef"},
        .callback_token = Secret{"token"},
        .mode = CallbackMode::secure,
        .aes_key = AesKey::from_encoding_aes_key(std::string(43, 'a')).value(),
    };
    Delivery delivery{
        .to = "gh_1", .openid = OpenId{"oA"}, .timestamp = "1700000001", .nonce = "n 1", .random = {}};

    CallbackAccount in(CallbackMode mode) const
    {
        auto other = account;
        other.mode = mode;
        return other;
    }

    std::string outcome(const CallbackAccount& reader, const CallbackRequest& request) const
    {
        const auto callback = read_callback(reader, parse_query(request.query), request.body);
        return callback ? std::get<ContactMessage>(callback->what).content.text
                        : std::string{name_of(callback.error().code)};
    }
};

// A copy of the request in which one text is another one.
CallbackRequest altered(CallbackRequest request, std::string_view what, std::string_view by)
{
    const auto at = request.body.find(what);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    request.body.replace(at, what.size(), by);
    return request;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_request, OneAccount)

BOOST_DATA_TEST_CASE(is_read_in_the_mode_it_was_made_in, data::make({0, 1, 2}))
{
    const auto same = in(static_cast<CallbackMode>(sample));

    BOOST_TEST(outcome(same, make_request(same, hello, delivery)) == "Hello 😂");
}

BOOST_AUTO_TEST_CASE(may_be_json_inside_and_outside)
{
    constexpr std::string_view json =
        R"({"ToUserName":"gh_1","FromUserName":"oA","CreateTime":1,"MsgType":"text","Content":"Hi","MsgId":1})";

    for (const auto mode : {CallbackMode::plain, CallbackMode::compatible, CallbackMode::secure}) {
        const auto request = make_request(in(mode), json, delivery);
        BOOST_TEST(request.body.starts_with("{"));
        BOOST_TEST(outcome(in(mode), request) == "Hi");
    }
}

BOOST_AUTO_TEST_CASE(in_plain_is_refused_where_the_mode_is_secure_or_compatible)
{
    const auto request = make_request(in(CallbackMode::plain), hello, delivery);

    BOOST_TEST(outcome(in(CallbackMode::secure), request) == "plaintext_refused");
    BOOST_TEST(outcome(in(CallbackMode::compatible), request) == "plaintext_refused");
}

BOOST_AUTO_TEST_CASE(in_compatible_mode_counts_only_with_its_encrypted_part)
{
    const auto request =
        altered(make_request(in(CallbackMode::compatible), hello, delivery), "Hello", "Money");

    BOOST_TEST(outcome(in(CallbackMode::compatible), request) == "Hello 😂");
}

BOOST_AUTO_TEST_CASE(with_an_encrypt_that_the_contact_typed_is_not_misled)
{
    const auto typed =
        "<xml><Content><![CDATA[<Encrypt><![CDATA[x]]]]><![CDATA[></Encrypt></xml>]]></Content>";
    auto request = make_request(account, hello, delivery);
    request = altered(std::move(request), "<xml>", typed);

    BOOST_TEST(outcome(account, request) == "Hello 😂");
}

BOOST_AUTO_TEST_CASE(may_have_another_shape_than_the_usual_one)
{
    auto request = altered(make_request(account, hello, delivery), "<Encrypt><![CDATA[", "<Encrypt>\n ");
    request = altered(std::move(request), "]]></Encrypt>", " </Encrypt><AgentID>7</AgentID>");

    BOOST_TEST(outcome(account, request) == "Hello 😂");
}

BOOST_AUTO_TEST_CASE(that_was_tampered_with_is_refused_before_it_is_decoded)
{
    const auto request = make_request(account, hello, delivery);

    BOOST_TEST(
        outcome(account, altered(request, "<Encrypt><![CDATA[", "<Encrypt><![CDATA[!")) == "bad_signature"
    );
    auto other_nonce = request;
    other_nonce.query.replace(other_nonce.query.find("n%201"), 5, "n%202");
    BOOST_TEST(outcome(account, other_nonce) == "bad_signature");
    auto unsigned_one = request;
    unsigned_one.query.resize(unsigned_one.query.find("&msg_signature"));
    BOOST_TEST(outcome(account, unsigned_one) == "bad_signature");
}

BOOST_AUTO_TEST_CASE(in_plain_mode_needs_its_signature)
{
    auto request = make_request(in(CallbackMode::plain), hello, delivery);
    request.query.replace(request.query.find("1700000001"), 10, "1700000002");

    BOOST_TEST(outcome(in(CallbackMode::plain), request) == "bad_signature");
}

BOOST_AUTO_TEST_CASE(that_is_well_signed_may_still_be_no_base64_or_for_another_account)
{
    auto other = account;
    other.app_id = AppId{"wx9999"};
    CallbackQuery query{.timestamp = "1", .nonce = "2"};
    query.msg_signature = signature_of({"token", "1", "2", "a b="});

    const auto garbled = read_callback(account, query, "<xml><Encrypt><![CDATA[a b=]]></Encrypt></xml>");

    BOOST_TEST((garbled.error().code == errc::bad_base64));
    BOOST_TEST(outcome(account, make_request(other, hello, delivery)) == "wrong_app_id");
}

BOOST_AUTO_TEST_CASE(under_the_previous_key_is_read_while_the_key_is_changed)
{
    auto changed = account;
    changed.aes_key = AesKey::from_encoding_aes_key(std::string(43, 'b')).value();
    const auto in_flight = make_request(account, hello, delivery);

    BOOST_TEST(outcome(changed, in_flight) == "bad_ciphertext");
    changed.previous_aes_key = account.aes_key;
    BOOST_TEST(outcome(changed, in_flight) == "Hello 😂");
    BOOST_TEST(outcome(changed, make_request(changed, hello, delivery)) == "Hello 😂");
}

BOOST_AUTO_TEST_CASE(with_a_doctype_outside_or_inside_is_refused)
{
    const std::string hostile =
        "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + std::string{hello};
    auto outside = make_request(account, hello, delivery);
    outside.body = altered(outside, "</xml>", "<a/></xml>").body;
    outside.body.insert(0, "<!DOCTYPE xml>");

    BOOST_TEST(outcome(account, make_request(account, hostile, delivery)) == "bad_xml");
    BOOST_TEST(outcome(account, outside) == "bad_xml");
}

BOOST_AUTO_TEST_CASE(that_is_endless_is_refused)
{
    const CallbackRequest request{.body = std::string(300'000, 'a')};

    BOOST_TEST(outcome(account, request) == "too_large");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_query)

BOOST_AUTO_TEST_CASE(is_taken_apart_and_decoded_once)
{
    const auto query = parse_query("signature=s&timestamp=1&nonce=%32%2526&echostr=a%2Bb+c&openid=o_-A&x=y&"
                                   "encrypt_type=aes&msg_signature=m");

    BOOST_TEST(query.signature == "s");
    BOOST_TEST(query.timestamp == "1");
    BOOST_TEST(query.nonce == "2%26");
    BOOST_TEST(query.echostr == "a+b+c");
    BOOST_TEST(query.openid == "o_-A");
    BOOST_TEST(query.encrypt_type == "aes");
    BOOST_TEST(query.msg_signature == "m");
}

BOOST_DATA_TEST_CASE(
    may_be_broken_anywhere,
    data::make<std::string>(
        {"",
         "&",
         "=",
         "&&=&",
         "nonce",
         "nonce=%",
         "nonce=%4",
         "nonce=%zz",
         "nonce=%-1",
         "nonce=%+1",
         "%6eonce=1"}
    )
)
{
    BOOST_TEST((parse_query(sample).nonce == (sample.starts_with("nonce=") ? sample.substr(6) : "")));
}

BOOST_AUTO_TEST_CASE(counts_with_the_first_of_repeated_parameters)
{
    BOOST_TEST(parse_query("nonce=1&nonce=2").nonce == "1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_platforms_check, OneAccount)

BOOST_AUTO_TEST_CASE(is_answered_with_its_echostr_verbatim)
{
    const auto query = make_check(account, "1700000001", "n", "4375120948345356249 +/=");

    BOOST_TEST(answer_check(account, parse_query(query)).value() == "4375120948345356249 +/=");
}

BOOST_AUTO_TEST_CASE(is_not_answered_for_another_token)
{
    auto other = account;
    other.callback_token = Secret{"other"};

    BOOST_TEST(
        (answer_check(account, parse_query(make_check(other, "1", "n", "42"))).error().code
         == errc::bad_signature)
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_text_in_a_query)

BOOST_AUTO_TEST_CASE(is_escaped_but_for_letters_digits_and_four_signs)
{
    const std::string plain = "ABCXYZabcxyz0189-._~";

    BOOST_TEST(percent_encoded(plain) == plain);
    BOOST_TEST(percent_encoded("a b+c/d=e&f?g#h%i") == "a%20b%2Bc%2Fd%3De%26f%3Fg%23h%25i");
    BOOST_TEST(percent_encoded("你好") == "%E4%BD%A0%E5%A5%BD");
    BOOST_TEST(percent_encoded(std::string_view{"\0\xFF\r\n", 4}) == "%00%FF%0D%0A");
    BOOST_TEST(percent_encoded("").empty());
}

BOOST_AUTO_TEST_CASE(comes_out_of_the_query_again_as_it_went_in)
{
    std::string all;
    for (int byte = 1; byte < 256; ++byte)
        all += static_cast<char>(byte);

    BOOST_TEST(parse_query("nonce=" + percent_encoded(all) + "&timestamp=1").nonce == all);
}

BOOST_AUTO_TEST_SUITE_END()
