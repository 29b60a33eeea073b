/// The body of custom/send: every msgtype, every field (wechat-protocol.md 4.2).
#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

/// One media id a message refers to, and the type the file must have.
struct MediaReference {
    std::string id = {};
    std::string_view type = {};
};

/// A message as read from the body.
///
/// kind       what a phone shows: text, image, voice, video, music, news, menu, page, card, article
/// text       what a phone shows as text: a title, a menu with its items line by line
/// size_code  the errcode for what is too long, too many or empty in it; 0: nothing
struct CustomMessage {
    std::string to = {};
    std::string kind = {};
    std::string text = {};
    std::vector<MediaReference> media = {};
    std::int64_t size_code = 0;
    std::string mini_program = {};  // the app id of the page it leads to; empty: to none
};

/// errcode 47001 (an unknown field, a field of the wrong type, a required one missing), 40008 (msgtype), 61452
/// (kf_account); 0: message is filled.
struct ReadMessage {
    std::int64_t errcode = 0;
    CustomMessage message = {};
};
[[nodiscard]] ReadMessage read_custom_message(const boost::json::object& body, std::size_t text_bytes);

}  // namespace simulator
