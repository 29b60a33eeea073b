/// What may be said of a message: why, and how far it is.
#pragma once

#include <string_view>

namespace wechat::policy {

/// Why a message waits, is refused or has failed; names are policy.md's, from file_unreadable on ours. Stored.
enum class Reason {
    none,
    on_hold,              // S3, A2
    inactive,             // S4, A3
    contact_must_start,   // O1
    contact_left,         // L2
    contact_unfollowed,   // U1
    not_a_participant,    // O4
    text_too_long,        // S5
    empty_text,           // a text without words: WeChat refuses it (44004), so we do before
    unsupported_content,  // S5
    queue_full,           // Q1
    unknown_message,      // Q6: nobody has sent such a message
    file_unreadable,      // S5: its file is not there
    file_too_large,       // S5
    unsupported_format,   // S5: not a format that WeChat takes
    recording_too_long,   // S5
    incomplete_content,   // S5: a link without a URL, a place without coordinates
};
[[nodiscard]] std::string_view name_of(Reason reason);

/// Numbers are the contract's (abi.h).
enum class State {
    accepted = 10,
    queued = 20,
    sent = 30,
    refused = 60,
    failed = 61,
    expired = 62,
    discarded = 63,
    cancelled = 64,
    uncertain = 65,
};
[[nodiscard]] std::string_view name_of(State state);

}  // namespace wechat::policy
