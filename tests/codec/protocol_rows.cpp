// The tables of wechat-protocol.md, row by row: 2.2 messages, 2.3 events, 5.2 error classes.
#include "codec/callback.hpp"
#include "codec/errcode.hpp"
#include "support/rows.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::codec;
using Type = AccountEvent::Type;
using Data = std::map<std::string, std::string>;

BOOST_TEST_DONT_PRINT_LOG_VALUE(Type)
BOOST_TEST_DONT_PRINT_LOG_VALUE(Kind)
BOOST_TEST_DONT_PRINT_LOG_VALUE(Meaning)

namespace {

Callback callback(std::string_view elements)
{
    return parse_callback(
               "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName>"
               "<CreateTime>1700000000</CreateTime>"
               + std::string{elements} + "</xml>"
    )
        .value();
}

// What of 2.2 becomes what: text, name and bytes of the content, and its data.
struct MessageRow {
    std::string_view name;
    std::string_view elements;
    Kind kind;
    Data data = {};
    std::string_view text = {};
    std::string_view menu_item = {};
};

const std::vector<MessageRow> messages{
    {"text | Content", "<MsgType>text</MsgType><Content>Hello</Content>", Kind::text, {}, "Hello"},
    {"text | Content, bizmsgmenuid",
     "<MsgType>text</MsgType><Content>Yes</Content><bizmsgmenuid>101</bizmsgmenuid>",
     Kind::text,
     {},
     "Yes",
     "101"},
    {"text | Content, MsgDataId, Idx (2.1)",
     "<MsgType>text</MsgType><Content>Hello</Content><MsgDataId>7</MsgDataId><Idx>1</Idx>",
     Kind::text,
     {{"msg_data_id", "7"}, {"idx", "1"}},
     "Hello"},
    {"text | Content, BusinessId (2.1)",
     "<MsgType>text</MsgType><Content>Hello</Content><BusinessId>2</BusinessId>",
     Kind::text,
     {{"business_id", "2"}},
     "Hello"},
    {"text | old face codes",
     "<MsgType>text</MsgType><Content><![CDATA[/:8-) [微笑]]]></Content>",
     Kind::text,
     {},
     "/:8-) [微笑]"},
    {"image | PicUrl, MediaId",
     "<MsgType>image</MsgType><PicUrl>http://mmbiz.qpic.cn/0</PicUrl><MediaId>M</MediaId>",
     Kind::image,
     {{"pic_url", "http://mmbiz.qpic.cn/0"}, {"media_id", "M"}}},
    {"image | very old captures lack MediaId",
     "<MsgType>image</MsgType><PicUrl>http://mmbiz.qpic.cn/0</PicUrl>",
     Kind::image,
     {{"pic_url", "http://mmbiz.qpic.cn/0"}}},
    {"voice | MediaId, Format amr",
     "<MsgType>voice</MsgType><MediaId>M</MediaId><Format>amr</Format>",
     Kind::voice,
     {{"media_id", "M"}, {"format", "amr"}}},
    {"voice | MediaId, Format speex, MediaId16K, Recognition",
     "<MsgType>voice</MsgType><MediaId>M</MediaId><Format>speex</Format><MediaId16K>N</MediaId16K>"
     "<Recognition>早</Recognition>",
     Kind::voice,
     {{"media_id", "M"}, {"format", "speex"}, {"media_id_16k", "N"}},
     "早"},
    {"video | MediaId, ThumbMediaId",
     "<MsgType>video</MsgType><MediaId>M</MediaId><ThumbMediaId>T</ThumbMediaId>",
     Kind::video,
     {{"media_id", "M"}, {"thumb_media_id", "T"}}},
    {"shortvideo | MediaId, ThumbMediaId",
     "<MsgType>shortvideo</MsgType><MediaId>M</MediaId><ThumbMediaId>T</ThumbMediaId>",
     Kind::video,
     {{"media_id", "M"}, {"thumb_media_id", "T"}}},
    {"location | Location_X, Location_Y, Scale, Label",
     "<MsgType>location</MsgType><Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y>"
     "<Scale>20</Scale><Label>Harbour</Label>",
     Kind::location,
     {{"latitude", "23.134521"}, {"longitude", "113.358803"}, {"scale", "20"}, {"label", "Harbour"}},
     "Harbour"},
    {"link | Title, Description, Url",
     "<MsgType>link</MsgType><Title>T</Title><Description>D</Description><Url>https://x</Url>",
     Kind::link,
     {{"title", "T"}, {"description", "D"}, {"url", "https://x"}},
     "T"},
    {"file | Title, Description, FileKey, FileMd5, FileTotalLen",
     "<MsgType>file</MsgType><Title>a.pdf</Title><Description/><FileKey>K</FileKey><FileMd5>5d</FileMd5>"
     "<FileTotalLen>12</FileTotalLen>",
     Kind::file,
     {{"description", ""}, {"file_key", "K"}, {"file_md5", "5d"}}},
    {"miniprogrampage | Title, AppId, PagePath, ThumbUrl, ThumbMediaId",
     "<MsgType>miniprogrampage</MsgType><Title>T</Title><AppId>wx9</AppId><PagePath>p</PagePath>"
     "<ThumbUrl>http://x</ThumbUrl><ThumbMediaId>M</ThumbMediaId>",
     Kind::unsupported,
     {{"title", "T"},
      {"app_id", "wx9"},
      {"page_path", "p"},
      {"thumb_url", "http://x"},
      {"thumb_media_id", "M"},
      {"msg_type", "miniprogrampage"}},
     "T"},
    {"device_text | DeviceType, DeviceID, SessionID, OpenID, Content(base64)",
     "<MsgType>device_text</MsgType><DeviceType>t</DeviceType><DeviceID>d</DeviceID><SessionID>s</SessionID>"
     "<OpenID>o</OpenID><Content>MTIz</Content>",
     Kind::unsupported,
     {{"device_type", "t"},
      {"device_id", "d"},
      {"session_id", "s"},
      {"open_id", "o"},
      {"content", "MTIz"},
      {"msg_type", "device_text"}}},
    {"anything else | deliver as unknown with all fields; never fail",
     "<MsgType>hologram</MsgType><DeviceID>d</DeviceID><A><BookUrl>u</BookUrl></A>",
     Kind::unsupported,
     {{"msg_type", "hologram"}, {"device_id", "d"}, {"a.book_url", "u"}}},
};

void is_read_as_its_row_says(const MessageRow& row)
{
    const auto read = callback(row.elements);
    const auto& message = std::get<ContactMessage>(read.what);

    BOOST_TEST(message.content.kind == row.kind);
    BOOST_TEST(message.content.text == row.text);
    BOOST_TEST(message.menu_id == row.menu_item);
    for (const auto& [name, value] : row.data)
        BOOST_TEST((message.content.data.contains(name) && message.content.data.at(name) == value), name);
    BOOST_TEST(message.content.data.size() == row.data.size());
}

// What of 2.3 opens which window (5.1), and what of its elements the host can read.
struct EventRow {
    std::string_view name;
    std::string_view elements;  // behind Event
    Type type = Type::other;
    Data fields = {};
    std::string_view scene = {};
};

const std::vector<EventRow> events{
    {"subscribe | EventKey may be missing", "", Type::followed},
    {"subscribe | EventKey empty", "<EventKey/>", Type::followed, {{"EventKey", ""}}},
    {"subscribe | EventKey qrscene_<scene>, Ticket",
     "<EventKey>qrscene_desk 7</EventKey><Ticket>T</Ticket>",
     Type::followed,
     {{"EventKey", "qrscene_desk 7"}, {"Ticket", "T"}},
     "desk 7"},
    {"subscribe | EventKey last_trade_no_<n>", "<EventKey>last_trade_no_9</EventKey>", Type::followed},
    {"subscribe | EventKey scanbarcode|std|key", "<EventKey>scanbarcode|std|k</EventKey>", Type::followed},
    {"subscribe | EventKey scanimage|…", "<EventKey>scanimage|std|k</EventKey>", Type::followed},
    {"unsubscribe | EventKey (empty)", "<EventKey/>", Type::unfollowed},
    {"SCAN | EventKey = scene, integer, Ticket",
     "<EventKey>123</EventKey><Ticket>T</Ticket>",
     Type::scanned,
     {{"Ticket", "T"}},
     "123"},
    {"scan | EventKey = scene, string", "<EventKey>desk</EventKey>", Type::scanned, {}, "desk"},
    {"LOCATION | Latitude, Longitude, Precision",
     "<Latitude>23.1</Latitude><Longitude>113.3</Longitude><Precision>65.0</Precision>",
     Type::other,
     {{"Latitude", "23.1"}, {"Longitude", "113.3"}, {"Precision", "65.0"}}},
    {"CLICK | EventKey = menu key", "<EventKey>help</EventKey>", Type::menu_clicked},
    {"VIEW | EventKey = URL, MenuId",
     "<EventKey>https://x</EventKey><MenuId>5</MenuId>",
     Type::other,
     {{"EventKey", "https://x"}, {"MenuId", "5"}}},
    {"view_miniprogram | EventKey = page path, MenuId",
     "<EventKey>pages/a</EventKey><MenuId>5</MenuId>",
     Type::other,
     {{"EventKey", "pages/a"}}},
    {"scancode_push | EventKey, ScanCodeInfo{ScanType, ScanResult}",
     "<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></"
     "ScanCodeInfo>",
     Type::menu_clicked,
     {{"ScanCodeInfo.ScanType", "qrcode"}, {"ScanCodeInfo.ScanResult", "1"}}},
    {"scancode_waitmsg | EventKey, ScanCodeInfo{ScanType, ScanResult}",
     "<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>2</ScanResult></"
     "ScanCodeInfo>",
     Type::menu_clicked,
     {{"ScanCodeInfo.ScanResult", "2"}}},
    {"pic_sysphoto | EventKey, SendPicsInfo{Count, PicList{item{PicMd5Sum}…}}",
     "<EventKey>k</EventKey><SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
     "<item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>",
     Type::other,
     {{"SendPicsInfo.Count", "2"},
      {"SendPicsInfo.PicList.item[0].PicMd5Sum", "a"},
      {"SendPicsInfo.PicList.item[1].PicMd5Sum", "b"}}},
    {"pic_photo_or_album | EventKey, SendPicsInfo",
     "<EventKey>k</EventKey><SendPicsInfo><Count>1</Count></SendPicsInfo>",
     Type::other,
     {{"SendPicsInfo.Count", "1"}}},
    {"pic_weixin | EventKey, SendPicsInfo",
     "<EventKey>k</EventKey><SendPicsInfo><Count>1</Count></SendPicsInfo>",
     Type::other,
     {{"SendPicsInfo.Count", "1"}}},
    {"location_select | EventKey, SendLocationInfo{Location_X, Location_Y, Scale, Label, Poiname}",
     "<EventKey>k</EventKey><SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y>"
     "<Scale>15</Scale><Label>L</Label><Poiname/></SendLocationInfo>",
     Type::other,
     {{"SendLocationInfo.Location_X", "23"}, {"SendLocationInfo.Poiname", ""}}},
    {"TEMPLATESENDJOBFINISH | MsgID, Status: failed:user block",
     "<MsgID>200163836</MsgID><Status>failed:user block</Status>",
     Type::other,
     {{"MsgID", "200163836"}, {"Status", "failed:user block"}}},
    {"MASSSENDJOBFINISH | MsgID, Status, TotalCount, FilterCount, SentCount, ErrorCount",
     "<MsgID>1</MsgID><Status>err(30003)</Status><TotalCount>4</TotalCount><FilterCount>3</FilterCount>"
     "<SentCount>2</SentCount><ErrorCount>1</ErrorCount>",
     Type::other,
     {{"Status", "err(30003)"}, {"TotalCount", "4"}, {"ErrorCount", "1"}}},
    {"PUBLISHJOBFINISH | PublishEventInfo{publish_id, publish_status, article_id, article_detail{…}}",
     "<PublishEventInfo><publish_id>1</publish_id><article_detail><count>1</count><item><idx>1</idx>"
     "<article_url>u</article_url></item></article_detail></PublishEventInfo>",
     Type::other,
     {{"PublishEventInfo.publish_id", "1"}, {"PublishEventInfo.article_detail.item.article_url", "u"}}},
    {"FREEPUBLISHJOBFINISH | PublishEventInfo{fail_idx…}",
     "<PublishEventInfo><fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>",
     Type::other,
     {{"PublishEventInfo.fail_idx[0]", "1"}, {"PublishEventInfo.fail_idx[1]", "2"}}},
    {"kf_create_session | KfAccount",
     "<KfAccount>test1@test</KfAccount>",
     Type::other,
     {{"KfAccount", "test1@test"}}},
    {"kf_close_session | KfAccount, CloseType",
     "<KfAccount>test1@test</KfAccount><CloseType>KF</CloseType>",
     Type::other,
     {{"CloseType", "KF"}}},
    {"kf_switch_session | FromKfAccount, ToKfAccount",
     "<FromKfAccount>a@t</FromKfAccount><ToKfAccount>b@t</ToKfAccount>",
     Type::other,
     {{"FromKfAccount", "a@t"}, {"ToKfAccount", "b@t"}}},
    {"subscribe_msg_popup_event | SubscribeMsgPopupEvent{List*{TemplateId, SubscribeStatusString, "
     "PopupScene}}",
     "<SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId></List><List><TemplateId>b</TemplateId></List>"
     "</SubscribeMsgPopupEvent>",
     Type::other,
     {{"SubscribeMsgPopupEvent.List[0].TemplateId", "a"},
      {"SubscribeMsgPopupEvent.List[1].TemplateId", "b"}}},
    {"subscribe_msg_change_event | SubscribeMsgChangeEvent{List*{TemplateId, SubscribeStatusString}}",
     "<SubscribeMsgChangeEvent><List><SubscribeStatusString>reject</SubscribeStatusString></List>"
     "</SubscribeMsgChangeEvent>",
     Type::other,
     {{"SubscribeMsgChangeEvent.List.SubscribeStatusString", "reject"}}},
    {"subscribe_msg_sent_event | SubscribeMsgSentEvent{List*{TemplateId, MsgID, ErrorCode, ErrorStatus}}",
     "<SubscribeMsgSentEvent><List><MsgID>1</MsgID><ErrorCode>0</ErrorCode></List></SubscribeMsgSentEvent>",
     Type::other,
     {{"SubscribeMsgSentEvent.List.MsgID", "1"}}},
    {"user_info_modified | OpenID, AppID, RevokeInfo",
     "<OpenID>o</OpenID><AppID>a</AppID><RevokeInfo>201</RevokeInfo>",
     Type::other,
     {{"OpenID", "o"}, {"RevokeInfo", "201"}}},
    {"user_authorization_revoke | openid, appid, RevokeInfo",
     "<openid>o</openid><appid>a</appid><RevokeInfo>1</RevokeInfo>",
     Type::other,
     {{"openid", "o"}, {"RevokeInfo", "1"}}},
    {"user_enter_tempsession | SessionFrom",
     "<SessionFrom>s</SessionFrom>",
     Type::other,
     {{"SessionFrom", "s"}}},
    {"qualification_verify_success | ExpiredTime",
     "<ExpiredTime>1442401156</ExpiredTime>",
     Type::other,
     {{"ExpiredTime", "1442401156"}}},
    {"qualification_verify_fail | FailTime + FailReason",
     "<FailTime>1</FailTime><FailReason>by time</FailReason>",
     Type::other,
     {{"FailReason", "by time"}}},
    {"naming_verify_success | ExpiredTime",
     "<ExpiredTime>1</ExpiredTime>",
     Type::other,
     {{"ExpiredTime", "1"}}},
    {"naming_verify_fail | FailTime + FailReason",
     "<FailTime>1</FailTime>",
     Type::other,
     {{"FailTime", "1"}}},
    {"annual_renew | ExpiredTime", "<ExpiredTime>1</ExpiredTime>", Type::other, {{"ExpiredTime", "1"}}},
    {"verify_expired | ExpiredTime", "<ExpiredTime>1</ExpiredTime>", Type::other, {{"ExpiredTime", "1"}}},
    {"merchant_order | see vector files", "<OrderId>1</OrderId>", Type::other, {{"OrderId", "1"}}},
    {"user_get_card | see vector files", "<CardId>c</CardId>", Type::other, {{"CardId", "c"}}},
    {"WifiConnected | see vector files", "<ConnectTime>0</ConnectTime>", Type::other, {{"ConnectTime", "0"}}},
    {"guide_qrcode_scan_event | see vector files", "<Name>n</Name>", Type::other, {{"Name", "n"}}},
    {"wxa_media_check | see vector files", "<isrisky>0</isrisky>", Type::other, {{"isrisky", "0"}}},
    {"an_event_of_the_future", "<New>1</New>", Type::other, {{"New", "1"}}},
};

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

void opens_what_its_row_says(const EventRow& row)
{
    const std::string name{row.name.substr(0, row.name.find(' '))};
    const auto read =
        callback("<MsgType>event</MsgType><Event>" + name + "</Event>" + std::string{row.elements});
    const auto& event = std::get<AccountEvent>(read.what);

    BOOST_TEST(event.type == row.type);
    BOOST_TEST(event.name == lower(name));
    BOOST_TEST(event.scene == row.scene);
    BOOST_TEST(read.fields.at("Event") == name);  // as the platform spelt it
    for (const auto& [path, value] : row.fields)
        BOOST_TEST((read.fields.contains(path) && read.fields.at(path) == value), path);
}

// A row of 5.2, its class, and what that class makes us do (policy.md 8).
struct ErrorRow {
    std::string_view name;
    std::vector<std::int64_t> codes;
    Meaning meaning;
};

std::vector<std::int64_t> from_to(std::int64_t first, std::int64_t last)
{
    std::vector<std::int64_t> codes;
    for (auto code = first; code <= last; ++code)
        codes.push_back(code);
    return codes;
}

const std::vector<ErrorRow> errors{
    {"-1 system error / busy | LATER", {-1}, Meaning::try_later},
    {"0 ok | success", {0}, Meaning::sent},
    {"40001 invalid credential | TOKEN on API calls", {40001}, Meaning::renew_token},
    {"40014 invalid access_token | TOKEN", {40014}, Meaning::renew_token},
    {"42001 access_token expired | TOKEN", {42001}, Meaning::renew_token},
    {"42007 user changed password | ACCOUNT", {42007}, Meaning::hold_account},
    {"40002 invalid grant_type | BUG", {40002}, Meaning::fail_message},
    {"40003 invalid openid | USER", {40003}, Meaning::fail_message},
    {"40004 … 40137 media type, file, size | MSG",
     {40004, 40005, 40006, 40009, 40010, 40011, 40012, 40113, 40118, 40121, 40137},
     Meaning::fail_message},
    {"40007 media id | MSG, re-upload if we own the file, then retry once", {40007}, Meaning::upload_again},
    {"40008 invalid message type | BUG", {40008}, Meaning::fail_message},
    {"40013 invalid appid | ACCOUNT", {40013}, Meaning::hold_account},
    {"40125 invalid appsecret | ACCOUNT", {40125}, Meaning::hold_account},
    {"40164 invalid ip … not in whitelist | ACCOUNT", {40164}, Meaning::hold_account},
    {"40243 AppSecret frozen | ACCOUNT", {40243}, Meaning::hold_account},
    {"40033 47001 47002 40035 40038 44002 47003 61451 bad request | BUG, MSG",
     {40033, 47001, 47002, 40035, 40038, 44002, 47003, 61451},
     Meaning::fail_message},
    {"40036 40037 template id | MSG", {40036, 40037}, Meaning::fail_message},
    {"40097 40101 41011 parameters | BUG", {40097, 40101, 41011}, Meaning::fail_message},
    {"40165 40166 45064 45086 mini-program not linked | MSG",
     {40165, 40166, 45064, 45086},
     Meaning::fail_message},
    {"41001 access_token missing | BUG → TOKEN", {41001}, Meaning::renew_token},
    {"41002 41004 41005 41006 41009 missing | BUG",
     {41002, 41004, 41005, 41006, 41009},
     Meaning::fail_message},
    {"43001 43002 43003 needs GET, POST, HTTPS | BUG", {43001, 43002, 43003}, Meaning::fail_message},
    {"43004 recipient must follow | USER (unfollowed)", {43004}, Meaning::not_following},
    {"43005 50005 not following | USER", {43005, 50005}, Meaning::not_following},
    {"43019 recipient on the account's blacklist | USER", {43019}, Meaning::fail_message},
    {"43101 user refuses | USER for that template", {43101}, Meaning::fail_message},
    {"44001 44003 44004 empty media, news, text | BUG", {44001, 44003, 44004}, Meaning::fail_message},
    {"45001 … 45008 45098 45099 sizes and counts | MSG",
     {45001, 45002, 45003, 45004, 45005, 45006, 45007, 45008, 45098, 45099},
     Meaning::fail_message},
    {"45009 reach max api daily quota limit | RATE", {45009}, Meaning::slow_down},
    {"45011 api minute-quota reach limit | RATE, 60 s", {45011}, Meaning::slow_down},
    {"45015 response out of time limit | WINDOW", {45015}, Meaning::close_window},
    {"45047 out of response count limit | QUOTA", {45047}, Meaning::no_slot_left},
    {"45035 access clientip is not registered | ACCOUNT", {45035}, Meaning::hold_account},
    {"45072 45080 45081 typing | ignore", {45072, 45080, 45081}, Meaning::fail_message},
    {"45087 45094 48004 48008 blocked, punished, no right | ACCOUNT",
     {45087, 45094, 48004, 48008},
     Meaning::hold_account},
    {"45065 clientmsgid duplicate | treat as success", {45065}, Meaning::sent},
    {"45066 clientmsgid too fast", {45066}, Meaning::slow_down},
    {"45067 clientmsgid too long", {45067}, Meaning::fail_message},
    {"45102 45501 api blocked temporarily | LATER (long) + alarm", {45102, 45501}, Meaning::hold_account},
    {"46001 46004 media or user does not exist | MSG, USER", {46001, 46004}, Meaning::fail_message},
    {"48001 api unauthorized | ACCOUNT", {48001}, Meaning::hold_account},
    {"48002 user switched messages off | USER", {48002}, Meaning::fail_message},
    {"48003 protocol not agreed | ACCOUNT", {48003}, Meaning::hold_account},
    {"48006 clear_quota used up | RATE", {48006}, Meaning::slow_down},
    {"50001 did not authorise this API | ACCOUNT", {50001}, Meaning::hold_account},
    {"50002 user limited | USER first, ACCOUNT if many (A5)", {50002}, Meaning::hold_account},
    {"50004 50007 token API forbidden, account frozen | ACCOUNT", {50004, 50007}, Meaning::hold_account},
    {"61003 61004 61007 61011 61023 component | ACCOUNT",
     {61003, 61004, 61007, 61011, 61023},
     Meaning::hold_account},
    {"61005 61006 component_verify_ticket | LATER", {61005, 61006}, Meaning::try_later},
    {"61450 system error (kf) | LATER", {61450}, Meaning::try_later},
    {"61452 kf_account | MSG", {61452}, Meaning::fail_message},
    {"65400–65417 kf_account | MSG", from_to(65400, 65417), Meaning::fail_message},
    {"76001 76002 rid query | BUG", {76001, 76002}, Meaning::fail_message},
    {"87014 risky content | MSG", {87014}, Meaning::fail_message},
    {"89501 … 89505 waiting for administrator | ACCOUNT", from_to(89501, 89505), Meaning::hold_account},
    {"89506 89507 administrator refused this IP | ACCOUNT", {89506, 89507}, Meaning::hold_account},
    {"unknown 4xxxx 6xxxx | MSG", {49999, 69999}, Meaning::fail_message},
};

void has_the_class_of_its_row(const ErrorRow& row)
{
    for (const auto code : row.codes) {
        BOOST_TEST(row_of(code).meaning == row.meaning, code);
        BOOST_TEST(row_of(code).errcode == code);
        BOOST_TEST(!row_of(code).words.empty(), code);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protocol_2_2_message_types)
const bool registered = one_case_per_row(messages, is_read_as_its_row_says);
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(protocol_2_3_events)
const bool registered = one_case_per_row(events, opens_what_its_row_says);
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(protocol_5_2_error_classes)
const bool registered = one_case_per_row(errors, has_the_class_of_its_row);

BOOST_AUTO_TEST_CASE(every_code_of_our_table_stands_in_one_of_its_rows)
{
    std::vector<std::int64_t> quoted;
    for (const auto& row : errors)
        quoted.insert(quoted.end(), row.codes.begin(), row.codes.end());
    for (const auto& row : errcode_table())
        BOOST_TEST(std::ranges::count(quoted, row.errcode) == 1, row.errcode);
}
BOOST_AUTO_TEST_SUITE_END()
