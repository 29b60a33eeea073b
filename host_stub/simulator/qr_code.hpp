/// QR codes of an account: what they say, how long they are good, and how they look (wechat-protocol.md 4.7).
#pragma once

#include "simulator/clock.hpp"
#include "simulator/random.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace simulator {

struct OfficialAccount;

/// url      what the picture says
/// expires  none: it is permanent
struct QrCode {
    std::string ticket = {};
    std::string url = {};
    std::string action = {};
    std::string scene = {};
    std::optional<Moment> expires = {};
};

/// A new code. Its ticket has `+`, `/` and `=`, as the platform's may have: who does not encode it is found out.
[[nodiscard]] QrCode
make_code(Random& random, std::string action, std::string scene, std::optional<Moment> expires);

/// A code that is still good: by its ticket, by its url, or the newest one of its scene; null: there is none.
[[nodiscard]] const QrCode*
code_of_ticket(const OfficialAccount& account, std::string_view ticket, Moment now);
[[nodiscard]] const QrCode* code_of_url(const OfficialAccount& account, std::string_view url, Moment now);
[[nodiscard]] const QrCode* code_of_scene(const OfficialAccount& account, std::string_view scene, Moment now);

/// The ticket of a scene's newest good code; where there is none, one made up, always the same.
[[nodiscard]] std::string ticket_of(const OfficialAccount& account, const std::string& scene, Moment now);

/// A JPEG that a phone can scan. Throws std::runtime_error where the text is too long for a code.
[[nodiscard]] std::string picture_of(const std::string& text);

}  // namespace simulator
