/// What an answer to a callback means, and what the contact's phone shows of it (wechat-protocol.md 1.6, 1.7, 3).
#pragma once

#include "codec/reply.hpp"
#include "simulator/acts.hpp"
#include "simulator/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace simulator {

/// The word for an answer: `timeout` is also a connection refused or closed; `none`: there is no callback URL; `lost`:
/// the platform has marked it as failed, and delivers nothing for a minute.
enum class Answered { none, lost, success, reply, empty, illegal, timeout, status };
[[nodiscard]] std::string_view name_of(Answered answered);

/// Whether nobody has answered as a server of callbacks does.
[[nodiscard]] inline bool failed(Answered answered)
{
    return answered == Answered::timeout || answered == Answered::status;
}

/// Whether the platform delivers once more after it.
[[nodiscard]] inline bool worth_another(Answered answered, const PushRules& rules)
{
    return answered == Answered::timeout
        || (answered == Answered::status && rules.after_status == PushRules::AfterStatus::retry);
}

/// With which key a callback is sealed, and its answer opened: the account's of now, or that of the callback's time.
[[nodiscard]] const wechat::codec::CallbackAccount&
sealed_for(const Push& push, const OfficialAccount& account);

/// An answer as it was understood; reply is filled where it was one.
struct Understood {
    Answered answered = Answered::none;
    std::optional<wechat::codec::Reply> reply = {};
};

/// Illegal is: another format than the callback's, an element missing or unknown, names not swapped, a file that is not there, a text over the limit, more
/// articles than one to a message, a signature or an encryption that does not fit the account's mode.
[[nodiscard]] Understood understand(
    const Platform& platform, const OfficialAccount& account, const Push& push, const CallbackAnswer& answer
);

/// Shows it on the phone; gives the text that it shows, empty: nothing.
std::string
show(Platform& platform, OfficialAccount& account, const Push& push, const Understood& understood);

}  // namespace simulator
