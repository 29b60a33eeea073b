/// What contacts do: it changes what the platform knows, and makes a callback that is to be delivered.
#pragma once

#include "simulator/platform.hpp"

#include "base/content.hpp"

#include <string>

namespace simulator {

/// One callback to deliver.
///
/// document  the XML, the same in every delivery
/// repeat    deliveries more than needed, though one was answered
struct Push {
    std::string app_id = {};
    std::string openid = {};
    std::string document = {};
    bool is_message = false;
    int repeat = 0;
};

/// What a contact says.
///
/// content  text, location or link as the codec writes them; of an image, a voice or a video the kind
/// file     the bytes of those
/// menu_id  he tapped on this item of a menu message
/// raw      instead of all that: a document that is delivered as it stands
struct Saying {
    wechat::Content content = {};
    std::string file = {};
    std::string menu_id = {};
    std::string raw = {};
    int repeat = 0;
};

/// Who writes without following has followed before the simulator looked: no event is made of it.
[[nodiscard]] Push says(Platform& platform, OfficialAccount& account, const std::string& openid, Saying saying);

/// scene: of the QR code; empty: he searched for the account.
[[nodiscard]] Push
follows(Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& scene);

/// Closes everything; sends to him are answered 43004.
[[nodiscard]] Push unfollows(Platform& platform, OfficialAccount& account, const std::string& openid);

/// A SCAN event of a follower; of somebody else it is a follow with that scene.
[[nodiscard]] Push
scans(Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& scene);

[[nodiscard]] Push
clicks_menu(Platform& platform, OfficialAccount& account, const std::string& openid, const std::string& key);

/// The ticket of a scene's QR code: always the same one.
[[nodiscard]] std::string ticket_of(const std::string& scene);

}  // namespace simulator
