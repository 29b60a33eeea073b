// Every event of wechat-protocol.md 2.3: its elements, and whether it opens a window.
#include "called.hpp"
#include "rows.hpp"

using namespace simulator;
using namespace simulator::test;
using Type = codec::AccountEvent::Type;

namespace {

struct Row {
    const char* name;
    const char* body;
    Type type;
    int slots;
    std::map<std::string, std::string> elements;
};
const std::vector<Row> rows{
    {"2.3 subscribe: yes, follow: 3 in 1 min",
     R"({"Event":"subscribe","EventKey":""})",
     Type::followed,
     3,
     {}},
    {"2.3 subscribe: EventKey qrscene_, Ticket",
     R"({"Event":"subscribe","EventKey":"qrscene_5","Ticket":"t"})",
     Type::followed,
     3,
     {{"EventKey", "qrscene_5"}, {"Ticket", "t"}}},
    {"2.3 subscribe: EventKey last_trade_no_",
     R"({"Event":"subscribe","EventKey":"last_trade_no_9"})",
     Type::followed,
     3,
     {{"EventKey", "last_trade_no_9"}}},
    {"2.3 unsubscribe: closes everything",
     R"({"Event":"unsubscribe","EventKey":""})",
     Type::unfollowed,
     0,
     {}},
    {"2.3 SCAN: yes, scan: 3 in 1 min",
     R"({"Event":"SCAN","EventKey":"desk","Ticket":"t"})",
     Type::scanned,
     3,
     {{"Event", "SCAN"}, {"EventKey", "desk"}}},
    {"2.3 LOCATION: no",
     R"({"Event":"LOCATION","Latitude":23.13,"Longitude":113.35,"Precision":119.38})",
     Type::other,
     0,
     {{"Latitude", "23.13"}, {"Precision", "119.38"}}},
    {"2.3 CLICK: yes, menu: 3 in 1 min",
     R"({"Event":"CLICK","EventKey":"help"})",
     Type::menu_clicked,
     3,
     {{"EventKey", "help"}}},
    {"2.3 VIEW: no",
     R"({"Event":"VIEW","EventKey":"http://x","MenuId":7})",
     Type::other,
     0,
     {{"MenuId", "7"}}},
    {"2.3 view_miniprogram: no",
     R"({"Event":"view_miniprogram","EventKey":"p","MenuId":7})",
     Type::other,
     0,
     {{"EventKey", "p"}}},
    {"2.3 scancode_push: yes (menu)",
     R"({"Event":"scancode_push","EventKey":"k","ScanCodeInfo":{"ScanType":"qrcode","ScanResult":"1"}})",
     Type::menu_clicked,
     3,
     {{"ScanCodeInfo.ScanResult", "1"}}},
    {"2.3 scancode_waitmsg: yes (menu)",
     R"({"Event":"scancode_waitmsg","EventKey":"k","ScanCodeInfo":{"ScanType":"qrcode","ScanResult":"2"}})",
     Type::menu_clicked,
     3,
     {{"ScanCodeInfo.ScanType", "qrcode"}}},
    {"2.3 pic_sysphoto: no",
     R"({"Event":"pic_sysphoto","EventKey":"k","SendPicsInfo":{"Count":2,"PicList":{"item":[{"PicMd5Sum":"a"},{"PicMd5Sum":"b"}]}}})",
     Type::other,
     0,
     {{"SendPicsInfo.PicList.item[1].PicMd5Sum", "b"}}},
    {"2.3 location_select: no",
     R"({"Event":"location_select","EventKey":"k","SendLocationInfo":{"Location_X":"23","Location_Y":"113","Scale":"15","Label":"L","Poiname":""}})",
     Type::other,
     0,
     {{"SendLocationInfo.Label", "L"}}},
    {"2.3 TEMPLATESENDJOBFINISH: no",
     R"({"Event":"TEMPLATESENDJOBFINISH","MsgID":200163836,"Status":"failed:user block"})",
     Type::other,
     0,
     {{"MsgID", "200163836"}, {"Status", "failed:user block"}}},
    {"2.3 MASSSENDJOBFINISH: no",
     R"({"Event":"MASSSENDJOBFINISH","MsgID":1,"Status":"sendsuccess","TotalCount":100,"FilterCount":80,"SentCount":75,"ErrorCount":5})",
     Type::other,
     0,
     {{"SentCount", "75"}}},
    {"2.3 PUBLISHJOBFINISH: no",
     R"({"Event":"PUBLISHJOBFINISH","PublishEventInfo":{"publish_id":22,"publish_status":0,"article_detail":{"count":1,"item":{"idx":1,"article_url":"u"}}}})",
     Type::other,
     0,
     {{"PublishEventInfo.article_detail.item.article_url", "u"}}},
    {"2.3 kf_create_session: no",
     R"({"Event":"kf_create_session","KfAccount":"a@b"})",
     Type::other,
     0,
     {{"KfAccount", "a@b"}}},
    {"2.3 kf_close_session: no", R"({"Event":"kf_close_session","KfAccount":"a@b"})", Type::other, 0, {}},
    {"2.3 kf_switch_session: no",
     R"({"Event":"kf_switch_session","FromKfAccount":"a@b","ToKfAccount":"c@b"})",
     Type::other,
     0,
     {{"ToKfAccount", "c@b"}}},
    {"2.3 subscribe_msg_popup_event: no",
     R"({"Event":"subscribe_msg_popup_event","SubscribeMsgPopupEvent":{"List":[{"TemplateId":"a","SubscribeStatusString":"accept","PopupScene":2},{"TemplateId":"b","SubscribeStatusString":"reject","PopupScene":2}]}})",
     Type::other,
     0,
     {{"SubscribeMsgPopupEvent.List[1].SubscribeStatusString", "reject"}}},
    {"2.3 subscribe_msg_change_event: no",
     R"({"Event":"subscribe_msg_change_event","SubscribeMsgChangeEvent":{"List":{"TemplateId":"a","SubscribeStatusString":"reject"}}})",
     Type::other,
     0,
     {{"SubscribeMsgChangeEvent.List.TemplateId", "a"}}},
    {"2.3 subscribe_msg_sent_event: no",
     R"({"Event":"subscribe_msg_sent_event","SubscribeMsgSentEvent":{"List":{"TemplateId":"a","MsgID":1,"ErrorCode":0,"ErrorStatus":"success"}}})",
     Type::other,
     0,
     {{"SubscribeMsgSentEvent.List.ErrorStatus", "success"}}},
    {"2.3 user_info_modified, user_authorization_revoke: no",
     R"({"Event":"user_authorization_revoke","OpenID":"o1","AppID":"wx1","RevokeInfo":"201"})",
     Type::other,
     0,
     {{"RevokeInfo", "201"}}},
    {"2.3 user_enter_tempsession: mini programs only",
     R"({"Event":"user_enter_tempsession","SessionFrom":"s"})",
     Type::other,
     0,
     {{"SessionFrom", "s"}}},
    {"2.3 qualification_verify_success, annual_renew, verify_expired: no",
     R"({"Event":"verify_expired","ExpiredTime":1442401156})",
     Type::other,
     0,
     {{"ExpiredTime", "1442401156"}}},
    {"2.3 qualification_verify_fail: no",
     R"({"Event":"qualification_verify_fail","FailTime":1442401122,"FailReason":"by time"})",
     Type::other,
     0,
     {{"FailReason", "by time"}}},
    {"2.3 merchant_order and the rest",
     R"({"Event":"merchant_order","OrderId":"test_order_id","OrderStatus":2})",
     Type::other,
     0,
     {{"OrderId", "test_order_id"}}},
};

void arrives(const Row& row, const std::string& format)
{
    Called called{success};
    called.settings.data_format = format;
    called.server.put(called.settings);
    const auto answer = called.server.control("POST", "/sim/accounts/wx1/contacts/o1/event", row.body);
    BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);

    const auto callback = called.opened(called.posts().at(0));
    const auto* const event = std::get_if<codec::AccountEvent>(&callback.what);
    BOOST_TEST_REQUIRE(event != nullptr);
    BOOST_CHECK(event->type == row.type);
    BOOST_TEST(called.server.slots_left("wx1", "o1") == row.slots);
    for (const auto& [element, value] : row.elements)
        BOOST_TEST(callback.fields.at(element) == value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(events)

const Cases in_both_formats{rows, [](const Row& row) {
                                for (const auto* const format : {"xml", "json"})
                                    BOOST_TEST_CONTEXT(format)
                                    {
                                        arrives(row, format);
                                    }
                            }};

BOOST_AUTO_TEST_SUITE_END()
