/// What is said: a text, a picture, a place.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace wechat {

/// The contract's kinds, and those of WeChat that have no kind of their own there.
enum class Kind { text, image, voice, video, file, location, link, unsupported };

/// The kind's name in the contract, in stores and in logs.
[[nodiscard]] std::string_view name_of(Kind kind);
[[nodiscard]] Kind kind_named(std::string_view name);

/// One thing said, in either direction.
///
/// text   UTF-8; of other kinds a caption, or what is shown instead
/// path   absolute path of a file that nobody changes any more; empty: none
/// data   what else the kind needs (latitude, url, media_id ...), in text as WeChat writes it
struct Content {
    Kind kind = Kind::text;
    std::string text = {};
    std::string path = {};
    std::string mime = {};
    std::string name = {};
    std::uint64_t bytes = 0;
    std::map<std::string, std::string> data = {};
    bool operator==(const Content&) const = default;
};

}  // namespace wechat
