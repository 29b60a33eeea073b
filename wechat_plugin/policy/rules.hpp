/// What may be said, how much and when, for one customer. Pure values.
#pragma once

#include "base/content.hpp"
#include "base/time.hpp"
#include "texts/texts.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace wechat::policy {

/// What one message of the contact opens (W1). Source: wechat-protocol.md 5.1, in force since 2023-06-12.
struct PlatformRules {
    int messages = 5;
    Duration window = std::chrono::hours{48};
    bool operator==(const PlatformRules&) const = default;
};

struct QueueRules {
    int max_messages = 10;                       // Q1; 0: nothing is queued
    Duration max_age = std::chrono::hours{168};  // Q5: 7 days
    bool merge = false;                          // Q4
    bool operator==(const QueueRules&) const = default;
};

/// Follow, scan and menu click grant this long (W2). Source: wechat-protocol.md 5.1
inline constexpr Duration grant_time = std::chrono::minutes{1};

/// A text's limit in bytes of UTF-8 (S5). Source: wechat-protocol.md 4.2, the older rule; today's page names none.
inline constexpr std::size_t text_limit = 2048;

/// What an account with every right can send to a contact. Source: wechat-protocol.md 4.2; a location goes as a text.
inline const std::set<Kind> sendable{
    Kind::text, Kind::image, Kind::voice, Kind::video, Kind::location, Kind::link};

/// How the contact gets contact.welcome (O3).
enum class WelcomeBy {
    api,      // sent, as every other text is
    passive,  // in the answer to the callback of his message: the way of accounts that may not send
};

/// Members are named as the customer's keys. By default 5 slots = 3 + 1 announcement + 1 prompt (B1 to B3).
struct Rules {
    std::string customer = {};  // as the texts name him
    PlatformRules platform = {};
    int employee_messages = 3;                       // B1: in a row, without an answer
    Duration remind_after = std::chrono::hours{24};  // R1
    QueueRules queue = {};
    std::vector<std::string> leave_keywords = {"#LEAVE"};  // L1
    bool resend_uncertain = false;                         // A7
    Duration margin = std::chrono::seconds{60};            // R6: we stop this long before the platform
    std::set<Kind> supported = sendable;                   // S5: what this account can send
    WelcomeBy welcome_by = WelcomeBy::api;                 // O3
    std::shared_ptr<const texts::Catalog> texts = {};      // never empty where step is called
};

/// Slots kept for the 24 h prompt: 1, or 0 where all three prompt texts are switched off (B3, B4).
[[nodiscard]] int kept_slots(const Rules& rules);

/// What the texts may say of these rules; queued, sent, waiting and employee are the conversation's to fill.
[[nodiscard]] texts::Values values_of(const Rules& rules);

}  // namespace wechat::policy
