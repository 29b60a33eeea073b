/// The bodies of the platform's API: what we ask, and what it answers.
#pragma once

#include "base/content.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wechat::codec {

/// The verdict of an API answer: errcode 0 where there is none. text and rid are the platform's words, for people.
///
/// text  errmsg without its rid: with 40164 it names the address that must be allowed. Empty where it is not UTF-8
struct Verdict {
    std::int64_t errcode = 0;
    std::string text = {};
    std::string rid = {};
    bool operator==(const Verdict&) const = default;
};

/// Reads the verdict of any API answer, control characters inside strings included (wechat-protocol.md 2.4, 4.0).
///
/// Faults: bad_json (no JSON object: a gateway's page)
[[nodiscard]] Result<Verdict> read_verdict(std::string_view body);

/// The body of stable_token (wechat-protocol.md 4.1).
[[nodiscard]] std::string
stable_token_body(const AppId& app_id, const Secret& app_secret, bool force_refresh);

struct AccessToken {
    Secret token = {};
    Duration lifetime = {};  // what is left of it
};

/// Reads the answer of stable_token where its verdict is 0.
///
/// Faults: bad_json, bad_answer (no token, or one over 512 characters; no lifetime)
[[nodiscard]] Result<AccessToken> read_access_token(std::string_view body);

/// The body of custom/send for a text: raw UTF-8, nothing escaped but what JSON demands (wechat-protocol.md 4.0, 4.2).
///
/// Control characters but tab and line ends are dropped: JSON has only \u escapes for them, which WeChat refuses (47002).
[[nodiscard]] std::string custom_text_body(const OpenId& to, std::string_view text);

/// The same for what was uploaded. title and description of a video may be empty.
[[nodiscard]] std::string custom_image_body(const OpenId& to, std::string_view media_id);
[[nodiscard]] std::string custom_voice_body(const OpenId& to, std::string_view media_id);

struct Video {
    std::string media_id = {};
    std::string thumb_media_id = {};
    std::string title = {};
    std::string description = {};
};
[[nodiscard]] std::string custom_video_body(const OpenId& to, const Video& video);

/// The same for a link: news with one article, more are refused (45008). description and picture_url may be empty.
struct Link {
    std::string title = {};
    std::string description = {};
    std::string url = {};
    std::string picture_url = {};
};
[[nodiscard]] std::string custom_link_body(const OpenId& to, const Link& link);

/// The body of custom/typing (wechat-protocol.md 4.3): the account is seen typing, or no longer.
[[nodiscard]] std::string typing_body(const OpenId& to, bool on);

/// Reads the answer of media/upload where its verdict is 0: the media id, or of a thumbnail thumb_media_id.
///
/// Faults: bad_json, bad_answer (there is none). Source: wechat-protocol.md 4.5
[[nodiscard]] Result<std::string> read_media_id(std::string_view body);

}  // namespace wechat::codec
