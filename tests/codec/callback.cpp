#include "codec/callback.hpp"

#include "codec/document.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;
using boost::unit_test::label;
using Type = AccountEvent::Type;

BOOST_TEST_DONT_PRINT_LOG_VALUE(Type)
BOOST_TEST_DONT_PRINT_LOG_VALUE(Kind)

namespace {

constexpr std::string_view head =
    "<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName>"
    "<CreateTime>1700000000</CreateTime>";

std::string message(std::string_view type, std::string_view elements)
{
    return "<xml>" + std::string{head} + "<MsgType><![CDATA[" + std::string{type} + "]]></MsgType>"
         + std::string{elements} + "<MsgId>6526133992738756795</MsgId></xml>";
}

std::string event(std::string_view name, std::string_view elements)
{
    return "<xml>" + std::string{head} + "<MsgType>event</MsgType><Event><![CDATA[" + std::string{name}
         + "]]></Event>" + std::string{elements} + "</xml>";
}

Callback read(std::string_view document)
{
    return parse_callback(std::string{document}).value();
}
ContactMessage said(std::string_view document)
{
    return std::get<ContactMessage>(read(document).what);
}
AccountEvent happened(std::string_view document)
{
    return std::get<AccountEvent>(read(document).what);
}
std::string text_of(std::string_view content)
{
    return said(message("text", content)).content.text;
}

std::string fault_of(std::string_view document)
{
    const auto result = parse_callback(std::string{document});
    return result ? "none" : std::string{name_of(result.error().code)};
}

std::string repeated(std::string_view text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_message)

BOOST_AUTO_TEST_CASE(has_a_sender_a_time_and_an_id_beyond_what_a_double_can_hold)
{
    const auto callback = read(message("text", "<Content><![CDATA[Hello]]></Content>"));

    BOOST_TEST(callback.to == "gh_1");
    BOOST_TEST(callback.from.str() == "oA");
    BOOST_TEST(to_seconds(callback.at) == 1700000000);
    BOOST_TEST(std::get<ContactMessage>(callback.what).id == 6526133992738756795U);
    BOOST_TEST(callback.fields.at("Content") == "Hello");
}

BOOST_AUTO_TEST_CASE(of_text_keeps_its_blanks)
{
    BOOST_TEST(text_of("<Content><![CDATA[ a \n b ]]></Content>") == " a \n b ");
    BOOST_TEST(text_of("<Content>  </Content>") == "  ");
}

BOOST_AUTO_TEST_CASE(of_text_arrives_without_controls_and_otherwise_unharmed)
{
    BOOST_TEST(
        text_of("<Content><![CDATA[\x10 \x1d"
                "c\x7F]]></Content>")
        == " c\x7F"
    );
    BOOST_TEST(
        text_of("<Content><![CDATA[😂👍🏽👨‍👩‍👧 你好]]></Content>")
        == "😂👍🏽👨‍👩‍👧 你好"
    );
    BOOST_TEST(text_of("<Content><![CDATA[\xEF\xBF\xBE\xEF\xBF\xBD]]></Content>") == "\xEF\xBF\xBD");
    BOOST_TEST(text_of("<Content>a&#29;&#x1D;b</Content>") == "ab");
}

BOOST_AUTO_TEST_CASE(of_text_is_the_same_however_it_was_escaped)
{
    BOOST_TEST(text_of("<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>") == "a]]>b");
    BOOST_TEST(text_of("<Content>a]]&gt;b &lt;&amp;&quot;</Content>") == "a]]>b <&\"");
    BOOST_TEST(text_of("<Content>a<![CDATA[b]]> <![CDATA[c]]>d</Content>") == "ab cd");
    BOOST_TEST(text_of("<Content><![CDATA[a]]]></Content>") == "a]");
    BOOST_TEST(
        text_of("<Content><![CDATA[<!DOCTYPE x><!ENTITY y>]]></Content>") == "<!DOCTYPE x><!ENTITY y>"
    );
}

BOOST_DATA_TEST_CASE(
    of_text_may_be_empty_in_any_way,
    data::make<std::string>({"<Content><![CDATA[]]></Content>", "<Content></Content>", "<Content/>", ""})
)
{
    BOOST_TEST(text_of(sample).empty());
}

BOOST_AUTO_TEST_CASE(that_is_a_tap_on_a_menu_message_says_on_which_item, *label("W2"))
{
    const auto tap = said(message("text", "<Content>Yes</Content><bizmsgmenuid>101</bizmsgmenuid>"));

    BOOST_TEST(tap.menu_id == "101");
    BOOST_TEST(said(message("text", "<Content>Yes</Content>")).menu_id.empty());
}

BOOST_AUTO_TEST_CASE(may_be_a_picture)
{
    const auto content =
        said(message("image", "<PicUrl><![CDATA[http://x/0]]></PicUrl><MediaId><![CDATA[m]]></MediaId>"))
            .content;

    BOOST_TEST(content.kind == Kind::image);
    BOOST_TEST(
        (content.data == std::map<std::string, std::string>{{"media_id", "m"}, {"pic_url", "http://x/0"}})
    );
}

BOOST_AUTO_TEST_CASE(may_be_a_voice_and_what_was_recognised_in_it)
{
    const auto content = said(message(
                                  "voice",
                                  "<MediaId>m</MediaId><Format>amr</Format><MediaId16K>m16</MediaId16K>"
                                  "<Recognition>早上好</Recognition>"
                              ))
                             .content;

    BOOST_TEST(content.kind == Kind::voice);
    BOOST_TEST(content.text == "早上好");
    BOOST_TEST(
        (content.data
         == std::map<std::string, std::string>{{"format", "amr"}, {"media_id", "m"}, {"media_id_16k", "m16"}})
    );
}

BOOST_DATA_TEST_CASE(
    may_be_a_video_of_either_length, data::make<std::string>({"video", "shortvideo", "VIDEO"})
)
{
    const auto content = said(message(sample, "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>")).content;

    BOOST_TEST(content.kind == Kind::video);
    BOOST_TEST(
        (content.data == std::map<std::string, std::string>{{"media_id", "m"}, {"thumb_media_id", "t"}})
    );
}

BOOST_AUTO_TEST_CASE(may_be_a_place)
{
    const auto content = said(message(
                                  "location",
                                  "<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y>"
                                  "<Scale>20</Scale><Label><![CDATA[ 位置]]></Label>"
                              ))
                             .content;

    BOOST_TEST(content.kind == Kind::location);
    BOOST_TEST(content.text == " 位置");
    BOOST_TEST(content.data.at("latitude") == "23.134521");
    BOOST_TEST(content.data.at("longitude") == "113.358803");
    BOOST_TEST(content.data.at("scale") == "20");
}

BOOST_AUTO_TEST_CASE(may_be_a_link)
{
    const auto content =
        said(message("link", "<Title>T</Title><Description>D</Description><Url>http://x/?a=1&amp;b=2</Url>"))
            .content;

    BOOST_TEST(content.kind == Kind::link);
    BOOST_TEST(content.text == "T");
    BOOST_TEST(content.data.at("description") == "D");
    BOOST_TEST(content.data.at("url") == "http://x/?a=1&b=2");
}

BOOST_AUTO_TEST_CASE(may_be_a_file_of_which_only_name_and_size_are_known)
{
    const auto content =
        said(message(
                 "file",
                 "<Title>合同.pdf</Title><Description/><FileKey>k</FileKey><FileMd5>5d41</FileMd5>"
                 "<FileTotalLen>5000000000</FileTotalLen>"
             ))
            .content;

    BOOST_TEST(content.kind == Kind::file);
    BOOST_TEST(content.name == "合同.pdf");
    BOOST_TEST(content.bytes == 5000000000U);
    BOOST_TEST(content.data.at("file_md5") == "5d41");
}

BOOST_AUTO_TEST_CASE(may_be_a_page_of_a_mini_program_which_no_browser_opens)
{
    const auto content =
        said(message("miniprogrampage", "<Title>T</Title><AppId>wx9</AppId><PagePath>p?a=1</PagePath>"))
            .content;

    BOOST_TEST(content.kind == Kind::unsupported);
    BOOST_TEST(content.text == "T");
    BOOST_TEST(content.data.at("msg_type") == "miniprogrampage");
    BOOST_TEST(content.data.at("app_id") == "wx9");
}

BOOST_AUTO_TEST_CASE(of_a_type_nobody_knows_is_delivered_with_all_it_says)
{
    const auto content =
        said(message("hologram", "<Content>c</Content><DeviceID>d</DeviceID><A><BookUrl>u</BookUrl></A>"))
            .content;

    BOOST_TEST(content.kind == Kind::unsupported);
    BOOST_TEST(content.text == "c");
    BOOST_TEST(
        (content.data
         == std::
             map<std::string, std::string>{{"a.book_url", "u"}, {"device_id", "d"}, {"msg_type", "hologram"}})
    );
}

BOOST_AUTO_TEST_CASE(of_a_device_is_no_text_for_people)
{
    const auto content =
        said(message("device_text", "<DeviceType>t</DeviceType><Content>MTIz</Content>")).content;

    BOOST_TEST(content.kind == Kind::unsupported);
    BOOST_TEST(content.text.empty());
    BOOST_TEST(content.data.at("content") == "MTIz");
}

BOOST_AUTO_TEST_CASE(without_an_id_still_has_a_key_of_its_own)
{
    const auto one = read("<xml>" + std::string{head} + "<MsgType>text</MsgType><Content>a</Content></xml>");
    const auto two = read("<xml>" + std::string{head} + "<MsgType>text</MsgType><Content>b</Content></xml>");

    BOOST_TEST(event_id(one) < 0);
    BOOST_TEST(event_id(one) != event_id(two));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_event)

BOOST_DATA_TEST_CASE(is_named_whatever_its_case, data::make<std::string>({"SCAN", "scan", "Scan", " SCAN "}))
{
    BOOST_TEST(happened(event(sample, "<EventKey>5</EventKey>")).type == Type::scanned);
    BOOST_TEST(happened(event(sample, "<EventKey>5</EventKey>")).name == "scan");
}

BOOST_AUTO_TEST_CASE(of_following_has_the_scene_of_the_qr_code, *label("O2"))
{
    const auto followed =
        happened(event("subscribe", "<EventKey><![CDATA[qrscene_desk 7]]></EventKey><Ticket>T</Ticket>"));

    BOOST_TEST(followed.type == Type::followed);
    BOOST_TEST(followed.scene == "desk 7");
    BOOST_TEST(followed.key == "qrscene_desk 7");
}

BOOST_DATA_TEST_CASE(
    of_following_without_a_qr_code_has_no_scene,
    data::make<std::string>(
        {"",
         "<EventKey/>",
         "<EventKey><![CDATA[]]></EventKey>",
         "<EventKey>last_trade_no_99</EventKey>",
         "<EventKey>scanbarcode|std|key</EventKey>",
         "<EventKey>scanimage|std|key</EventKey>"}
    )
)
{
    BOOST_TEST(happened(event("subscribe", sample)).type == Type::followed);
    BOOST_TEST(happened(event("subscribe", sample)).scene.empty());
}

BOOST_AUTO_TEST_CASE(of_scanning_has_the_scene_as_its_key)
{
    BOOST_TEST(happened(event("SCAN", "<EventKey>123</EventKey>")).scene == "123");
}

BOOST_TEST_DECORATOR(*label("W2"))
BOOST_DATA_TEST_CASE(
    of_a_menu_grants_slots_only_where_the_platform_does,
    data::make<std::string>({"CLICK", "scancode_push", "scancode_waitmsg"})
)
{
    BOOST_TEST(happened(event(sample, "<EventKey>help</EventKey>")).type == Type::menu_clicked);
    BOOST_TEST(happened(event(sample, "<EventKey>help</EventKey>")).key == "help");
    BOOST_TEST(happened(event(sample, "<EventKey>help</EventKey>")).scene.empty());
}

BOOST_DATA_TEST_CASE(
    that_grants_nothing_is_still_delivered,
    data::make<std::string>(
        {"VIEW",
         "LOCATION",
         "view_miniprogram",
         "pic_weixin",
         "location_select",
         "kf_create_session",
         "TEMPLATESENDJOBFINISH",
         "anything_new"}
    )
)
{
    BOOST_TEST(happened(event(sample, "")).type == Type::other);
}

BOOST_AUTO_TEST_CASE(of_unfollowing_is_known, *label("U1"))
{
    BOOST_TEST(happened(event("unsubscribe", "<EventKey/>")).type == Type::unfollowed);
}

BOOST_AUTO_TEST_CASE(of_a_device_is_no_message)
{
    BOOST_TEST(happened(message("device_event", "<Event>bind</Event>")).name == "device_event");
}

BOOST_AUTO_TEST_CASE(keeps_what_lies_deeper_and_what_is_repeated)
{
    const auto fields = read(event(
                                 "x",
                                 "<ScanCodeInfo>\n junk <ScanType>qr</ScanType></ScanCodeInfo>"
                                 "<List><A>1</A></List><List><A>2</A></List><P><i>a</i><j/><i>b</i></P>"
                             ))
                            .fields;

    BOOST_TEST(fields.at("ScanCodeInfo.ScanType") == "qr");
    BOOST_TEST(fields.at("List[0].A") == "1");
    BOOST_TEST(fields.at("List[1].A") == "2");
    BOOST_TEST(fields.at("P.i[0]") == "a");
    BOOST_TEST(fields.at("P.i[1]") == "b");
    BOOST_TEST(fields.at("P.j").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_document)

BOOST_DATA_TEST_CASE(
    may_be_dressed_in_any_way,
    data::make<std::string>(
        {"\xEF\xBB\xBF",
         " \n\t",
         "\xEF\xBB\xBF\n",
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
         "<?xml version=\"1.0\" encoding=\"gbk\"?>\n",
         "<!-- a comment -->",
         "\x01"}
    )
)
{
    BOOST_TEST(said(sample + message("text", "junk <Content>a</Content> junk") + "\n").content.text == "a");
}

BOOST_AUTO_TEST_CASE(may_give_numbers_in_cdata_and_words_bare)
{
    const auto callback =
        read("<xml><FromUserName> oA\n</FromUserName><CreateTime><![CDATA[1700000000]]></CreateTime>"
             "<MsgType>text</MsgType><MsgId><![CDATA[18446744073709551615]]></MsgId></xml>");

    BOOST_TEST(callback.from.str() == "oA");
    BOOST_TEST(to_seconds(callback.at) == 1700000000);
    BOOST_TEST(std::get<ContactMessage>(callback.what).id == 18446744073709551615U);
}

BOOST_AUTO_TEST_CASE(may_give_its_time_in_milliseconds)
{
    BOOST_TEST(
        to_seconds(read("<x><FromUserName>o</FromUserName><CreateTime>1518774424438</"
                        "CreateTime><MsgType>text</MsgType></x>")
                       .at)
        == 1518774424
    );
}

BOOST_DATA_TEST_CASE(
    without_sender_time_or_type_is_refused,
    data::make<std::string>(
        {"<xml/>",
         "<xml><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>",
         "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType></xml>",
         "<xml><FromUserName>o</FromUserName><CreateTime>soon</CreateTime><MsgType>text</MsgType></xml>",
         "<xml><FromUserName>o</FromUserName><CreateTime>-1</CreateTime><MsgType>text</MsgType></xml>",
         "<xml><FromUserName>o</FromUserName><CreateTime>9223372036854775807</CreateTime><MsgType>text</"
         "MsgType></xml>",
         "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime></xml>",
         "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType></xml>",
         "{}"}
    )
)
{
    BOOST_TEST(fault_of(sample) == "missing_field");
}

BOOST_DATA_TEST_CASE(
    that_is_no_xml_of_wechats_is_refused,
    data::make<std::string>(
        {"",
         "hello",
         "<xml>",
         "<xml><a></xml>",
         "<xml></xml><xml></xml>",
         "<xml><![CDATA[a</xml>",
         "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml>&e;</xml>",
         "<!DOCTYPE xml><xml/>",
         "<xml><!ENTITY e \"x\"></xml>",
         "<xml><!DOCTYPE x></xml>",
         "<"}
    )
)
{
    BOOST_TEST(fault_of(sample) == "bad_xml");
}

BOOST_AUTO_TEST_CASE(that_is_not_utf8_is_refused)
{
    BOOST_TEST(fault_of(message("text", "<Content>\xFF</Content>")) == "bad_utf8");
    BOOST_TEST(fault_of(message("text", "<Content>\xED\xA0\x80</Content>")) == "bad_utf8");
    BOOST_TEST(fault_of(message("text", "<Content>&#xD800;</Content>")) == "bad_utf8");
}

BOOST_AUTO_TEST_CASE(has_at_most_256_elements)
{
    // The head's four, Content and MsgId are six of them.
    BOOST_TEST(fault_of(message("text", repeated("<a/>", 251))) == "none");
    BOOST_TEST(fault_of(message("text", repeated("<a/>", 252))) == "bad_xml");
    BOOST_TEST(fault_of(message("text", repeated("<a/>", 10'000))) == "bad_xml");
}

BOOST_AUTO_TEST_CASE(is_at_most_16_deep)
{
    const auto deep = [](int levels) {
        return message("text", repeated("<a>", levels) + repeated("</a>", levels));
    };

    BOOST_TEST(fault_of(deep(16)) == "none");
    BOOST_TEST(fault_of(deep(17)) == "bad_xml");
    BOOST_TEST(fault_of(deep(5000)) == "bad_xml");
}

BOOST_AUTO_TEST_CASE(has_at_most_64_kib)
{
    const auto long_one = [](std::size_t size) {
        const auto empty = message("text", "<Content></Content>").size();
        return message("text", "<Content>" + std::string(size - empty, 'a') + "</Content>");
    };

    BOOST_TEST(fault_of(long_one(65536)) == "none");
    BOOST_TEST(fault_of(long_one(65537)) == "too_large");
}

BOOST_AUTO_TEST_CASE(may_be_json)
{
    const auto callback = read(
        "\xEF\xBB\xBF "
        "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oA\",\"CreateTime\":1700000000,\"MsgType\":\"location\","
        "\"MsgId\":6526133992738756795,\"Location_X\":23.134521,\"Label\":\"a\x1d\\u001d\\n\"}"
    );

    BOOST_TEST(to_seconds(callback.at) == 1700000000);
    BOOST_TEST(std::get<ContactMessage>(callback.what).id == 6526133992738756795U);
    BOOST_TEST(std::get<ContactMessage>(callback.what).content.data.at("latitude") == "23.134521");
    BOOST_TEST(std::get<ContactMessage>(callback.what).content.text == "a\n");
}

BOOST_AUTO_TEST_CASE(in_json_names_its_leaves_as_in_xml)
{
    constexpr std::string_view rest = R"("FromUserName":"o","CreateTime":"1","MsgType":"event","Event":"e")";
    const auto fields = [&](std::string_view list) {
        return read("{" + std::string{rest} + ",\"List\":" + std::string{list} + "}").fields;
    };

    BOOST_TEST(fields(R"({"A":true})").at("List.A") == "true");
    BOOST_TEST(fields(R"([{"A":null}])").at("List.A").empty());
    BOOST_TEST(fields(R"([{"A":1},{"A":2}])").at("List[1].A") == "2");
}

BOOST_DATA_TEST_CASE(
    that_is_no_json_of_wechats_is_refused,
    data::make<std::string>({"{", "{]", "{\"a\":1}x", "{\"a\":\"\\ud800\"}", "{\"a\":[[1,2],[3]]}"})
)
{
    BOOST_TEST(fault_of(sample) == "bad_json");
}

BOOST_AUTO_TEST_CASE(in_json_has_the_same_limits)
{
    BOOST_TEST(fault_of("{" + repeated("\"a\":{", 20) + repeated("}", 20) + "}") == "bad_json");
    BOOST_TEST(fault_of("{\"a\":[" + repeated("1,", 300) + "1]}") == "bad_json");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_key_of_seen_before)

BOOST_AUTO_TEST_CASE(of_a_message_is_its_id)
{
    BOOST_TEST(event_id(read(message("text", "<Content>a</Content>"))) == 6526133992738756795);
}

BOOST_AUTO_TEST_CASE(of_an_event_tells_events_of_one_second_apart)
{
    const auto id = [](std::string_view name, std::string_view elements) {
        return event_id(read(event(name, elements)));
    };

    BOOST_TEST(id("CLICK", "<EventKey>a</EventKey>") < 0);
    BOOST_TEST(id("CLICK", "<EventKey>a</EventKey>") == id("click", "<EventKey>a</EventKey>"));
    BOOST_TEST(id("CLICK", "<EventKey>a</EventKey>") != id("CLICK", "<EventKey>b</EventKey>"));
    BOOST_TEST(id("CLICK", "<EventKey>a</EventKey>") != id("VIEW", "<EventKey>a</EventKey>"));
    BOOST_TEST(
        id("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID>") != id("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID>")
    );
}

BOOST_AUTO_TEST_CASE(of_an_event_stays_the_same_for_ever_because_stores_keep_it)
{
    // FNV-1a of "1700000000\nclick\na\n" with the highest bit set, computed by another program.
    BOOST_TEST(event_id(read(event("CLICK", "<EventKey>a</EventKey>"))) == -130671409755097868);
}

BOOST_AUTO_TEST_SUITE_END()
