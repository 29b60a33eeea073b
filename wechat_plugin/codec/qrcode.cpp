#include "codec/qrcode.hpp"

#include "base/utf8.hpp"
#include "codec/json_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace wechat::codec {

namespace json = boost::json;

bool is_scene(std::string_view scene)
{
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
    const auto characters = std::ranges::count_if(scene, begins_character);
    return !scene.empty() && valid_utf8(scene) && std::ranges::none_of(scene, is_control)
        && static_cast<std::size_t>(characters) <= longest_scene;
}

std::string qrcode_body(std::string_view scene, std::optional<Duration> lifetime)
{
    json::object named;
    named["scene_str"] = scene;
    json::object info;
    info["scene"] = std::move(named);
    json::object body;
    if (lifetime)
        body["expire_seconds"] = lifetime->count();
    body["action_name"] = lifetime ? "QR_STR_SCENE" : "QR_LIMIT_STR_SCENE";
    body["action_info"] = std::move(info);
    return json::serialize(body);
}

Result<QrCode> read_qrcode(std::string_view body)
{
    const auto object = read_object(body);
    if (!object)
        return object.error();
    const auto* const url = object->if_contains("url");
    if (url == nullptr || !url->is_string() || url->get_string().empty())
        return fail(errc::bad_answer, "a QR code without a URL");
    QrCode code;
    code.url = std::string{url->get_string()};
    const auto* const seconds = object->if_contains("expire_seconds");
    if (seconds != nullptr && !seconds->is_int64())
        return fail(errc::bad_answer, "a QR code whose end is no number");
    if (seconds != nullptr && seconds->get_int64() > 0)
        code.lifetime = Duration{seconds->get_int64()};
    return code;
}

}  // namespace wechat::codec
