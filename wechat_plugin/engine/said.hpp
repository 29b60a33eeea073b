/// What employees say that is neither text nor file, as WeChat can show it.
#pragma once

#include "base/content.hpp"
#include "codec/api.hpp"
#include "media/limits.hpp"

#include <string>
#include <string_view>

namespace wechat::engine {

/// A link as a news message: the article's title, description, URL and picture. Data: title, description, url, pic_url.
[[nodiscard]] codec::Link link_of(const Content& content);

/// The words that a contact reads: of a text itself, of a place its name, its address and a link to a map.
///
/// map_link  with {latitude}, {longitude} and {name} in it. Data of a place: latitude, longitude, label, name
[[nodiscard]] std::string words_on_the_phone(const Content& content, std::string_view map_link);

/// Whether the content is complete and its file one that WeChat takes (S5); reads the file.
[[nodiscard]] media::Judgement judge(const Content& content);

}  // namespace wechat::engine
