#include "codec/push.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;
using Type = AccountEvent::Type;

namespace {

Callback callback_with(decltype(Callback::what) what)
{
    return {.to = "gh_1", .from = OpenId{"oA"}, .at = from_seconds(1700000000), .what = std::move(what)};
}

Callback again(const Callback& callback)
{
    return parse_callback(write_callback_xml(callback)).value();
}

Callback again_in_json(const Callback& callback)
{
    return parse_callback(write_callback_json(callback)).value();
}

const std::vector<ContactMessage> messages{
    {.id = 1, .content = {.kind = Kind::text, .text = "a]]>b <c> & 😂\n"}},
    {.id = 18446744073709551615U, .content = {.kind = Kind::text}, .menu_id = "101"},
    {.id = 2, .content = {.kind = Kind::image, .data = {{"media_id", "m"}, {"pic_url", "http://x/0?a&b"}}}},
    {.id = 3, .content = {.kind = Kind::voice, .data = {{"media_id", "m"}, {"format", "amr"}}}},
    {.id = 4,
     .content = {.kind = Kind::voice, .text = "早", .data = {{"media_id", "m"}, {"media_id_16k", "n"}}}},
    {.id = 5, .content = {.kind = Kind::video, .data = {{"media_id", "m"}, {"thumb_media_id", "t"}}}},
    {.id = 6,
     .content =
         {.kind = Kind::location,
          .text = "L",
          .data = {{"latitude", "23.1"}, {"longitude", "-113.3"}, {"scale", "20"}, {"label", "L"}}}},
    {.id = 7,
     .content =
         {.kind = Kind::link,
          .text = "T",
          .data = {{"title", "T"}, {"description", "D"}, {"url", "http://x"}}}},
    {.id = 8,
     .content =
         {.kind = Kind::file, .name = "a.pdf", .bytes = 12, .data = {{"file_key", "k"}, {"file_md5", "5d"}}}},
};

const std::vector<AccountEvent> events{
    {.type = Type::followed, .name = "subscribe"},
    {.type = Type::followed, .name = "subscribe", .key = "qrscene_5", .scene = "5"},
    {.type = Type::unfollowed, .name = "unsubscribe"},
    {.type = Type::scanned, .name = "scan", .key = "desk", .scene = "desk"},
    {.type = Type::menu_clicked, .name = "click", .key = "help"},
    {.type = Type::other, .name = "location"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_callback_written_and_read_again)

BOOST_DATA_TEST_CASE(says_the_same_message, data::xrange(messages.size()))
{
    const auto callback = callback_with(messages[sample]);
    const auto read = again(callback);

    BOOST_TEST((read.what == callback.what));
    BOOST_TEST((read.to == callback.to && read.from == callback.from && read.at == callback.at));
}

BOOST_DATA_TEST_CASE(says_the_same_event, data::xrange(events.size()))
{
    BOOST_TEST((again(callback_with(events[sample])).what == callback_with(events[sample]).what));
}

BOOST_DATA_TEST_CASE(says_the_same_message_in_json, data::xrange(messages.size()))
{
    const auto callback = callback_with(messages[sample]);

    BOOST_TEST((again_in_json(callback) == again(callback)));
}

BOOST_DATA_TEST_CASE(says_the_same_event_in_json, data::xrange(events.size()))
{
    const auto callback = callback_with(events[sample]);

    BOOST_TEST((again_in_json(callback) == again(callback)));
}

BOOST_AUTO_TEST_CASE(is_the_same_with_all_its_fields)
{
    auto callback =
        callback_with(AccountEvent{.type = Type::menu_clicked, .name = "scancode_push", .key = "k"});
    callback.fields = {
        {"Event", "scancode_push"}, {"ScanCodeInfo.ScanType", "qrcode"}, {"ScanCodeInfo.ScanResult", "1"}};
    for (int i = 0; i < 12; ++i)
        callback.fields.put("List[" + std::to_string(i) + "].A", std::to_string(i));

    const auto once = again(callback);

    BOOST_TEST((again(once) == once));
    BOOST_TEST((again_in_json(once) == once));
    BOOST_TEST(once.fields.at("ScanCodeInfo.ScanResult") == "1");
    BOOST_TEST(once.fields.at("List[11].A") == "11");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_callback_written)

BOOST_AUTO_TEST_CASE(looks_as_the_platforms)
{
    const auto xml = write_callback_xml(callback_with(ContactMessage{.id = 7, .content = {.text = "Hello"}}));

    BOOST_TEST(
        xml
        == "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName>"
           "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
           "<Content><![CDATA[Hello]]></Content><MsgId>7</MsgId></xml>"
    );
}

BOOST_AUTO_TEST_CASE(has_bare_numbers_in_json_too)
{
    BOOST_TEST(
        write_callback_json(callback_with(ContactMessage{.id = 7, .content = {.text = "12"}}))
        == R"({"ToUserName":"gh_1","FromUserName":"oA","CreateTime":1700000000,"MsgType":"text","Content":"12","MsgId":7})"
    );
}

BOOST_AUTO_TEST_CASE(in_json_has_an_array_only_for_what_is_repeated)
{
    auto callback = callback_with(AccountEvent{.name = "subscribe_msg_sent_event"});
    callback.fields = {{"List.TemplateId", "a"}, {"List.MsgID", "1"}};
    const auto one = write_callback_json(callback);
    callback.fields = {{"List[0].TemplateId", "a"}, {"List[1].TemplateId", "b"}};

    BOOST_TEST(one.find(R"("List":{"TemplateId":"a","MsgID":1})") != std::string::npos);
    BOOST_TEST(
        write_callback_json(callback).find(R"("List":[{"TemplateId":"a"},{"TemplateId":"b"}])")
        != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(has_no_text_and_elements_in_one_place)
{
    auto callback = callback_with(AccountEvent{.name = "odd"});
    callback.fields = {{"A", "text"}, {"A.B", "element"}};

    BOOST_CHECK_THROW((void)write_callback_json(callback), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(is_requested_with_or_without_an_openid)
{
    CallbackAccount account{
        .app_id = AppId{"wx1"}, .callback_token = Secret{"t"}, .mode = CallbackMode::plain};
    const auto query = [&](const char* openid) {
        return make_request(account, "<xml/>", {.openid = OpenId{openid}, .timestamp = "1", .nonce = "2"})
            .query;
    };

    BOOST_TEST(parse_query(query("oA")).openid == "oA");
    BOOST_TEST(query("").find("openid") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(lets_control_characters_through)
{
    const auto xml = write_callback_xml(callback_with(ContactMessage{.id = 7, .content = {.text = "a\x1d"}}));

    BOOST_TEST(xml.find("<![CDATA[a\x1d]]>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(makes_the_key_of_a_scene)
{
    const auto followed =
        again(callback_with(AccountEvent{.type = Type::followed, .name = "subscribe", .scene = "5"}));
    const auto scanned =
        again(callback_with(AccountEvent{.type = Type::scanned, .name = "scan", .scene = "5"}));

    BOOST_TEST(followed.fields.at("EventKey") == "qrscene_5");
    BOOST_TEST(scanned.fields.at("EventKey") == "5");
    BOOST_TEST(scanned.fields.at("Event") == "SCAN");
}

BOOST_AUTO_TEST_CASE(is_of_the_type_its_fields_name)
{
    auto callback =
        callback_with(ContactMessage{.id = 1, .content = {.kind = Kind::video, .data = {{"media_id", "m"}}}});
    callback.fields.put("MsgType", "shortvideo");

    BOOST_TEST(again(callback).fields.at("MsgType") == "shortvideo");
}

BOOST_AUTO_TEST_SUITE_END()
