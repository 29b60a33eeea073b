#include "codec/api.hpp"
#include "codec/base64.hpp"
#include "codec/document.hpp"
#include "codec/reply.hpp"
#include "codec/request.hpp"
#include "codec/vectors.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <random>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

// Every byte in turn becomes another one; what a run does is the same for ever.
template <class Bytes, class Check>
void with_each_byte_changed(Bytes bytes, const Check& check)
{
    std::mt19937 random{20240613};
    for (auto& byte : bytes) {
        const auto good = byte;
        byte = static_cast<std::remove_reference_t<decltype(byte)>>(
            static_cast<unsigned char>(byte) ^ (1U + random() % 255U)
        );
        check(bytes);
        byte = good;
    }
}

const std::vector<std::string> documents{
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></"
    "FromUserName><CreateTime>1700000000"
    "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[a]]]]><![CDATA[>😂]]>&#29;&amp;</"
    "Content>"
    "<MsgId>6526133992738756795</MsgId></xml>",
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>oA</FromUserName><CreateTime>1</"
    "CreateTime><MsgType>event</MsgType>"
    "<Event>SCAN</Event><List><A>1</A></List><List><A>2</A></List></xml>",
    R"({"ToUserName":"gh_1","FromUserName":"oA","CreateTime":1,"MsgType":"text","Content":"\u4f60\n","MsgId":1,"L":[{"a":1.5}]})",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(whatever_byte_is_changed)

BOOST_DATA_TEST_CASE(
    in_a_ciphertext_nothing_but_the_message_or_a_fault_comes_out, data::make(vectors::ours("crypt"))
)
{
    const auto key = AesKey::from_encoding_aes_key(sample.text("encoding_aes_key")).value();
    const auto sealed = from_base64(sample.text("encrypt")).value();
    const auto size = sealed.size();

    with_each_byte_changed(
        std::vector(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(std::min(size, 512UL))),
        [&](const auto& bytes) {
            const auto message = open_envelope(bytes, key, sample.text("app_id"));
            BOOST_TEST((!message || message->size() <= size));
        }
    );
}

BOOST_AUTO_TEST_CASE(in_an_encrypt_the_signature_finds_it)
{
    const auto& entry = vectors::ours("crypt").front();
    const auto account = vectors::account_of(entry, "app_id");
    const Signed signature{
        entry.at("msg_signature").as_string(),
        entry.at("timestamp").as_string(),
        entry.at("nonce").as_string()};

    BOOST_TEST(open_signed(account, signature, entry.text("encrypt")).value() == entry.text("message"));
    with_each_byte_changed(entry.text("encrypt"), [&](const std::string& encrypt) {
        BOOST_TEST((open_signed(account, signature, encrypt).error().code == errc::bad_signature));
    });
}

BOOST_DATA_TEST_CASE(in_a_document_it_is_read_or_refused, data::make(documents))
{
    with_each_byte_changed(sample, [](const std::string& document) {
        const auto callback = parse_callback(document);
        BOOST_TEST((!callback || !callback->from.empty()));
        (void)parse_reply(document);
        (void)encrypted_part(document);
        (void)read_verdict(document);
    });
}

BOOST_DATA_TEST_CASE(a_document_cut_anywhere_is_refused, data::make(documents))
{
    for (std::size_t size = 0; size < sample.size(); ++size)
        BOOST_TEST(!parse_callback(sample.substr(0, size)));
}

BOOST_AUTO_TEST_SUITE_END()
