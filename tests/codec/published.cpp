// The vectors of ../shared/vectors/wechat.json: captures and samples of others, run where they are present.
#include "base/utf8.hpp"
#include "codec/api.hpp"
#include "codec/base64.hpp"
#include "codec/document.hpp"
#include "codec/reply.hpp"
#include "codec/signature.hpp"
#include "codec/vectors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;
namespace json = boost::json;
using vectors::Entry;
using vectors::published;

namespace {

const std::string app_id_key = "appid_or_receiveid";

std::string text_of(const json::value& value)
{
    return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
}

std::string expected(const Entry& entry, std::string_view key)
{
    const auto* const value = entry.at("expected").as_object().if_contains({key.data(), key.size()});
    return value == nullptr ? std::string{} : text_of(*value);
}

bool expects(const Entry& entry, std::string_view key)
{
    return entry.at("expected").as_object().contains({key.data(), key.size()});
}

Result<std::string> opened(const Entry& entry)
{
    const auto account = vectors::account_of(entry, app_id_key);
    return open_envelope(from_base64(entry.text("encrypt")).value(), *account.aes_key, account.app_id.str());
}

// "Compare after trimming ASCII whitespace at both ends, except Content and Label."
std::string comparable(std::string_view path, std::string_view text)
{
    if (path.ends_with("Content") || path.ends_with("Label"))
        return std::string{text};
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
             ? std::string{}
             : std::string{text.substr(first, text.find_last_not_of(blanks) - first + 1)};
}

Fields comparable(const Fields& fields)
{
    Fields trimmed_fields;
    for (const auto& [path, text] : fields)
        trimmed_fields.put(path, comparable(path, text));
    return trimmed_fields;
}

// The expectation's leaves by our paths: an array of one is no repetition.
void flatten(const json::value& value, const std::string& path, Fields& leaves)
{
    if (const auto* const object = value.if_object()) {
        for (const auto& [key, inner] : *object)
            flatten(inner, (path.empty() ? "" : path + ".") + std::string{key}, leaves);
    } else if (const auto* const array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            flatten((*array)[i], array->size() == 1 ? path : path + "[" + std::to_string(i) + "]", leaves);
    } else {
        leaves.put(path, text_of(value));
    }
}

Fields expected_fields(const Entry& entry)
{
    Fields leaves;
    flatten(entry.at("expected").as_object().at("fields"), {}, leaves);
    Fields dotted;
    for (const auto& [path, text] : leaves) {
        std::string ours{path};
        std::ranges::replace(ours, '/', '.');
        dotted.put(ours, text);
    }
    return dotted;
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// The type as the vectors write it: "text", "event/subscribe"; of a message it stands in the fields.
std::string type_of(const Callback& callback)
{
    const auto type = lower(std::string{field(callback.fields, "MsgType")});
    const auto* const event = std::get_if<AccountEvent>(&callback.what);
    return event != nullptr && type == "event" ? "event/" + event->name : type;
}

void check_document(const Entry& entry)
{
    const auto raw = entry.text("raw");
    const auto fields = expected_fields(entry);
    const auto type = expected(entry, "type");

    BOOST_TEST((comparable(read_fields(raw, largest_document).value()) == comparable(fields)));
    const auto read = parse_callback(raw);
    if (type.starts_with("component/")) {
        // For a third-party platform, not from a contact: there is nobody whose conversation it could be.
        BOOST_TEST((read.error().code == errc::missing_field));
        return;
    }
    const auto& callback = read.value();
    BOOST_TEST(type_of(callback) == lower(type));
    BOOST_TEST(callback.from.str() == comparable("", fields.at("FromUserName")));
    BOOST_TEST(callback.to == comparable("", fields.at("ToUserName")));
    const auto seconds = fields.at("CreateTime").substr(0, 10);
    BOOST_TEST(std::to_string(to_seconds(callback.at)) == seconds);
    const auto* const message = std::get_if<ContactMessage>(&callback.what);
    const auto id = fields.contains("MsgId") ? fields.at("MsgId")
                  : fields.contains("MsgID") ? fields.at("MsgID")
                                             : "0";
    if (message != nullptr)
        BOOST_TEST(std::to_string(message->id) == id);
    if (message != nullptr && message->content.kind == Kind::text)
        BOOST_TEST(message->content.text == fields.at("Content"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(published_vectors)

BOOST_DATA_TEST_CASE(of_signatures, data::make(published("signature_vectors")))
{
    const auto& parts = sample.at("parts").as_array();
    const auto part = [&](std::size_t i) { return std::string{parts.at(i).as_string()}; };
    BOOST_TEST_REQUIRE(parts.size() == 3U);

    BOOST_TEST(signature_of({part(2), part(0), part(1)}) == sample.text("expected_sha1"));
}

BOOST_DATA_TEST_CASE(of_envelopes_are_opened_and_sealed_again, data::make(published("crypt_vectors")))
{
    const auto account = vectors::account_of(sample, app_id_key);
    const auto signature_key = expects(sample, "msg_signature") ? "msg_signature" : "msg_signature_computed";
    const Signed signature{
        sample.at("expected").at(signature_key).as_string(),
        sample.at("timestamp").as_string(),
        sample.at("nonce").as_string()};
    const auto random = vectors::random_from(expected(sample, "random16"));
    const auto plaintext = expected(sample, "plaintext");

    BOOST_TEST(open_signed(account, signature, sample.text("encrypt")).value() == plaintext);
    BOOST_TEST(
        seal_envelope(plaintext, *account.aes_key, account.app_id.str(), random) == sample.text("encrypt")
    );
    BOOST_TEST(
        std::to_string(from_base64(sample.text("encrypt")).value().size()) == expected(sample, "cipher_bytes")
    );
    if (expects(sample, "signature"))
        BOOST_TEST(signature_matches(
            expected(sample, "signature"),
            {sample.text("token"), sample.text("timestamp"), sample.text("nonce")}
        ));
}

BOOST_DATA_TEST_CASE(of_bodies_are_verified_opened_and_read, data::make(published("crypt_vectors")))
{
    if (!sample.has("http_body") || sample.text("http_body").empty())
        return;
    const auto account = vectors::account_of(sample, app_id_key);

    if (sample.text("kind") == "reply") {
        BOOST_TEST(open_reply(account, sample.text("http_body")).value() == expected(sample, "plaintext"));
        return;
    }
    const CallbackQuery query{
        .timestamp = sample.text("timestamp"),
        .nonce = sample.text("nonce"),
        .msg_signature = expected(sample, "msg_signature")};
    const auto callback = read_callback(account, query, sample.text("http_body"));
    BOOST_TEST((callback == parse_callback(expected(sample, "plaintext"))));
    BOOST_TEST(callback.has_value());
}

BOOST_DATA_TEST_CASE(of_our_own_edges_are_opened_or_refused, data::make(published("synthetic_crypt")))
{
    const auto message = opened(sample);

    BOOST_TEST(message.has_value() == (expected(sample, "result") == "ok"));
    BOOST_TEST(signature_matches(
        expected(sample, "msg_signature"),
        {sample.text("token"), sample.text("timestamp"), sample.text("nonce"), sample.text("encrypt")}
    ));
    if (message)
        BOOST_TEST(*message == expected(sample, "plaintext"));
    else
        BOOST_TEST(
            (message.error().code
             == (expected(sample, "reason").starts_with("appid") ? errc::wrong_app_id : errc::bad_ciphertext))
        );
}

BOOST_DATA_TEST_CASE(of_xml_callbacks, data::make(published("inbound_xml")))
{
    check_document(sample);
}

BOOST_DATA_TEST_CASE(of_json_callbacks, data::make(published("inbound_json")))
{
    check_document(sample);
}

BOOST_DATA_TEST_CASE(of_strange_xml, data::make(published("synthetic_xml")))
{
    const auto callback = parse_callback(sample.text("raw"));

    if (expects(sample, "refuse")) {
        BOOST_TEST((callback.error().code == errc::bad_xml));
        return;
    }
    const auto& message = std::get<ContactMessage>(callback.value().what);
    const auto* const key = expects(sample, "content") ? "content" : "content_after_dropping_C0_controls";
    BOOST_TEST_REQUIRE(expects(sample, key));
    BOOST_TEST(message.content.text == expected(sample, key));
    if (expects(sample, "msgid"))
        BOOST_TEST(std::to_string(message.id) == expected(sample, "msgid"));
}

BOOST_DATA_TEST_CASE(of_passive_replies_are_read_and_written_again, data::make(published("passive_reply")))
{
    const auto reply = parse_reply(sample.text("xml")).value();

    const auto theirs = comparable(read_fields(sample.text("xml"), largest_document).value());
    const auto ours = comparable(read_fields(write_reply(reply), largest_document).value());
    BOOST_TEST((ours == theirs));
}

BOOST_DATA_TEST_CASE(of_messages_to_a_contact, data::make(published("outbound_json")))
{
    const auto text =
        sample.has("body_bytes") ? sample.text("body_bytes") : json::serialize(sample.at("json"));
    const auto theirs = json::parse(text).as_object();
    const OpenId to{std::string{theirs.at("touser").as_string()}};
    const std::string type{theirs.at("msgtype").as_string()};
    const auto& inner = theirs.at(type).as_object();
    const auto at = [&](std::string_view key) {
        return std::string{inner.at({key.data(), key.size()}).as_string()};
    };

    std::string body;
    if (type == "text")
        body = custom_text_body(to, at("content"));
    else if (type == "image")
        body = custom_image_body(to, at("media_id"));
    else if (type == "voice")
        body = custom_voice_body(to, at("media_id"));
    else
        body = custom_video_body(to, {at("media_id"), at("thumb_media_id"), at("title"), at("description")});

    BOOST_TEST(json::parse(body).as_object() == theirs);
    BOOST_TEST((body.find("\\u") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()
