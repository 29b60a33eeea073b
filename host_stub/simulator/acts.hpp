/// What contacts do: it changes what the platform knows, and makes a callback that is to be delivered.
#pragma once

#include "base/content.hpp"
#include "codec/document.hpp"
#include "simulator/platform.hpp"

#include <string>

namespace simulator {

/// What a contact says.
///
/// content  text, location or link as the codec writes them; of an image, a voice or a video the kind
/// file     the bytes of those
/// menu_id  he tapped on this item of a menu message
/// fields   elements besides those, by the codec's paths; MsgType among them is written instead of the usual one
/// raw      instead of all that: a document that is delivered as it stands
/// repeat   deliveries more than needed, though one was answered
struct Saying {
    wechat::Content content = {};
    std::string file = {};
    std::string menu_id = {};
    wechat::codec::Fields fields = {};
    std::string raw = {};
    int repeat = 0;
};

/// Who writes without following has followed before the simulator looked: no event is made of it.
[[nodiscard]] Push
says(Platform& platform, OfficialAccount& account, const std::string& openid, Saying saying);

/// scene: of the QR code; empty: he searched for the account.
[[nodiscard]] Push
follows(Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& scene);

/// Closes everything; sends to him are answered 43004.
[[nodiscard]] Push unfollows(Platform& platform, OfficialAccount& account, const std::string& openid);

/// A SCAN event of a follower; of somebody else it is a follow with that scene.
///
/// ticket  of the QR code; empty: of the newest one with that scene, or one made up where there is none
[[nodiscard]] Push scans(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    const std::string& scene,
    const std::string& ticket
);

[[nodiscard]] Push
clicks_menu(Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& key);

/// A message or an event of any kind by its elements, MsgType and Event among them; it opens what it says.
///
/// A message without MsgId is given one.
[[nodiscard]] Push
acts(Platform& platform, OfficialAccount& account, const std::string& openid, wechat::codec::Fields fields);

/// He answers the account's question whether he wants messages of that template; each yes is good for one.
[[nodiscard]] Push subscribes(
    Platform& platform,
    OfficialAccount& account,
    const std::string& openid,
    const std::string& id,
    bool accepts
);

}  // namespace simulator
