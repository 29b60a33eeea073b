/// The platform's own words for the errcodes that this simulator answers with.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace simulator {

/// What errmsg begins with; the rid follows. Clients must not match on it (wechat-protocol.md 5.2).
[[nodiscard]] constexpr std::string_view errmsg_of(std::int64_t errcode)
{
    struct Row {
        std::int64_t errcode;
        std::string_view text;
    };
    constexpr std::array rows{
        Row{-1, "system error"},
        Row{0, "ok"},
        Row{40001, "invalid credential, access_token is invalid or not latest"},
        Row{40002, "invalid grant_type"},
        Row{40003, "invalid openid"},
        Row{40004, "invalid media type"},
        Row{40005, "invalid file type"},
        Row{40007, "invalid media_id"},
        Row{40008, "invalid message type"},
        Row{40009, "invalid image size"},
        Row{40010, "invalid voice size"},
        Row{40011, "invalid video size"},
        Row{40012, "invalid thumb size"},
        Row{40013, "invalid appid"},
        Row{40014, "invalid access_token"},
        Row{40032, "invalid openid list size"},
        Row{40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"},
        Row{40035, "invalid parameter"},
        Row{40037, "invalid template_id"},
        Row{40052, "invalid action name"},
        Row{40053, "invalid action info"},
        Row{40097, "invalid args"},
        Row{40125, "invalid appsecret"},
        Row{40129, "invalid scene"},
        Row{40137, "invalid image format"},
        Row{40164, "invalid ip"},
        Row{40165, "invalid weapp pagepath"},
        Row{40166, "invalid weapp appid"},
        Row{40201, "invalid callback url"},
        Row{40202, "invalid action"},
        Row{40203, "invalid check operator"},
        Row{40243, "AppSecret has been frozen"},
        Row{41001, "access_token missing"},
        Row{41002, "appid missing"},
        Row{41004, "appsecret missing"},
        Row{41005, "media data missing"},
        Row{41006, "media_id missing"},
        Row{41009, "openid missing"},
        Row{42001, "access_token expired"},
        Row{43001, "require GET method"},
        Row{43002, "require POST method"},
        Row{43004, "require subscribe"},
        Row{43101, "user refuse to accept the msg"},
        Row{44001, "empty media data"},
        Row{44002, "empty post data"},
        Row{44003, "empty news data"},
        Row{44004, "empty content"},
        Row{45001, "media size out of limit"},
        Row{45002, "content size out of limit"},
        Row{45007, "voice play time out of limit"},
        Row{45008, "article size out of limit"},
        Row{45009, "reach max api daily quota limit"},
        Row{45011, "api minute-quota reach limit  must slower  retry next minute"},
        Row{45015, "response out of time limit or subscription is canceled"},
        Row{45029, "qrcode count out of limit"},
        Row{45047, "out of response count limit"},
        Row{45064, "no permission to use weapp in menu"},
        Row{45072, "invalid typing command"},
        Row{45080, "no message from the user within 30 seconds"},
        Row{45081, "already typing"},
        Row{45098, "menu list size out of limit"},
        Row{45099, "menu content size out of limit"},
        Row{46004, "user no exist"},
        Row{47001, "data format error"},
        Row{47003, "argument invalid!"},
        Row{48001, "api unauthorized"},
        Row{48006, "forbid to clear quota because of reaching the limit"},
        Row{50004, "this account is forbidden to use token api"},
        Row{50007, "this account has been frozen"},
        Row{61004, "access clientip is not registered"},
        Row{61452, "invalid kf_account"},
        Row{76001, "rid not found"},
        Row{76002, "rid is error"},
        Row{76021, "cgi_path not found"},
        Row{76022, "no permission to query this cgi_path"},
        Row{89501, "this ip awaits the confirmation of the administrator"},
        Row{89502, "this ip awaits the confirmation of the administrator"},
        Row{89503, "not in whitelist, this ip awaits the confirmation of the administrator"},
        Row{89504, "this ip awaits the confirmation of the administrator"},
        Row{89505, "this ip awaits the confirmation of the administrator"},
        Row{89506, "the administrator has refused this ip: within 24 hours it may not call"},
        Row{89507, "the administrator has refused this ip: within 1 hour it may not call"},
    };
    const auto* const row = std::ranges::find(rows, errcode, &Row::errcode);
    return row == rows.end() ? "error" : row->text;
}

}  // namespace simulator
