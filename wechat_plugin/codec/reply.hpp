/// Passive replies: what the answer to a callback may say instead of `success`. We write them, the simulator reads them.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/envelope.hpp"
#include "codec/request.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wechat::codec {

struct TextReply {
    std::string content = {};
    bool operator==(const TextReply&) const = default;
};

struct ImageReply {
    std::string media_id = {};
    bool operator==(const ImageReply&) const = default;
};

struct VoiceReply {
    std::string media_id = {};
    bool operator==(const VoiceReply&) const = default;
};

struct VideoReply {
    std::string media_id = {};
    std::string title = {};
    std::string description = {};
    bool operator==(const VideoReply&) const = default;
};

struct MusicReply {
    std::string title = {};
    std::string description = {};
    std::string url = {};
    std::string hq_url = {};
    std::string thumb_media_id = {};
    bool operator==(const MusicReply&) const = default;
};

struct Article {
    std::string title = {};
    std::string description = {};
    std::string picture_url = {};
    std::string url = {};
    bool operator==(const Article&) const = default;
};

struct NewsReply {
    std::vector<Article> articles = {};
    bool operator==(const NewsReply&) const = default;
};

/// Hands the message to the platform's own customer service; kf_account empty: to any of its accounts.
struct TransferReply {
    std::string kf_account = {};
    bool operator==(const TransferReply&) const = default;
};

/// One reply. `to` and `from` are the callback's, swapped.
struct Reply {
    OpenId to = {};
    std::string from = {};  // the account's original id, gh_...
    Time at = {};
    std::variant<TextReply, ImageReply, VoiceReply, VideoReply, MusicReply, NewsReply, TransferReply> what =
        {};
    bool operator==(const Reply&) const = default;
};

/// Writes a reply as XML: optional elements only where they say something, control characters stripped, `]]>` split.
///
/// Source: wechat-protocol.md 3; vectors/wechat.json passive_reply
[[nodiscard]] std::string write_reply(const Reply& reply);

/// Seals a reply (XML, or JSON where it begins with `{`) in the encrypted form, which has the document's format.
///
/// `success` and the empty body are never sealed. The account must have its aes_key.
/// timestamp, nonce  decimal seconds of now; the nonce of the request's query
/// Source: wechat-protocol.md 1.5
[[nodiscard]] std::string seal_reply(
    const CallbackAccount& account,
    std::string_view reply,
    std::string_view timestamp,
    std::string_view nonce,
    const RandomBytes& random
);

/// Verifies and opens an answer's body in either form, as the platform does; gives the plain document.
///
/// Secure mode refuses a plain body, plain mode takes nothing else, compatible mode takes both.
/// Faults: bad_signature, plaintext_refused, bad_base64, bad_ciphertext, wrong_app_id, bad_xml, bad_json, missing_field
[[nodiscard]] Result<std::string> open_reply(const CallbackAccount& account, std::string_view body);

/// Reads a plain reply.
///
/// Faults: bad_xml, missing_field (to, from, time, or what its type must have), too_large; for us a fault, for the
///         contact the notice that the service is out of order (wechat-protocol.md 1.7)
[[nodiscard]] Result<Reply> parse_reply(std::string_view xml);

/// open_reply, then parse_reply.
[[nodiscard]] Result<Reply> read_reply(const CallbackAccount& account, std::string_view body);

}  // namespace wechat::codec
