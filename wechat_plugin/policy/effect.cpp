#include "policy/effect.hpp"

namespace wechat::policy {

std::string_view name_of(Reason reason)
{
    switch (reason) {
    case Reason::none: return "none";
    case Reason::on_hold: return "on_hold";
    case Reason::inactive: return "inactive";
    case Reason::contact_must_start: return "contact_must_start";
    case Reason::contact_left: return "contact_left";
    case Reason::contact_unfollowed: return "contact_unfollowed";
    case Reason::not_a_participant: return "not_a_participant";
    case Reason::text_too_long: return "text_too_long";
    case Reason::empty_text: return "empty_text";
    case Reason::unsupported_content: return "unsupported_content";
    case Reason::queue_full: return "queue_full";
    case Reason::unknown_message: return "unknown_message";
    case Reason::file_unreadable: return "file_unreadable";
    case Reason::file_too_large: return "file_too_large";
    case Reason::unsupported_format: return "unsupported_format";
    case Reason::recording_too_long: return "recording_too_long";
    case Reason::incomplete_content: return "incomplete_content";
    }
    return "none";
}

std::string_view name_of(State state)
{
    switch (state) {
    case State::accepted: return "accepted";
    case State::queued: return "queued";
    case State::sent: return "sent";
    case State::refused: return "refused";
    case State::failed: return "failed";
    case State::expired: return "expired";
    case State::discarded: return "discarded";
    case State::cancelled: return "cancelled";
    case State::uncertain: return "uncertain";
    }
    return "accepted";
}

}  // namespace wechat::policy
