// QR codes with a scene: wechat-protocol.md 4.7.
#include "codec/qrcode.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace wechat;
using namespace wechat::codec;

BOOST_AUTO_TEST_SUITE(a_qr_code)

BOOST_AUTO_TEST_CASE(that_ends_is_asked_for_with_its_seconds)
{
    BOOST_TEST(
        qrcode_body("desk-12", Duration{604800})
        == R"({"expire_seconds":604800,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"desk-12"}}})"
    );
}

BOOST_AUTO_TEST_CASE(for_ever_is_a_limited_one_in_wechats_words)
{
    BOOST_TEST(
        qrcode_body("前台", std::nullopt)
        == R"({"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"前台"}}})"
    );
}

BOOST_AUTO_TEST_CASE(has_a_scene_of_1_to_64_characters_not_bytes)
{
    std::string chinese;
    for (int i = 0; i < 64; ++i)
        chinese += "前";
    for (const auto& good : {std::string{"1"}, std::string{"desk 12/α"}, std::string(64, 'x'), chinese})
        BOOST_TEST(is_scene(good), good);
    for (const auto& bad :
         {std::string{},
          std::string(65, 'x'),
          chinese + "前",
          std::string{"a\nb"},
          std::string{"\x7f"},
          std::string{"\xff"}})
        BOOST_TEST(!is_scene(bad), bad);
}

BOOST_AUTO_TEST_CASE(is_read_from_the_answer)
{
    const auto temporary =
        read_qrcode(R"({"ticket":"gQH47joAAAA==","expire_seconds":60,"url":"http://weixin.qq.com/q/kZgfwMT"})"
        );
    BOOST_TEST(temporary->url == "http://weixin.qq.com/q/kZgfwMT");
    BOOST_TEST((temporary->lifetime == Duration{60}));
    const auto permanent = read_qrcode(R"({"ticket":"x","url":"http://weixin.qq.com/q/02"})");
    BOOST_TEST(permanent.has_value());
    BOOST_TEST(!permanent->lifetime.has_value());
}

BOOST_AUTO_TEST_CASE(of_an_answer_without_a_link_is_none)
{
    for (const auto* odd :
         {R"({"ticket":"x"})", R"({"url":""})", R"({"url":7})", R"({"url":"u","expire_seconds":"soon"})"})
        BOOST_TEST((read_qrcode(odd).error().code == errc::bad_answer), odd);
    BOOST_TEST((read_qrcode("<html>").error().code == errc::bad_json));
}

BOOST_AUTO_TEST_SUITE_END()
