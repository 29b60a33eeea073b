/// What a contact sees of a video before he plays it: WeChat takes none without a picture (wechat-protocol.md 4.2).
#pragma once

#include <string_view>

namespace wechat::media {

/// A JPEG of a few kilobytes (the limit is 64): a triangle in a circle on grey.
[[nodiscard]] std::string_view thumbnail();

}  // namespace wechat::media
