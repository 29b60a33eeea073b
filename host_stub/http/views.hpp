/// What the host keeps, as interfaces.md 4 shows it: values to JSON, nothing else.
#pragma once

#include "host.hpp"
#include "model.hpp"
#include "reader.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace host::http {

class Views {
public:
    Views(const Host& host, Reader& reader) : host_(host), reader_(reader) {}

    /// With what was said last in it, and how many messages wait.
    [[nodiscard]] boost::json::object conversation(const Conversation& conversation) const;
    /// What the channel itself says of it: why a message waits, what frees it and when. Null: it says nothing.
    [[nodiscard]] boost::json::value about(const Conversation& conversation) const;
    [[nodiscard]] boost::json::object message(const Message& message) const;
    /// What POST messages answers: state accepted, queued or refused, and what came after it as `now`.
    [[nodiscard]] boost::json::object receipt(const Message& message) const;
    [[nodiscard]] boost::json::object invitation(const Invitation& invitation) const;
    [[nodiscard]] boost::json::object event(const Event& event) const;

private:
    [[nodiscard]] boost::json::value last_message(ConversationId conversation) const;

    const Host& host_;
    Reader& reader_;
};

[[nodiscard]] boost::json::object view_of(const channel::Capability& capability);
/// detail: what the channel says of its health at length, as JSON; empty: nothing.
[[nodiscard]] boost::json::object view_of(const ChannelStatus& status, std::string_view detail);

/// "2026-05-04T08:00:00.123Z".
[[nodiscard]] std::string iso8601(channel::Time time);

}  // namespace host::http
