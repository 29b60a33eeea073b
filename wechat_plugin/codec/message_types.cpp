#include "codec/message_types.hpp"

#include <algorithm>
#include <array>

namespace wechat::codec {
namespace {

bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// wechat-protocol.md 2.1: every message that was sent from an article has the first two.
constexpr std::array text_data{
    Element{"MsgDataId", "msg_data_id"}, Element{"Idx", "idx"}, Element{"BusinessId", "business_id"}};
constexpr std::array image_data{Element{"PicUrl", "pic_url"}, Element{"MediaId", "media_id"}};
constexpr std::array voice_data{
    Element{"MediaId", "media_id"}, Element{"Format", "format"}, Element{"MediaId16K", "media_id_16k"}};
constexpr std::array video_data{Element{"MediaId", "media_id"}, Element{"ThumbMediaId", "thumb_media_id"}};
constexpr std::array location_data{
    Element{"Location_X", "latitude"},
    Element{"Location_Y", "longitude"},
    Element{"Scale", "scale"},
    Element{"Label", "label"},
};
constexpr std::array link_data{
    Element{"Title", "title"}, Element{"Description", "description"}, Element{"Url", "url"}};
constexpr std::array file_data{
    Element{"Description", "description"}, Element{"FileKey", "file_key"}, Element{"FileMd5", "file_md5"}};
constexpr std::array page_data{
    Element{"Title", "title"},
    Element{"AppId", "app_id"},
    Element{"PagePath", "page_path"},
    Element{"ThumbUrl", "thumb_url"},
    Element{"ThumbMediaId", "thumb_media_id"},
};
constexpr std::array device_data{
    Element{"DeviceType", "device_type"},
    Element{"DeviceID", "device_id"},
    Element{"SessionID", "session_id"},
    Element{"OpenID", "open_id"},
    Element{"Content", "content"},  // base64, no text for people
};

// wechat-protocol.md 2.2. The first row of a kind is the one it is written with.
constexpr std::array types{
    MessageType{"text", Kind::text, "Content", text_data},
    MessageType{"image", Kind::image, {}, image_data},
    MessageType{"voice", Kind::voice, "Recognition", voice_data},
    MessageType{"video", Kind::video, {}, video_data},
    MessageType{"shortvideo", Kind::video, {}, video_data},
    MessageType{"location", Kind::location, "Label", location_data},
    MessageType{"link", Kind::link, "Title", link_data},
    MessageType{"file", Kind::file, {}, file_data, "Title", "FileTotalLen"},
    // A page of a mini program has no URL that a browser could open, hence no link.
    MessageType{"miniprogrampage", Kind::unsupported, "Title", page_data},
    MessageType{"device_text", Kind::unsupported, {}, device_data},
};

}  // namespace

const MessageType* message_type(std::string_view name)
{
    const auto* const row = std::ranges::find(types, name, &MessageType::name);
    return row == types.end() ? nullptr : row;
}

const MessageType* message_type(Kind kind)
{
    const auto* const row = std::ranges::find(types, kind, &MessageType::kind);
    return row == types.end() || kind == Kind::unsupported ? nullptr : row;
}

std::string snake_case(std::string_view element)
{
    std::string name;
    for (std::size_t i = 0; i < element.size(); ++i) {
        if (!upper(element[i])) {
            name += element[i];
            continue;
        }
        // A word begins where a capital follows a small letter: DeviceID is device_id.
        if (i > 0 && !upper(element[i - 1]) && element[i - 1] != '_' && element[i - 1] != '.')
            name += '_';
        name += static_cast<char>(element[i] - 'A' + 'a');
    }
    return name;
}

}  // namespace wechat::codec
