// Every message type of wechat-protocol.md 2.2, in both formats of 1.1: what is asked for is what an endpoint reads.
#include "called.hpp"
#include "rows.hpp"

#include <array>

using namespace simulator;
using namespace simulator::test;
using wechat::Kind;

namespace {

// kind: of the message as an endpoint reads it; elements: which must be there, a value where it is known.
struct Row {
    const char* name;
    const char* verb;
    const char* body;
    Kind kind;
    std::map<std::string, std::string> elements;
};
const std::vector<Row> rows{
    {"2.2 text: Content",
     "send",
     R"({"text":"你好 👋"})",
     Kind::text,
     {{"MsgType", "text"}, {"Content", "你好 👋"}}},
    {"2.2 text: bizmsgmenuid, the item that was clicked",
     "send",
     R"({"text":"Yes","menu_id":"101"})",
     Kind::text,
     {{"bizmsgmenuid", "101"}, {"Content", "Yes"}}},
    {"2.1 text from an article: MsgDataId, Idx",
     "send",
     R"({"text":"x","elements":{"MsgDataId":"9","Idx":1}})",
     Kind::text,
     {{"MsgDataId", "9"}, {"Idx", "1"}}},
    {"2.2 image: PicUrl, MediaId",
     "send",
     R"({"image":"/9j/4AAQ"})",
     Kind::image,
     {{"PicUrl", ""}, {"MediaId", ""}}},
    {"2.2 voice: MediaId, Format",
     "send",
     R"({"voice":"IyFBTVIK"})",
     Kind::voice,
     {{"MediaId", ""}, {"Format", "amr"}}},
    {"2.2 voice: MediaId16K, Recognition",
     "send",
     R"({"voice":"IyFBTVIK","recognition":"早","elements":{"MediaId16K":"k"}})",
     Kind::voice,
     {{"Recognition", "早"}, {"MediaId16K", "k"}}},
    {"2.2 video: MediaId, ThumbMediaId",
     "send",
     R"({"video":"AAAAGGZ0eXBtcDQy"})",
     Kind::video,
     {{"MsgType", "video"}, {"MediaId", ""}, {"ThumbMediaId", ""}}},
    {"2.2 shortvideo: MediaId, ThumbMediaId",
     "send",
     R"({"shortvideo":"AAAAGGZ0eXBtcDQy"})",
     Kind::video,
     {{"MsgType", "shortvideo"}, {"MediaId", ""}, {"ThumbMediaId", ""}}},
    {"2.2 location: Location_X, Location_Y, Scale, Label",
     "send",
     R"({"location":{"latitude":31.2,"longitude":"121.5","scale":15,"label":"Harbour"}})",
     Kind::location,
     {{"Location_Y", "121.5"}, {"Scale", "15"}, {"Label", "Harbour"}}},
    {"2.2 link: Title, Description, Url",
     "send",
     R"({"link":{"title":"T","description":"D","url":"http://x"}})",
     Kind::link,
     {{"Title", "T"}, {"Description", "D"}, {"Url", "http://x"}}},
    {"2.2 file: Title, Description, FileKey, FileMd5, FileTotalLen",
     "message",
     R"({"MsgType":"file","Title":"a.pdf","Description":"","FileKey":"k","FileMd5":"5d","FileTotalLen":12})",
     Kind::file,
     {{"Title", "a.pdf"}, {"FileKey", "k"}, {"FileMd5", "5d"}, {"FileTotalLen", "12"}}},
    {"2.2 miniprogrampage: Title, AppId, PagePath, ThumbUrl, ThumbMediaId",
     "message",
     R"({"MsgType":"miniprogrampage","Title":"T","AppId":"wxm","PagePath":"p","ThumbUrl":"u","ThumbMediaId":"m"})",
     Kind::unsupported,
     {{"AppId", "wxm"}, {"PagePath", "p"}, {"ThumbUrl", "u"}, {"ThumbMediaId", "m"}}},
    {"2.2 device_text: DeviceType, DeviceID, SessionID, OpenID, Content",
     "message",
     R"({"MsgType":"device_text","DeviceType":"d","DeviceID":"i","SessionID":7,"OpenID":"o1","Content":"eA=="})",
     Kind::unsupported,
     {{"DeviceID", "i"}, {"Content", "eA=="}}},
    {"2.2 anything else",
     "message",
     R"({"MsgType":"hologram","Depth":{"Metres":3,"Layer":[1,2]}})",
     Kind::unsupported,
     {{"MsgType", "hologram"}, {"Depth.Metres", "3"}, {"Depth.Layer[1]", "2"}}},
};

void arrives(const Row& row, const std::string& format)
{
    Called called{success};
    called.settings.data_format = format;
    called.server.put(called.settings);
    const auto answer =
        called.server.control("POST", std::string{"/sim/accounts/wx1/contacts/o1/"} + row.verb, row.body);
    BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);

    const auto post = called.posts().at(0);
    const auto callback = called.opened(post);
    const auto* const message = std::get_if<codec::ContactMessage>(&callback.what);
    BOOST_TEST_REQUIRE(message != nullptr);
    BOOST_CHECK(message->content.kind == row.kind);
    BOOST_TEST(message->id > (1ULL << 53U));
    for (const auto& [element, value] : row.elements) {
        BOOST_TEST_CONTEXT(element)
        {
            BOOST_TEST_REQUIRE(callback.fields.contains(element));
            BOOST_TEST((value.empty() || callback.fields.at(element) == value), callback.fields.at(element));
        }
    }
    BOOST_TEST(post.content_type == (format == "json" ? "application/json" : "text/xml"));
    BOOST_TEST((post.body.front() == '{') == (format == "json"));
    // A tap on a menu message counts as menu (5.1).
    BOOST_TEST(called.server.slots_left("wx1", "o1") == (message->menu_id.empty() ? 5 : 3));
    BOOST_TEST(called.server.phone("wx1", "o1").size() == 1U);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message_types)

const Cases in_both_formats{rows, [](const Row& row) {
                                for (const auto* const format : {"xml", "json"})
                                    BOOST_TEST_CONTEXT(format)
                                    {
                                        arrives(row, format);
                                    }
                            }};

BOOST_AUTO_TEST_CASE(elements_that_make_no_document_are_refused)
{
    Called called{success};
    const auto refused = [&](const char* verb, const char* body) {
        return called.server.control("POST", std::string{"/sim/accounts/wx1/contacts/o1/"} + verb, body)
                   .status
            == 400U;
    };

    BOOST_TEST(refused("message", R"({"Content":"no type"})"));
    BOOST_TEST(refused("event", R"({"EventKey":"no event"})"));
    BOOST_TEST(refused("message", R"({"MsgType":"x","A<B":"1"})"));
    BOOST_TEST(refused("message", R"({"MsgType":"x","A":true})"));
    BOOST_TEST(refused("send", R"({"text":"x","elements":[]})"));
    BOOST_TEST(called.posts().empty());
}

BOOST_AUTO_TEST_SUITE_END()
