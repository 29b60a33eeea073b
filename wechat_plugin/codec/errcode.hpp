/// What an errcode of the platform means for us: one table, one row each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace wechat::codec {

/// What we do about an errcode. Rules: policy.md 8; classes: wechat-protocol.md 5.2.
enum class Meaning {
    sent,           // A1
    renew_token,    // A4: a fresh token and one more try
    try_later,      // A5: transient
    slow_down,      // A5: a limit per minute or day
    hold_account,   // A5: an operator must act; all of the account's sends wait
    no_slot_left,   // A2
    close_window,   // A3
    not_following,  // A3: 43004 and its kin
    upload_again,   // a media id that has expired (40007): upload once more, then A6
    fail_message,   // A6
};

struct Row {
    std::int64_t errcode = 0;
    Meaning meaning = Meaning::fail_message;
    std::string_view words = {};  // for people: what it means, and for hold_account what the operator must do
};

/// The whole table, sorted by errcode.
[[nodiscard]] std::span<const Row> errcode_table();

/// The row of an errcode. An unknown code costs one message, not the account: Meaning::fail_message.
[[nodiscard]] Row row_of(std::int64_t errcode);

/// The same at the token endpoint, where a wrong secret is the account's fault (wechat-protocol.md 4.1): there all but
/// what time heals is hold_account.
[[nodiscard]] Row row_of_token_fault(std::int64_t errcode);

}  // namespace wechat::codec
