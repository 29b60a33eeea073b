/// What a request's body asks for, checked: JSON to values.
#pragma once

#include "http/message.hpp"
#include "invitations.hpp"
#include "model.hpp"

#include <channel/values.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace host::http {

/// What was asked, or the answer that says what is wrong with it.
template <class T>
using Asked = std::variant<T, Answer>;

/// A file that came inside a body: images, voice. It becomes a file once the message is known to be good.
struct Upload {
    std::string bytes, extension;
};

struct SendRequest {
    Draft draft;
    std::optional<Upload> upload;
};

/// {employee, client_id, text | media: {kind, base64, mime, name} | location: {...} | link: {...}}. client_id may be missing where it is a check.
[[nodiscard]] Asked<SendRequest> read_send(std::string_view body, bool is_check);
/// ["ana", "ben"]; [] is nobody.
[[nodiscard]] Asked<Employees> read_participants(std::string_view body);
/// {channel, customer, scene | employee, lifetime: "7d"}; without a lifetime: for ever.
[[nodiscard]] Asked<InvitationDraft> read_invitation(std::string_view body);

struct TypingRequest {
    std::string employee;
    bool on = false;
};

/// {employee, typing: true | false}
[[nodiscard]] Asked<TypingRequest> read_typing(std::string_view body);
/// {advance: "24h"}: 90s, 15m, 48h or 7d.
[[nodiscard]] Asked<channel::Milliseconds> read_advance(std::string_view body);

}  // namespace host::http
