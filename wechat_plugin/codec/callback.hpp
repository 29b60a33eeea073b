/// What WeChat calls us with, in our words: a message of a contact, or an event.
#pragma once

#include "base/content.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace wechat::codec {

/// A message of the contact (wechat-protocol.md 2.2).
///
/// id       MsgId; above 2^53, so never through a double; 0: the platform gave none
/// content  data by WeChat's names in snake_case: media_id, pic_url, format, media_id_16k, thumb_media_id, latitude,
///          longitude, scale, label, title, description, url, file_key, file_md5, app_id, page_path, thumb_url ...
///          text is a location's label, a link's title, a voice's Recognition. Of unsupported ones msg_type says what
///          it was; shortvideo is a video
/// menu_id  bizmsgmenuid: a tap on an item of a menu message, which opens no window (W2)
struct ContactMessage {
    std::uint64_t id = 0;
    Content content = {};
    std::string menu_id = {};
    bool operator==(const ContactMessage&) const = default;
};

/// What a contact or the platform did (wechat-protocol.md 2.3). The name is WeChat's in lower case; key is EventKey.
///
/// menu_clicked is what grants slots (W2): click, scancode_push and scancode_waitmsg. What a device did (device_event,
/// device_status, hardware) is an event of type other: no contact has said anything.
struct AccountEvent {
    enum class Type { followed, unfollowed, scanned, menu_clicked, other };
    Type type = Type::other;
    std::string name = {};
    std::string key = {};    // EventKey as it came
    std::string scene = {};  // of followed and scanned: the QR code's scene, without qrscene_
    bool operator==(const AccountEvent&) const = default;
};

/// One callback, opened and read.
///
/// fields  every leaf element, so that nothing the platform says is lost
struct Callback {
    std::string to = {};  // ToUserName: the account's original id, gh_...
    OpenId from = {};
    Time at = {};  // CreateTime
    std::variant<ContactMessage, AccountEvent> what = {};
    Fields fields = {};
    bool operator==(const Callback&) const = default;
};

/// Reads a decrypted or plain callback: XML, or JSON where the first character is `{`.
///
/// The document is read in place: hand it over.
/// Faults: bad_xml (also: a DOCTYPE, more than 256 elements, deeper than 16), bad_json, missing_field (sender, time,
///         type), bad_utf8, too_large (over 64 KiB)
/// Unknown message types become Kind::unsupported, unknown events AccountEvent::other: never a fault.
/// Source: wechat-protocol.md 1.1, 2; vectors/wechat.json inbound_xml, inbound_json, synthetic_xml
[[nodiscard]] Result<Callback> parse_callback(std::string document);

/// The key of "seen before" within one contact: the MsgId, or with the highest bit set a hash of time, event, key and
/// the id of the send job (MsgID) that an event may report on.
///
/// The same for every delivery of one callback, whatever its signature, nonce or random bytes.
/// Source: wechat-protocol.md 1.6, dedupe keys
[[nodiscard]] std::int64_t event_id(const Callback& callback);

}  // namespace wechat::codec
