/// Callbacks as the platform makes them, for the simulator: the mirror of callback.hpp and request.hpp.
#pragma once

#include "base/ids.hpp"
#include "codec/callback.hpp"
#include "codec/envelope.hpp"
#include "codec/request.hpp"

#include <string>
#include <string_view>

namespace wechat::codec {

/// Writes a callback in the platform's XML; parse_callback gives the same `to`, `from`, `at` and `what` back.
///
/// Of a message its kind and data make the elements (data's media_id is MediaId), of an event its name and key; a
/// followed or scanned without a key gets it from `scene`. What else stands in `fields` is written behind them (Ticket,
/// ScanCodeInfo.ScanResult); `MsgType` and `Event` there give the platform's spelling ("shortvideo", "SCAN").
/// Texts are written as they are, control characters included, for the platform lets them through.
/// Source: wechat-protocol.md 2
[[nodiscard]] std::string write_callback_xml(const Callback& callback);

/// The same callback in JSON, for the products whose operator may choose it (wechat-protocol.md 1.1).
///
/// Numbers are bare as in XML. Repeated siblings are an array, and a single one is the object alone. Throws
/// std::invalid_argument where `fields` have a text and elements at one path: there is no such callback.
[[nodiscard]] std::string write_callback_json(const Callback& callback);

/// What is of one delivery only: a repeat has a new one around the same document.
struct Delivery {
    std::string to = {};         // ToUserName of the outer body: the account's original id
    OpenId openid = {};          // of the query; empty: the parameter is left out
    std::string timestamp = {};  // decimal seconds
    std::string nonce = {};
    RandomBytes random = {};
};

/// One POST: the query without its question mark, percent-encoded, and the body.
struct CallbackRequest {
    std::string query = {};
    std::string body = {};
};

/// Signs a document (XML, or JSON where it begins with `{`) and seals it as the account's mode says.
///
/// Compatible: the document with Encrypt beside its own elements. The modes but plain need the account's aes_key.
/// Source: wechat-protocol.md 1.3 to 1.5
[[nodiscard]] CallbackRequest
make_request(const CallbackAccount& account, std::string_view document, const Delivery& delivery);

/// The query of the platform's GET check; the answer must be echostr, verbatim (wechat-protocol.md 1.2).
[[nodiscard]] std::string make_check(
    const CallbackAccount& account,
    std::string_view timestamp,
    std::string_view nonce,
    std::string_view echostr
);

}  // namespace wechat::codec
